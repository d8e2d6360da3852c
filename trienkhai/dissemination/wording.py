"""What the acts of this area say in the log."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "sending.sent": gettext_lazy("sent a document down"),
    "sending.reminded": gettext_lazy("reminded those that had not confirmed receipt"),
    "receipt.acknowledged": gettext_lazy("confirmed receipt of a document"),
    "receipt.closed": gettext_lazy("said what came of a document"),
    "study.planned": gettext_lazy("planned the study of a document"),
    "study.changed": gettext_lazy("changed the plan of study"),
    "session.planned": gettext_lazy("set a study session"),
    "session.changed": gettext_lazy("changed a study session"),
    "session.cancelled": gettext_lazy("cancelled a study session"),
    "session.held": gettext_lazy("told who came to a study session"),
    "session.corrected": gettext_lazy("put the figures of a study session right"),
    "session.file_added": gettext_lazy("added a file to a study session"),
}

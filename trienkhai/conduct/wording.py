"""What the acts of this area say in the log."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "conduct.theme_set": gettext_lazy("set the theme of the year"),
    "conduct.committed": gettext_lazy("made a commitment for the year"),
    "conduct.commitment_changed": gettext_lazy("changed the own commitment"),
    "conduct.reported": gettext_lazy("reported on the own commitment"),
    "conduct.commented": gettext_lazy("entered what the collective said of a commitment"),
    "conduct.read": gettext_lazy("read a commitment"),
    "conduct.counted": gettext_lazy("told how many members have committed themselves"),
    "conduct.example_added": gettext_lazy("spread a good example"),
    "conduct.example_removed": gettext_lazy("took a good example back"),
}

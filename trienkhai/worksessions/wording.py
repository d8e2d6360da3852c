"""What the acts of this area say in the log."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "worksession.planned": gettext_lazy("planned a working session"),
    "worksession.changed": gettext_lazy("changed day, place or content of a working session"),
    "worksession.cancelled": gettext_lazy("cancelled a working session"),
    "worksession.people_named": gettext_lazy("named who takes part in a working session"),
    "worksession.word_added": gettext_lazy("told a difficulty or a proposal for a working session"),
    "worksession.word_removed": gettext_lazy("took a difficulty or a proposal for a working session back"),
    "worksession.dossier_made": gettext_lazy("made the dossier of a working session"),
    "worksession.conclusion_added": gettext_lazy("recorded a conclusion of a working session"),
    "worksession.conclusion_removed": gettext_lazy("took a conclusion of a working session back"),
    "worksession.ended": gettext_lazy("ended a working session"),
    "worksession.notice_drafted": gettext_lazy("drafted the notice of the conclusions of a working session"),
}

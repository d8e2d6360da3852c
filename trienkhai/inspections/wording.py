"""What the acts of this area say in the log."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "inspection_programme.begun": gettext_lazy("began an inspection programme"),
    "inspection_programme.changed": gettext_lazy("changed the basis of an inspection programme"),
    "inspection_programme.item_added": gettext_lazy("added an item to an inspection programme"),
    "inspection_programme.item_changed": gettext_lazy("changed an item of an inspection programme"),
    "inspection_programme.item_removed": gettext_lazy("left an item of an inspection programme out"),
    "inspection_programme.team_set": gettext_lazy("set the team of an inspection"),
    "inspection_programme.submitted": gettext_lazy("submitted an inspection programme"),
    "inspection_programme.approved": gettext_lazy("approved an inspection programme"),
    "inspection_programme.subject_named": gettext_lazy("named a unit to be inspected"),
    "inspection_programme.drawn": gettext_lazy("drew the units to be inspected"),
    "inspection.begun": gettext_lazy("began an inspection"),
    "inspection.step_begun": gettext_lazy("began the next step of an inspection"),
    "inspection.extended": gettext_lazy("extended a step of an inspection"),
    "inspection.dropped": gettext_lazy("dropped an inspection"),
    "inspection.point_added": gettext_lazy("added a point to an outline"),
    "inspection.point_removed": gettext_lazy("left a point of an outline out"),
    "inspection.point_told": gettext_lazy("wrote what was seen of a point"),
    "inspection.finding_added": gettext_lazy("entered a finding"),
    "inspection.finding_changed": gettext_lazy("changed a finding"),
    "inspection.finding_removed": gettext_lazy("took a finding back"),
    "inspection.proof_added": gettext_lazy("added a file to the papers of an inspection"),
    "inspection.conclusion_written": gettext_lazy("wrote the conclusion of an inspection"),
    "inspection.concluded": gettext_lazy("concluded an inspection"),
    "inspection.remedies_given": gettext_lazy("made tasks of the findings of an inspection"),
    "inspection.remedy_accepted": gettext_lazy("accepted the remedy of a finding"),
}

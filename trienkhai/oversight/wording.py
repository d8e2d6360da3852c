"""What the acts of this area say in the log."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "oversight.planned": gettext_lazy("made a plan of supervision and criticism"),
    "oversight.subject_added": gettext_lazy("added a subject to a plan of supervision"),
    "oversight.subject_dropped": gettext_lazy("left a subject of supervision out"),
    "oversight.announced": gettext_lazy("announced a plan of supervision"),
    "oversight.held": gettext_lazy("told what a supervision found"),
    "oversight.recommended": gettext_lazy("made a recommendation"),
    "oversight.replied": gettext_lazy("answered a recommendation"),
    "democracy.matter_added": gettext_lazy("added a matter to the lists of democracy at the grassroots"),
    "democracy.usual_taken": gettext_lazy("took the usual lists of democracy at the grassroots"),
    "democracy.matter_dropped": gettext_lazy("left a matter of democracy at the grassroots out"),
    "democracy.proof_added": gettext_lazy("added proof that a matter was made public or dealt with"),
    "democracy.proof_removed": gettext_lazy("took proof of a matter back"),
    "democracy.question_entered": gettext_lazy("entered a question of the grassroots"),
    "democracy.question_answered": gettext_lazy("answered a question of the grassroots"),
}

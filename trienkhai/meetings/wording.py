"""What the acts of this area say in the log."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "meeting.planned": gettext_lazy("planned a meeting"),
    "meeting.year_planned": gettext_lazy("planned the meetings of a year"),
    "meeting.changed": gettext_lazy("changed day, place or title of a meeting"),
    "meeting.cancelled": gettext_lazy("cancelled a meeting"),
    "meeting.invited": gettext_lazy("sent the invitation to a meeting"),
    "meeting.item_added": gettext_lazy("added an item to an agenda"),
    "meeting.item_removed": gettext_lazy("left an item of an agenda out"),
    "meeting.agenda_taken": gettext_lazy("took the usual agenda"),
    "meeting.paper_added": gettext_lazy("laid a document before a meeting"),
    "meeting.paper_removed": gettext_lazy("took a document back from a meeting"),
    "meeting.begun": gettext_lazy("opened a meeting"),
    "meeting.turnout_told": gettext_lazy("told who came to a meeting"),
    "meeting.minutes_written": gettext_lazy("wrote in the minutes"),
    "meeting.aside_settled": gettext_lazy("said whose words stand in the minutes"),
    "meeting.ballot_added": gettext_lazy("entered the tally of a vote"),
    "meeting.ballot_removed": gettext_lazy("took the tally of a vote back"),
    "meeting.conclusion_added": gettext_lazy("entered a conclusion"),
    "meeting.conclusion_removed": gettext_lazy("took a conclusion back"),
    "meeting.closed": gettext_lazy("closed the minutes"),
    "meeting.corrected": gettext_lazy("put closed minutes right"),
    "meeting.sent_up": gettext_lazy("sent the minutes up"),
    "meeting.conclusion_given": gettext_lazy("made a task of a conclusion"),
    "meeting.resolution_drafted": gettext_lazy("drafted the resolution of a meeting"),
    "score.started": gettext_lazy("began the score sheet of meetings"),
    "score.marked": gettext_lazy("entered points of meetings"),
    "score.passed": gettext_lazy("finished a step of the score of meetings"),
    "score.not_carried": gettext_lazy("entered a vote on the score of meetings that was not carried"),
    "score.decided": gettext_lazy("decided the score of meetings"),
}

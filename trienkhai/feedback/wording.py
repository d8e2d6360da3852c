"""What the acts of this area say in the log."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "proposal.sent": gettext_lazy("sent a proposal"),
    "proposal.passed_on": gettext_lazy("passed a proposal on"),
    "proposal.answered": gettext_lazy("answered a proposal"),
    "proposal.withdrawn": gettext_lazy("withdrew a proposal"),
    "remark.posts_named": gettext_lazy("named the posts that receive feedback"),
    "remark.given": gettext_lazy("gave feedback by name"),
    "remark.read": gettext_lazy("read feedback by name"),
    "remark.answered": gettext_lazy("answered feedback by name"),
    "remark.sent_up": gettext_lazy("sent feedback by name to the level above"),
    "letters.released": gettext_lazy("handed over feedback without a name of the days before"),
    "letter.answered": gettext_lazy("answered feedback without a name"),
    "consultation.opened": gettext_lazy("asked units for their opinion on a draft"),
    "consultation.opinions_stored": gettext_lazy("stored opinions on a draft"),
    "consultation.opinions_sent": gettext_lazy("sent opinions on a draft"),
    "consultation.replied": gettext_lazy("answered an opinion on a draft"),
    "consultation.closed": gettext_lazy("closed the consultation on a draft"),
    "consultation.withdrawn": gettext_lazy("withdrew the consultation on a draft"),
    "consultation.day_moved": gettext_lazy("moved the day until which opinions on a draft are wanted"),
    "consultation.summary_issued": gettext_lazy("recorded that the summary of opinions on a draft was issued"),
}

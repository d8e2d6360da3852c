"""What the acts of this area say in the log; how a period is named."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from trienkhai.evaluation.models import Campaign
from trienkhai.tasks.periods import period_name


def period_of(campaign: Campaign) -> str:
    """Năm 2017, quý IV/2017."""
    name = period_name(campaign.code)
    return name[:1].upper() + name[1:]


SENTENCES: dict[str, str | Promise] = {
    "evaluation.opened": gettext_lazy("opened an evaluation"),
    "evaluation.subjects_added": gettext_lazy("added subjects to an evaluation"),
    "evaluation.points_given": gettext_lazy("filled an evaluation sheet"),
    "evaluation.passed_on": gettext_lazy("passed an evaluation sheet on"),
    "evaluation.vote_told": gettext_lazy("entered the tally of a vote on a level"),
    "evaluation.figures_read": gettext_lazy("read the figures of an evaluation sheet anew"),
    "evaluation.sent_back": gettext_lazy("sent an evaluation sheet back"),
    "evaluation.left_out": gettext_lazy("left a subject out of an evaluation"),
    "evaluation.marked_above": gettext_lazy("marked a result as above requirement"),
    "evaluation.unmarked_above": gettext_lazy("took a mark above requirement back"),
    "evaluation.proposed": gettext_lazy("had the levels of an evaluation proposed"),
    "evaluation.decided": gettext_lazy("decided the levels of an evaluation"),
    "evaluation.list_drafted": gettext_lazy("drafted the list of an evaluation"),
    "evaluation.read": gettext_lazy("opened an evaluation sheet"),
    "evaluation.result_read": gettext_lazy("opened the results of an evaluation"),
    "evaluation.exported": gettext_lazy("took the list of an evaluation out"),
    "evaluation.appealed": gettext_lazy("appealed against a level"),
    "evaluation.appeal_answered": gettext_lazy("answered an appeal"),
    "commendation.proposed": gettext_lazy("proposed a commendation"),
    "commendation.evidence_added": gettext_lazy("added evidence to a commendation"),
    "commendation.opinion_given": gettext_lazy("gave an opinion on a commendation"),
    "commendation.decided": gettext_lazy("decided a commendation"),
    "commendation.refused": gettext_lazy("refused a commendation"),
}

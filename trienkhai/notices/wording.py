"""The sentence of each kind of notice, filled with what the notice keeps."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.notices.models import Notice

SENTENCES: dict[str, str | Promise] = {
    "report_submitted": gettext_lazy("%(unit)s reported completion: %(task)s"),
    "report_approved": gettext_lazy("Approved: %(task)s"),
    "report_returned": gettext_lazy("Returned, to be completed: %(task)s"),
    "assignment_extended": gettext_lazy("The due day was extended: %(task)s"),
    "assignment_paused": gettext_lazy("Paused: %(task)s"),
    "assignment_resumed": gettext_lazy("Goes on: %(task)s"),
    "assignment_withdrawn": gettext_lazy("Withdrawn: %(task)s"),
    "assignment_reopened": gettext_lazy("Opened again: %(task)s"),
    "request_made": gettext_lazy("%(unit)s asks: %(task)s"),
    "request_granted": gettext_lazy("Your request was granted: %(task)s"),
    "request_refused": gettext_lazy("Your request was refused: %(task)s"),
    "job_finished": gettext_lazy("The decision in the background is finished: %(done)s of %(wanted)s"),
    "job_stopped": gettext_lazy("The decision in the background was stopped at %(done)s of %(wanted)s"),
    "person_named": gettext_lazy("%(unit)s names you responsible: %(task)s"),
    "wait_begun": gettext_lazy("%(unit)s waits for your unit until %(due)s"),
    "wait_told": gettext_lazy("%(unit)s waits for somebody else until %(due)s: %(task)s"),
    "wait_ended": gettext_lazy("%(unit)s is no longer waited for: %(task)s"),
    "opinion_asked": gettext_lazy("%(unit)s asks for your opinion by %(due)s"),
    "opinion_answered": gettext_lazy("%(unit)s has given its opinion"),
    "opinion_withdrawn": gettext_lazy("%(unit)s no longer asks for your opinion"),
    "part_answered": gettext_lazy("%(unit)s answered its part: %(task)s"),
    "tasks_issued": gettext_lazy("%(count)s tasks of %(document)s have been given to you"),
    "tasks_shared": gettext_lazy("Your unit co-ordinates in tasks of %(document)s"),
    "tasks_watched": gettext_lazy("Your unit follows tasks of %(document)s that others carry out"),
    "task_recurred": gettext_lazy("A new period has begun: %(task)s, due %(due)s"),
    "issue_submitted": gettext_lazy("Tasks of %(document)s await being issued"),
    "issue_returned": gettext_lazy("The prepared tasks of %(document)s were returned"),
    "scan_recognised": gettext_lazy("The scan %(document)s was recognised by machine: look through what it read"),
    "scan_failed": gettext_lazy("The letters of the scan %(document)s could not be recognised"),
    "scan_secret": gettext_lazy(
        "A scan bore a mark of secrecy and was locked away (line %(number)s of the book): inform those concerned"
    ),
    "slip_given": gettext_lazy("%(document)s was handed over to you by %(leader)s"),
    "slip_returned": gettext_lazy("%(who)s returned the slip of %(document)s"),
    "slip_done": gettext_lazy("%(who)s has handled %(document)s"),
    "document_sent": gettext_lazy("%(unit)s has sent you %(document)s: confirm receipt"),
    "receipt_missing": gettext_lazy("%(unit)s reminds you to confirm receipt of %(document)s"),
    "session_planned": gettext_lazy("A session to study %(document)s was set"),
    "session_changed": gettext_lazy("The session to study %(document)s was changed"),
    "session_cancelled": gettext_lazy("The session to study %(document)s is not held"),
    "period_opened": gettext_lazy("%(unit)s asks for a report by %(due)s: %(report)s, %(period)s"),
    "period_missing": gettext_lazy("%(unit)s reminds you of the report due on %(due)s: %(report)s, %(period)s"),
    "period_submitted": gettext_lazy("%(unit)s has sent its report: %(report)s, %(period)s"),
    "period_returned": gettext_lazy("Returned, to be completed: %(report)s, %(period)s"),
    "period_approved": gettext_lazy("Approved, the figures are closed: %(report)s, %(period)s"),
    "period_approved_many": gettext_lazy("Period reports of your unit were approved"),
    "period_returned_many": gettext_lazy("Period reports of your unit were returned, to be completed"),
    "proposal_sent": gettext_lazy("A proposal of %(unit)s waits for your unit's answer"),
    "proposal_passed": gettext_lazy("Proposal no. %(number)s was passed on to %(unit)s"),
    "proposal_answered": gettext_lazy("%(unit)s answered proposal no. %(number)s"),
    "consultation_opened": gettext_lazy("%(unit)s asks for your opinion on a draft by %(due)s"),
    "consultation_opined": gettext_lazy("%(unit)s has sent its opinions on draft no. %(number)s"),
    "consultation_closed": gettext_lazy("%(unit)s has answered the opinions on draft no. %(number)s"),
    "consultation_missed": gettext_lazy(
        "%(unit)s closed the consultation on draft no. %(number)s without your opinion"
    ),
    "remark_given": gettext_lazy("Feedback by name was given to your post"),
    "remark_answered": gettext_lazy("Feedback that was given by name has been answered"),
    "letters_released": gettext_lazy("Feedback without a name was handed over: %(count)s"),
    "urge_holder": gettext_lazy("Due on %(due)s: %(task)s"),
    "urge_holder_many": gettext_lazy("%(count)s tasks of your unit are due on %(due)s"),
    "urge_head": gettext_lazy("Your unit is late, it was due on %(due)s: %(task)s"),
    "urge_head_many": gettext_lazy("Your unit is late with %(count)s tasks that were due on %(due)s"),
    "urge_above": gettext_lazy("Late below you, it was due on %(due)s: %(task)s"),
    "urge_above_many": gettext_lazy("%(count)s tasks below you are late, they were due on %(due)s"),
    "urge_assigner": gettext_lazy("Late of what your unit gave, it was due on %(due)s: %(task)s"),
    "urge_assigner_many": gettext_lazy("%(count)s tasks that your unit gave are late, they were due on %(due)s"),
    "silent": gettext_lazy("Not updated for %(days)s days: %(task)s"),
    "silent_many": gettext_lazy("%(count)s tasks of your unit have not been updated for %(days)s days"),
    "urged": gettext_lazy("%(unit)s urges: %(task)s"),
    "urged_many": gettext_lazy("%(unit)s urges %(count)s tasks of your unit"),
    "indicator_given": gettext_lazy("%(unit)s gave your unit an indicator: %(indicator)s"),
    "indicator_broken": gettext_lazy("Broken chains of the indicator %(indicator)s: %(count)s"),
    "values_submitted": gettext_lazy("%(unit)s sent values of indicators for approval: %(count)s"),
    "values_approved": gettext_lazy("%(unit)s approved your values: %(indicator)s"),
    "values_returned": gettext_lazy("%(unit)s returned your values: %(indicator)s"),
    "comparison_asked": gettext_lazy(
        "%(unit)s asks your unit for its opinion on drafts of the model by %(due)s: %(title)s"
    ),
    "comparison_answered": gettext_lazy("%(unit)s has given its opinion on drafts of the model: %(title)s"),
    "meeting_invited": gettext_lazy("%(unit)s invites you, %(when)s: %(meeting)s"),
    "meeting_changed": gettext_lazy("Changed, now %(when)s: %(meeting)s (%(unit)s)"),
    "meeting_cancelled": gettext_lazy("Not held on %(when)s: %(meeting)s (%(unit)s)"),
    "oversight_announced": gettext_lazy("Mass organisations of %(unit)s will supervise: %(subject)s"),
    "oversight_dropped": gettext_lazy("Mass organisations of %(unit)s no longer supervise: %(subject)s"),
    "oversight_recommended": gettext_lazy("Mass organisations of %(unit)s recommend, please answer: %(subject)s"),
    "oversight_replied": gettext_lazy("%(unit)s has answered a recommendation: %(subject)s"),
    "democracy_asked": gettext_lazy("A question waits for an answer: %(question)s"),
    "conduct_reported": gettext_lazy("%(unit)s: an own report waits for the comment of the collective"),
    "conduct_commented": gettext_lazy("%(unit)s: the collective has commented on your own report"),
    "minutes_sent": gettext_lazy("%(unit)s has sent its minutes: %(meeting)s"),
    "inspection_programme_submitted": gettext_lazy("The inspection programme of %(year)s awaits your approval"),
    "inspection_programme_approved": gettext_lazy("The inspection programme of %(year)s was approved"),
    "inspection_team": gettext_lazy("You are in the team of an inspection: %(item)s"),
    "inspection_begun": gettext_lazy("%(unit)s begins an inspection of your unit: %(theme)s"),
    "inspection_extended": gettext_lazy("%(unit)s takes more time for the inspection of your unit: %(theme)s"),
    "inspection_dropped": gettext_lazy("%(unit)s does not carry out the inspection of your unit: %(theme)s"),
    "inspection_concluded": gettext_lazy("%(unit)s has concluded the inspection of your unit: %(theme)s"),
    "worksession_planned": gettext_lazy("%(unit)s has a working session with %(below)s on %(when)s"),
    "worksession_changed": gettext_lazy("Changed, now on %(when)s: working session of %(unit)s with %(below)s"),
    "worksession_cancelled": gettext_lazy("Not held on %(when)s: working session of %(unit)s with %(below)s"),
    "worksession_invited": gettext_lazy("You take part on %(when)s: working session of %(unit)s with %(below)s"),
    "worksession_dossier": gettext_lazy("The dossier is made for %(when)s: working session of %(unit)s with %(below)s"),
    "worksession_ended": gettext_lazy("The working session of %(unit)s with %(below)s, %(when)s, was ended"),
    "evaluation_opened": gettext_lazy("%(unit)s evaluates %(period)s: fill your sheet"),
    "evaluation_came": gettext_lazy("%(unit)s has sent a sheet of the evaluation of %(period)s"),
    "evaluation_returned": gettext_lazy("%(unit)s sent a sheet of the evaluation of %(period)s back"),
    "evaluation_decided": gettext_lazy("%(unit)s decided the levels of %(period)s"),
    "evaluation_appealed": gettext_lazy("%(unit)s appeals against a level of %(period)s"),
    "evaluation_answered": gettext_lazy("%(unit)s answered your appeal on %(period)s"),
    "commendation_proposed": gettext_lazy("%(unit)s proposes a commendation"),
    "commendation_answered": gettext_lazy("%(unit)s decided on a commendation that you proposed"),
    "comparison_chosen": gettext_lazy("%(unit)s chose “%(draft)s”: %(title)s"),
    "reorganisation_submitted": gettext_lazy("A reorganisation file waits for your approval: %(title)s"),
    "reorganisation_returned": gettext_lazy("Your reorganisation file came back: %(title)s. %(reason)s"),
    "reorganisation_approved": gettext_lazy("Approved, to be carried out on %(on)s: %(title)s"),
    "reorganisation_carried_out": gettext_lazy("A reorganisation was carried out: %(title)s"),
    "reorganisation_ended_post": gettext_lazy("Your post at %(unit)s ended with a reorganisation: %(title)s"),
    "reorganisation_taken_back": gettext_lazy("A reorganisation was taken back: %(title)s. %(reason)s"),
    "post_given": gettext_lazy("You were given the post “%(post)s”, %(unit)s, from %(on)s"),
    "post_ended": gettext_lazy("Your post “%(post)s”, %(unit)s, ends: %(on)s is the first day without it"),
    "deputy_set": gettext_lazy("You are the deputy of %(principal)s as “%(post)s”, %(unit)s, from %(on)s"),
    "deputy_ended": gettext_lazy(
        "You are no longer the deputy of %(principal)s as “%(post)s”, %(unit)s: %(on)s is the first day without it"
    ),
}

ICONS = {
    "report_submitted": "approve",
    "report_approved": "ok",
    "report_returned": "return",
    "request_made": "info",
    "request_refused": "refused",
    "assignment_paused": "pause",
    "assignment_extended": "due",
    "tasks_issued": "give",
    "tasks_shared": "give",
    "task_recurred": "due",
    "issue_submitted": "give",
    "issue_returned": "return",
    "scan_recognised": "document",
    "scan_failed": "refused",
    "scan_secret": "lock",
    "slip_given": "document",
    "slip_returned": "return",
    "slip_done": "ok",
    "document_sent": "document",
    "receipt_missing": "due",
    "session_planned": "people",
    "session_changed": "people",
    "session_cancelled": "refused",
    "period_opened": "book",
    "period_missing": "due",
    "period_submitted": "approve",
    "period_returned": "return",
    "period_approved": "ok",
    "period_approved_many": "ok",
    "period_returned_many": "return",
    **{kind: "people" for kind in ("proposal_sent", "remark_given", "letters_released", "consultation_opened")},
    "proposal_passed": "right",
    "proposal_answered": "ok",
    "consultation_opined": "people",
    "consultation_closed": "ok",
    "consultation_missed": "people",
    "remark_answered": "ok",
    "job_finished": "ok",
    "job_stopped": "pause",
    **{f"urge_{to}{many}": "clock" for to in ("holder", "head", "above", "assigner") for many in ("", "_many")},
    "silent": "eye",
    "silent_many": "eye",
    "urged": "bell",
    "urged_many": "bell",
    "indicator_given": "give",
    "indicator_broken": "warning",
    "values_submitted": "approve",
    "values_approved": "ok",
    "values_returned": "return",
    "comparison_asked": "people",
    "comparison_answered": "people",
    "meeting_invited": "people",
    "meeting_changed": "people",
    "meeting_cancelled": "refused",
    "minutes_sent": "approve",
    "inspection_programme_submitted": "approve",
    "inspection_programme_approved": "ok",
    "inspection_team": "people",
    **dict.fromkeys(("inspection_begun", "inspection_concluded", "inspection_extended"), "eye"),
    "inspection_dropped": "refused",
    **dict.fromkeys(("worksession_planned", "worksession_changed", "worksession_invited"), "people"),
    "worksession_cancelled": "refused",
    "worksession_dossier": "book",
    "worksession_ended": "ok",
    **{f"evaluation_{what}": "approve" for what in ("opened", "came", "decided", "answered")},
    "evaluation_returned": "return",
    "evaluation_appealed": "info",
    "commendation_proposed": "approve",
    "commendation_answered": "ok",
    "conduct_reported": "edit",
    "conduct_commented": "ok",
    "oversight_announced": "eye",
    "oversight_dropped": "refused",
    "oversight_recommended": "edit",
    "oversight_replied": "ok",
    "democracy_asked": "people",
    "comparison_chosen": "ok",
    "reorganisation_submitted": "approve",
    "reorganisation_returned": "return",
    "reorganisation_approved": "ok",
    "reorganisation_carried_out": "folder",
    "reorganisation_ended_post": "people",
    "reorganisation_taken_back": "return",
    **dict.fromkeys(("post_given", "post_ended", "deputy_set", "deputy_ended"), "people"),
}


GROUPS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "urging": (gettext_lazy("Reminders and urging"), ("urge_", "urged", "silent")),
    "given": (gettext_lazy("Tasks given"), ("tasks_", "task_", "issue_")),
    "progress": (
        gettext_lazy("Reports, decisions, requests"),
        ("report_", "assignment_", "request_", "part_", "person_", "wait_", "opinion_", "comparison_", "job_"),
    ),
    "indicators": (gettext_lazy("Indicators"), ("indicator_", "values_")),
    "periods": (gettext_lazy("Period reports"), ("period_",)),
    "meetings": (gettext_lazy("Meetings"), ("meeting_", "minutes_", "worksession_")),
    "voice": (gettext_lazy("Voice from below"), ("proposal_", "remark_", "letters_", "consultation_")),
    "inspections": (gettext_lazy("Inspection"), ("inspection_",)),
    "evaluation": (gettext_lazy("Evaluation and commendation"), ("evaluation_", "commendation_")),
    "oversight": (gettext_lazy("Supervision, democracy"), ("oversight_", "democracy_")),
    "conduct": (gettext_lazy("Setting an example"), ("conduct_",)),
    "documents": (gettext_lazy("Documents"), ("document_", "receipt_", "session_", "slip_", "scan_")),
    "organisation": (gettext_lazy("Organisation and posts"), ("reorganisation_", "post_", "deputy_")),
}
"""Kinds of notice by what a person chooses to get by e-mail: name → its words, first letters of its kinds."""
OTHER = "other"
OTHER_WORDS = gettext_lazy("Other news")


def group_of(kind: str) -> str:
    return next((name for name, (_words, starts) in GROUPS.items() if kind.startswith(starts)), OTHER)


def group_words(name: str) -> str:
    return str(GROUPS[name][0] if name in GROUPS else OTHER_WORDS)


class _Params(dict[str, object]):
    """A word that an older notice does not keep is shown as a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def sentence(notice: Notice) -> str:
    words = SENTENCES.get(notice.kind)
    return str(words) % _Params(notice.params) if words else _("News")


def icon(notice: Notice) -> str:
    return ICONS.get(notice.kind, "bell")

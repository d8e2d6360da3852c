"""What the acts of this area say, in the history of an assignment and in the log."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.audit.models import Act

SENTENCES: dict[str, str | Promise] = {
    "assignment.acknowledged": gettext_lazy("acknowledged the task"),
    "assignment.updated": gettext_lazy("updated progress"),
    "assignment.paused": gettext_lazy("paused the task"),
    "assignment.resumed": gettext_lazy("let the task go on"),
    "assignment.withdrawn": gettext_lazy("withdrew the task"),
    "assignment.extended": gettext_lazy("extended the due day"),
    "assignment.reopened": gettext_lazy("opened the task again"),
    "assignment.confirmed": gettext_lazy("recorded the document that confirms completion"),
    "assignment.person_named": gettext_lazy("named the person responsible"),
    "assignment.handed_over": gettext_lazy("handed the work over to another person"),
    "partnership.opened": gettext_lazy("named a partner and at whose agency it stands"),
    "partnership.ended": gettext_lazy("ended a partnership"),
    "partnership.paper_added": gettext_lazy("named a paper of the co-ordination"),
    "opinion.asked": gettext_lazy("asked for an opinion"),
    "opinion.answered": gettext_lazy("gave an opinion"),
    "opinion.withdrawn": gettext_lazy("withdrew the request for an opinion"),
    "wait.begun": gettext_lazy("waits for somebody else"),
    "wait.ended": gettext_lazy("no longer waits"),
    "report.submitted": gettext_lazy("reported completion"),
    "report.approved": gettext_lazy("approved the report"),
    "report.returned": gettext_lazy("returned the report"),
    "request.made": gettext_lazy("asked the assigner"),
    "request.granted": gettext_lazy("granted the request"),
    "request.refused": gettext_lazy("refused the request"),
    "assignments.succeeded": gettext_lazy("took over the open work of a unit that ended"),
    "assignments.withdrawn": gettext_lazy("withdrew the open work of a unit that ended"),
    "task.continued": gettext_lazy("took over the tasks that a unit which ended had given"),
    "assignment.urged": gettext_lazy("urged the holder"),
    "part.answered": gettext_lazy("answered its co-ordinating part"),
    "issue.prepared": gettext_lazy("prepared tasks"),
    "issue.changed": gettext_lazy("changed the recipients"),
    "issue.submitted": gettext_lazy("submitted tasks to the leader"),
    "issue.returned": gettext_lazy("returned the prepared tasks"),
    "concretising.answered": gettext_lazy("answered clauses of an upper document"),
    "concretising.paper_named": gettext_lazy("named the document that makes an upper one concrete"),
    "job.begun": gettext_lazy("let a decision on many reports run in the background"),
    "job.stopped": gettext_lazy("stopped a decision in the background"),
    "programme.opened": gettext_lazy("opened a programme of work"),
    "programme.source_named": gettext_lazy("named what the programme comes from and its signed paper"),
    "programme.in_force": gettext_lazy("put the programme in force"),
    "programme.given": gettext_lazy("made tasks of items of the programme"),
    "programme.items_taken": gettext_lazy("took items of the longer programme over"),
    "programme.items_carried": gettext_lazy("carried open items over to the next programme"),
    "item.added": gettext_lazy("added an item to the programme"),
    "item.changed": gettext_lazy("changed an item of the programme"),
    "item.removed": gettext_lazy("took an item out of the programme"),
    "item.dropped": gettext_lazy("dropped an item of the programme"),
    "item.done": gettext_lazy("marked an item of the programme as done"),
    "item.reopened": gettext_lazy("opened an item of the programme again"),
    "focus.set": gettext_lazy("set a focus"),
    "focus.changed": gettext_lazy("changed a focus"),
    "focus.ended": gettext_lazy("ended a focus"),
    "focus.reviewed": gettext_lazy("reviewed a focus"),
    "issue.issued": gettext_lazy("issued tasks"),
    "task.added": gettext_lazy("added a task"),
    "task.changed": gettext_lazy("changed a prepared task"),
    "task.dropped": gettext_lazy("left out a proposed task"),
    "task.restored": gettext_lazy("took a proposed task in again"),
    "sheets.stored": gettext_lazy("stored the month-end sheets"),
    "task.recurred": gettext_lazy("opened the task's next period"),
}


def sentence(act: Act) -> str:
    """What was done, with the percent that was told; a verb without words of its own is shown as it is."""
    words = capital(str(SENTENCES.get(act.verb, act.verb)))
    if act.verb == "assignment.updated" and "percent" in act.data:
        return _("%(words)s: %(percent)s %%") % {"words": words, "percent": act.data["percent"]}
    return words


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


NAMING = ("assignment.person_named", "assignment.handed_over")


def entry(act: Act, said: str, names: Mapping[int, str] = MappingProxyType({})) -> dict[str, Any]:
    """The act as the history shows it, with the reason that was given; `names` of the accounts an act of naming says
    by their numbers.
    """
    words = sentence(act)
    if act.verb in NAMING:
        persons = [names.get(act.data.get(side) or 0, _("nobody")) for side in ("old", "new")]
        words += ": " + (" → ".join(persons) if act.data.get("old") else persons[1])
    return {
        "at": act.at,
        "who": act.actor_name,
        "post": act.post_label,
        "principal": act.principal,
        "words": words,
        "said": said,
    }


def show_principals(decided: Iterable[Any], acts: Iterable[Act]) -> None:
    """Give each decided report or request `decided_for`: in whose name a delegate decided, '' for the own. The act of
    the same person and moment says it.
    """
    names = {(act.actor_id, act.at): act.principal for act in acts}
    for row in decided:
        row.decided_for = names.get((row.decided_by_id, row.decided_at), "")

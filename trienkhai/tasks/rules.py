"""Who sees which tasks and assignments, and who may do what with them.

Sight: own reach ∪ shares (parts and watches) ∪, for those who guide a branch, what their unit has given. Acting: by a
post at exactly the unit whose verb it is (`transitions`); the one who submitted never approves, whatever posts they
hold, nor does anybody in their name.
"""

from collections.abc import Collection, Sequence
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.documents import own_papers
from trienkhai.documents.models import Document
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.orgs.rules import BRANCH_READERS, holding_at, leaders_of, reach_of, work_reach
from trienkhai.orgs.selection import select
from trienkhai.people.models import Account
from trienkhai.tasks import past
from trienkhai.tasks.models import (
    Assignment,
    Issue,
    ProgressReport,
    Request,
    RequestOutcome,
    Share,
    State,
    Task,
)
from trienkhai.tasks.transitions import VERBS, Who

HOLDERS = (Role.FOCAL, Role.LEADER, Role.SECRETARY)
PREPARERS = (Role.OFFICER, Role.LEADER)
LISTED_UNITS = 2000


def visible_assignments(account: Account, on: date) -> QuerySet[Assignment]:
    """Assignments held in the person's reach, or of tasks in which an own unit has a share; for officers, leaders and
    inspectors also what their unit gave elsewhere.

    Two shapes of query: a reach of up to 2,000 units is asked by their ids, a larger one by path ranges; one shape
    alone was 20 times slower for one of the two kinds of person. Tasks are asked for only where there are any: the OR
    keeps a database from the index on the holder.
    """
    return Assignment.objects.filter(_sight(account, on))


def _sight(account: Account, on: date) -> Q:
    reach = work_reach(account, on)
    own, guided = own_unit_ids(account, on), own_unit_ids(account, on, *BRANCH_READERS)
    units = Unit.objects.filter(reach.q())
    listed = list(units.values_list("pk", flat=True)[: LISTED_UNITS + 1])
    sight = Q(held_by__in=listed) if len(listed) <= LISTED_UNITS else reach.q("held_by__path")
    tasks = Q(task__in=Share.objects.filter(unit__in=own).values("task")) | Q(task__assigner__in=guided)
    if not Task.objects.filter(Q(shares__unit__in=own) | Q(assigner__in=guided)).exists():
        return sight
    return sight | tasks


def visible_on_day(account: Account, on: date, day: date) -> QuerySet[Assignment]:
    """Rows of a past day for who reads on the day `on`: those in sight now, and what was then held in the reach.

    Someone who guides a branch reads what stood in it that day, also where a unit has left it since; its page then
    stays shut (`visible_assignments`). With `was_held_by`, as `past.given_by`.
    """
    grants = work_reach(account, on).grants
    alone = [grant.unit_id for grant in grants if not grant.branch]
    tops = past.placed(day).filter(unit__in=[grant.unit_id for grant in grants if grant.branch])
    inside = [paths.within(top) for top in tops.values_list("path", flat=True)]
    units = past.placed(day).filter(reduce(or_, inside, Q(unit__in=alone))).values("unit")
    return past.given_by(day).filter(_sight(account, on) | Q(was_held_by__in=units))


def own_unit_ids(account: Account, on: date, *roles: str) -> list[int]:
    """Units at which the person holds a post of content, or one in these roles."""
    return sorted({grant.unit_id for grant in work_reach(account, on).of(*roles).grants})


def visible_tasks(account: Account, on: date) -> QuerySet[Task]:
    """Issued tasks of which the person sees an assignment, and drafts of units where the person prepares or leads."""
    assignments = visible_assignments(account, on).filter(task=OuterRef("pk"))
    drafts = Q(issue__in=visible_issues(account, on))
    return Task.objects.filter(dropped=False).filter(drafts | Q(Exists(assignments)))


def visible_issues(account: Account, on: date) -> QuerySet[Issue]:
    """Issues of units where the person is officer, leader or inspector, with all below those posts reach; none of
    a document that was locked away. To a secretary those of the unit's own meetings."""
    reach = reach_of(account, on)
    secretary = {grant.unit_id for grant in reach.of(Role.SECRETARY).able("prepare").grants}
    of_meetings = Q(assigner__in=secretary) & own_papers.documents_of(secretary, "document")
    return Issue.objects.exclude(document=None).filter(
        reach.of(*PREPARERS, Role.INSPECTOR).q("assigner__path") | of_meetings
    )


def visible_reports(account: Account, on: date) -> QuerySet[ProgressReport]:
    return ProgressReport.objects.filter(assignment__in=visible_assignments(account, on))


def visible_requests(account: Account, on: date) -> QuerySet[Request]:
    return Request.objects.filter(assignment__in=visible_assignments(account, on))


def visible_shares(account: Account, on: date) -> QuerySet[Share]:
    """Shares of own units and in tasks that own units lead; for those who guide a branch also in what their unit
    gave.
    """
    own, guided = own_unit_ids(account, on), own_unit_ids(account, on, *BRANCH_READERS)
    return Share.objects.filter(Q(unit__in=own) | Q(task__assigner__in=guided) | Q(assignment__held_by__in=own))


def awaiting_decision(account: Account, on: date, verb: str = "approve") -> QuerySet[Assignment]:
    """Assignments whose report this person may approve (or return) today: the approval queue.

    At the unit they answer to where the person leads; and from below it where nobody but the submitter can decide on
    the way. Says what `can_do` says, for all rows at once.
    """
    led = reach_of(account, on).of(Role.LEADER).able(verb).grants
    unled, stuck = _left_from_below([grant.path for grant in led], on)
    units = [grant.unit_id for grant in led]
    queue = Q(answers_to__in=[*units, *unled]) | Q(pk__in=stuck)
    principals = {grant.principal for grant in led if grant.principal}
    if principals:
        queue = _without_reports_of(principals, queue, account, verb, on)
    mine = _reports_of([account.pk]).filter(assignment=OuterRef("pk"))
    return Assignment.objects.filter(queue, ~Exists(mine), state=State.SUBMITTED)


def _reports_of(accounts: Collection[int]) -> QuerySet[ProgressReport]:
    """Reports awaiting decision that one of these submitted, or had submitted in its name."""
    return ProgressReport.objects.filter(Q(by__in=accounts) | Q(principal__in=accounts), state="submitted")


def _without_reports_of(principals: Collection[int], queue: Q, account: Account, verb: str, on: date) -> Q:
    """The queue of one who stands in for these: their own reports are asked for one by one, since another post of the
    person may allow what this one does not. Few: leaders seldom report.
    """
    theirs = Assignment.objects.filter(pk__in=_reports_of(principals).values("assignment"))
    rows = list(theirs.select_related("task__assigner", "held_by", "answers_to"))
    allowed = [row.pk for row in rows if can_do(account, verb, row, on)]
    return (queue & ~Q(pk__in=[row.pk for row in rows])) | Q(pk__in=allowed)


def _left_from_below(tops: Sequence[str], on: date) -> tuple[list[int], list[int]]:
    """What falls to the leaders at the paths `tops` from below them: units and assignments.

    Units that have nobody on the way up who may approve; assignments of which all such people are behind the report.
    Three queries, so that the queue itself is asked by ids: as one query it took half a second at a million rows.
    """
    waiting = Assignment.objects.filter(answers_to=OuterRef("pk"), state=State.SUBMITTED)
    below = reduce(or_, (paths.within(top) for top in tops), Q(pk__in=[]))
    answering = Unit.objects.filter(below, Exists(waiting)).exclude(path__in=tops).values_list("pk", "path")
    ways = {pk: _way(path or "", tops) for pk, path in answering}
    able = _leaders_by_unit({unit for way in ways.values() for unit in way}, on)
    people = {pk: [behind for unit in way for behind in able.get(unit, ())] for pk, way in ways.items()}
    led = [pk for pk, found in people.items() if found]
    own = _reports_of({pk for found in people.values() for behind in found for pk in behind}).filter(
        assignment__answers_to__in=led
    )
    claims = own.values_list("assignment", "by", "principal", "assignment__answers_to")
    stuck = [pk for pk, *claim, unit in claims if all(behind & set(claim) for behind in people[unit])]
    return [pk for pk, found in people.items() if not found], stuck


def _way(path: str, tops: Sequence[str]) -> list[int]:
    """The units from the nearest of `tops` above `path`, without it, down to the unit itself."""
    nearest = max((top for top in tops if paths.is_within(path, top)), key=len)
    return paths.ids(path)[paths.depth(nearest) :]


def _leaders_by_unit(unit_ids: Collection[int], on: date) -> dict[int, set[frozenset[int]]]:
    """By unit, who may approve by a leader's post: the accounts behind each holding. One query."""
    rows = Holding.objects.on(on).filter(post__unit__in=unit_ids, post__role=Role.LEADER, account__is_active=True)
    found: dict[int, set[frozenset[int]]] = {}
    for row in rows.select_related("post", "principal"):
        if row.allows("approve"):
            found.setdefault(row.post.unit_id, set()).add(row.behind)
    return found


def claimants(assignment: Assignment) -> frozenset[int]:
    """The accounts behind the report that awaits a decision: who submitted it and, if a delegate, for whom."""
    rows = ProgressReport.objects.filter(assignment=assignment, state="submitted").values_list("by", "principal")
    return frozenset(pk for row in rows for pk in row if pk)


def deciding_unit(assignment: Assignment, claim: Collection[int], on: date) -> Unit:
    """The unit whose leader decides on a report: the one it answers to, or the next above with someone else to do it.

    claim: the accounts behind the report. Nobody decides in the name of one of them.

    The topmost unit when nobody is found; `queries.steps_without_approver` lists such places.
    """
    chain = paths.ids(assignment.answers_to.path or "")
    for unit_id in reversed(chain):
        if any(not holding.behind & set(claim) for holding in leaders_of(unit_id, on, "approve")):
            if unit_id == assignment.answers_to_id:
                return assignment.answers_to
            return Unit.objects.select_related("present").get(pk=unit_id)
    return Unit.objects.select_related("present").get(pk=chain[0])


def can_do(account: Account, verb_name: str, assignment: Assignment, on: date) -> Verdict:
    """May this person do this verb on this assignment now: state first, then whose verb it is, then the post."""
    verb = VERBS[verb_name]
    if assignment.state not in verb.sources:
        state = State(assignment.state).label
        return no(_("This is not possible while the assignment is “%(state)s”.") % {"state": state})
    if verb.who == Who.HOLDER:
        return _as_holder(account, verb_name, assignment, on)
    if verb.who == Who.ANSWERS_TO:
        return _as_decider(account, verb_name, assignment, on)
    return _as_assigner(account, verb_name, assignment, on)


def _as_holder(account: Account, verb_name: str, assignment: Assignment, on: date) -> Verdict:
    if verb_name == "confirm" and not assignment.task.assigner.external:
        return no(_("Only a task from outside is closed by a confirming document."))
    return can_do_for(account, verb_name, assignment.held_by, on)


def can_do_for(account: Account, verb_name: str, holder: Unit | int, on: date) -> Verdict:
    """May this person do this verb of the holder's for that unit, whatever the state of the assignment."""
    roles = (Role.LEADER,) if verb_name == "confirm" else HOLDERS
    holding = holding_at(account, holder, roles, on, verb_name)
    return yes(holding) if holding else no(_("Only the unit that holds the assignment does this."))


def _as_decider(account: Account, verb_name: str, assignment: Assignment, on: date) -> Verdict:
    claim = claimants(assignment)
    if account.pk in claim:
        return no(_("The one who submitted a report never decides on it."))
    holding = holding_at(account, assignment.answers_to, (Role.LEADER,), on, verb_name, besides=claim)
    if holding and holding.allows("approve"):
        return yes(holding)
    decider = deciding_unit(assignment, claim, on)
    if decider.pk != assignment.answers_to_id:
        holding = holding_at(account, decider, (Role.LEADER,), on, verb_name, besides=claim)
    if holding:
        return yes(holding)
    if claim and holding_at(account, assignment.answers_to, (Role.LEADER,), on, verb_name):
        return no(_("Nobody decides on a report in the name of the one who submitted it."))
    return no(_("A leader of %(unit)s decides this.") % {"unit": decider})


def _as_assigner(
    account: Account, verb_name: str, assignment: Assignment, on: date, *, besides: Collection[int] = ()
) -> Verdict:
    """The task's assigner, or the unit it answers to where the assigner handed this power down at issue.

    besides: accounts in whose name it must not be.
    """
    task = assignment.task
    power = "pause" if verb_name == "resume" else verb_name
    units = [task.assigner] + ([assignment.answers_to] if power in task.delegates else [])
    for unit in units:
        if holding := holding_at(account, unit, (Role.LEADER,), on, verb_name, besides=besides):
            return yes(holding)
    return no(_("A leader of %(unit)s decides this.") % {"unit": task.assigner})


def can_prepare(account: Account, assigner: Unit, on: date, paper: Document | None = None) -> Verdict:
    """Tracking officers and leaders of a unit prepare its issues; its secretary from a paper of its own meetings."""
    holding = holding_at(account, assigner, PREPARERS, on, "prepare") or _secretary_for(
        account, assigner, paper, on, "prepare"
    )
    return yes(holding) if holding else no(_("Only a tracking officer or a leader of the unit prepares tasks."))


def _secretary_for(account: Account, unit: Unit, paper: Document | None, on: date, act: str) -> Holding | None:
    """The secretary of the unit, where the paper came out of a meeting of the unit."""
    if paper is None or not Document.objects.filter(own_papers.documents_of([unit.pk]), pk=paper.pk).exists():
        return None
    return holding_at(account, unit, (Role.SECRETARY,), on, act)


def can_edit_issue(account: Account, issue: Issue, on: date) -> Verdict:
    """The officers while it is being prepared or was returned; the leaders also while it lies with them."""
    if issue.state == Issue.State.ISSUED:
        return no(_("These tasks have been issued and are no longer edited here."))
    if issue.state == Issue.State.SUBMITTED:
        return _leader_of(account, issue.assigner, on, "issue")
    return can_prepare(account, issue.assigner, on, issue.document)


def can_submit_issue(account: Account, issue: Issue, on: date) -> Verdict:
    if not issue.is_open:
        return no(_("This has already been submitted."))
    if issue.source.withdrawn_at:
        return no(_("The document has been withdrawn; nothing is issued from it."))
    return can_prepare(account, issue.assigner, on, issue.document)


def can_issue(account: Account, issue: Issue, on: date) -> Verdict:
    """A leader of the assigner; a tracking officer only by a post with that power, on a paper that bears authority; the
    secretary what came out of a meeting of the unit and stays within it.
    """
    if issue.state == Issue.State.ISSUED:
        return no(_("These tasks have already been issued."))
    if issue.source.withdrawn_at:
        return no(_("The document has been withdrawn; nothing is issued from it."))
    if verdict := _leader_of(account, issue.assigner, on, "issue"):
        return verdict
    holding = holding_at(account, issue.assigner, (Role.OFFICER,), on, "issue")
    if holding and holding.post.may_issue and issue.source.has_authority:
        return yes(holding)
    if holding := _secretary_for(account, issue.assigner, issue.document, on, "issue"):
        if _stays_within(issue):
            return yes(holding)
        return no(_("A secretary gives tasks within the own unit only; a leader issues what goes further."))
    return no(_("Only a leader of %(unit)s issues tasks.") % {"unit": issue.assigner})


def _stays_within(issue: Issue) -> bool:
    """Do all tasks of the sheet, leads and those who help, stay in the branch of the assigner?"""
    rows = issue.tasks.filter(dropped=False).values_list("selection", "coordinating_selection")
    words = {word for lead, others in rows for word in (lead or issue.selection, others) if word}
    inside = paths.within(issue.assigner.path or "-")
    return not any(select(word, by=issue.assigner, on=issue.on).exclude(inside).exists() for word in words)


def can_return_issue(account: Account, issue: Issue, on: date) -> Verdict:
    if issue.state != Issue.State.SUBMITTED:
        return no(_("Only what was submitted can be returned."))
    return _leader_of(account, issue.assigner, on, "issue")


def _leader_of(account: Account, unit: Unit, on: date, act: str) -> Verdict:
    holding = holding_at(account, unit, (Role.LEADER,), on, act)
    return yes(holding) if holding else no(_("A leader of %(unit)s decides this.") % {"unit": unit})


def can_request(account: Account, assignment: Assignment, on: date) -> Verdict:
    """The unit that holds an open assignment may ask for another day, other content, another unit."""
    if not assignment.is_open:
        return no(_("The assignment is closed."))
    holding = holding_at(account, assignment.held_by, HOLDERS, on, "request")
    return yes(holding) if holding else no(_("Only the unit that holds the assignment does this."))


def can_decide(account: Account, request: Request, on: date) -> Verdict:
    """The assigner decides, on a day also the unit to which it handed that power; never the one who asked, nor
    anybody in that name.
    """
    claim = {pk for pk in (request.by_id, request.principal_id) if pk}
    if request.outcome != RequestOutcome.OPEN:
        return no(_("This request has been decided."))
    if account.pk in claim:
        return no(_("The one who asked never decides."))
    if not request.assignment.is_open:
        return no(_("The assignment is closed."))
    return _as_assigner(account, request.kind, request.assignment, on, besides=claim)


def can_name_person(account: Account, assignment: Assignment, on: date) -> Verdict:
    if not assignment.is_open:
        return no(_("The assignment is closed."))
    holding = holding_at(account, assignment.held_by, HOLDERS, on, "name_person")
    return yes(holding) if holding else no(_("Only the unit that holds the assignment does this."))


def can_answer_part(account: Account, share: Share, on: date) -> Verdict:
    if share.kind != "part" or share.answered_on:
        return no(_("There is nothing to answer here."))
    holding = holding_at(account, share.unit, HOLDERS, on, "answer")
    return yes(holding) if holding else no(_("Only the co-ordinating unit answers its part."))


def own_to_acknowledge(account: Account, on: date) -> QuerySet[Assignment]:
    """Assigned work of units where the person may acknowledge it."""
    return Assignment.objects.filter(held_by__in=units_held(account, on, "acknowledge"), state=State.ASSIGNED)


def units_held(account: Account, on: date, verb: str = "") -> list[int]:
    """Units for which the person may acknowledge and report; with `verb` those where the person may do just that."""
    reach = reach_of(account, on).of(*HOLDERS)
    return sorted({grant.unit_id for grant in (reach.able(verb) if verb else reach).grants})


def principals_at(account: Account, on: date, verb: str) -> dict[int, int | None]:
    """By unit where the person may do this for the holder, the account in whose name: None by an own post, which wins,
    as in `orgs.rules.holding_at`.
    """
    grants = reach_of(account, on).of(*HOLDERS).able(verb).grants
    ordered = sorted(grants, key=lambda grant: (grant.principal is not None, grant.holding_id), reverse=True)
    return {grant.unit_id: grant.principal for grant in ordered}

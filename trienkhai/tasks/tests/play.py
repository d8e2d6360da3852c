"""Playing verbs in tests: one call for each, an assignment brought to a state, and what stands in the database."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from trienkhai.audit.models import Act
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Holding, Manner, Role, Unit
from trienkhai.orgs.tests.make import make_account, make_holder, make_unit
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Issue, ProgressReport, Request, Share, Sheet, StateSpan, Tally, Task
from trienkhai.tasks.tests.make import DUE, Cast, at, make_document
from trienkhai.tasks.transitions import VERBS, Who

LATER_DUE = date(2017, 9, 29)

CALLS: dict[str, Callable[..., Any]] = {
    "acknowledge": lambda pk, **who: actions.acknowledge(pk, **who),
    "update": lambda pk, **who: actions.update_progress(pk, percent=40, text="Đã họp", **who),
    "submit": lambda pk, **who: actions.submit_report(pk, text="Đã xong", **who),
    "approve": lambda pk, **who: actions.approve(pk, **who),
    "return": lambda pk, **who: actions.return_report(pk, reason="Thiếu minh chứng", **who),
    "pause": lambda pk, **who: actions.pause(pk, reason="Chờ kinh phí", **who),
    "resume": lambda pk, **who: actions.resume(pk, **who),
    "withdraw": lambda pk, **who: actions.withdraw(pk, reason="Giao nhầm", **who),
    "extend": lambda pk, **who: actions.extend(pk, LATER_DUE, reason="Khối lượng lớn", **who),
    "reopen": lambda pk, **who: actions.reopen(pk, reason="Chưa đạt", **who),
    "confirm": lambda pk, **who: actions.confirm_from_outside(pk, Task.objects.get(assignments=pk).document, **who),
}

WAYS = {
    "assigned": (),
    "acknowledged": ("acknowledge",),
    "in_progress": ("acknowledge", "update"),
    "submitted": ("acknowledge", "submit"),
    "returned": ("acknowledge", "submit", "return"),
    "paused": ("acknowledge", "pause"),
    "done": ("acknowledge", "submit", "approve"),
    "withdrawn": ("withdraw",),
}


def right_person(cast: Cast, assignment: Assignment, verb: str) -> Account:
    who = VERBS[verb].who
    if who == Who.HOLDER:
        return cast.holder_of(assignment)
    return cast.approver_of(assignment) if who == Who.ANSWERS_TO else cast.leader


def bring(cast: Cast, assignment: Assignment, state: str, when: datetime | None = None) -> Assignment:
    """The assignment in that state, brought there by the people whose verbs lead to it."""
    for verb in WAYS[state]:
        CALLS[verb](assignment.pk, by=right_person(cast, assignment, verb), at=when or at(5))
    return reread(assignment)


def reread(assignment: Assignment) -> Assignment:
    return Assignment.objects.select_related("task__assigner", "held_by", "answers_to").get(pk=assignment.pk)


def footprint() -> dict[str, Any]:
    """All that an action could have left behind."""
    models = (Act, Notice, ProgressReport, StateSpan, Request, Share, Issue, Task, Assignment, Tally, Sheet)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def delegate(principal: Account, *acts: str, **fields) -> Account:
    """A deputy of the one post of `principal`, for these acts or (without any) for all."""
    holding = Holding.objects.get(account=principal)
    values = {"post": holding.post, "manner": Manner.DELEGATED, "principal": holding, "acts": list(acts)}
    deputy = make_account()
    Holding.objects.create(account=deputy, **(values | {"valid_from": date(2017, 1, 1)} | fields))
    return deputy


def strangers(cast: Cast) -> dict[str, Account]:
    """People to whom no verb of an assignment of the north belongs."""
    tree = cast.tree
    return {
        "focal point of another unit": cast.focal[tree.south1.pk],
        "focal point of a sister unit": cast.focal[tree.north2.pk],
        "leader of another branch": cast.south_leader,
        "tracking officer of the assigner": cast.officer,
        "tracking officer of the branch": make_holder(tree.north, Role.OFFICER),
        "inspector of the assigner": make_holder(tree.bloc, Role.INSPECTOR),
        "inspector of the unit": make_holder(tree.north1, Role.INSPECTOR),
        "clerk of the unit": make_holder(tree.north1, Role.CLERK),
        "mass organisation of the unit": make_holder(tree.north1, Role.MASS),
        "member of the unit": make_holder(tree.north1, Role.MEMBER),
        "administrator": make_holder(tree.bloc, Role.ADMIN),
        "former focal point": make_holder(tree.north1, Role.FOCAL, valid_to=at(4).date()),
        "former leader of the branch": make_holder(tree.north, Role.LEADER, valid_to=at(4).date()),
        "former leader of the assigner": make_holder(tree.bloc, Role.LEADER, valid_to=at(4).date()),
        "nobody": make_account(),
    }


class Outside:
    """A task that a body outside the system gave to the bloc, entered by the bloc's own people at that body."""

    def __init__(self, cast: Cast) -> None:
        self.centre: Unit = make_unit(kind="external", relation="external", code="TW", name="Trung ương Thử")
        self.desk = make_holder(self.centre, Role.LEADER)
        self.focal = make_holder(cast.tree.bloc, Role.FOCAL)
        self.leader = cast.leader
        document = make_document(cast.tree.bloc, issuer=None, issuer_name="Trung ương Thử")
        rows = [{"title": "Báo cáo Trung ương", "due_on": DUE}]
        issue = actions.prepare_issue(document, self.centre, rows, selection="unit:K", by=self.desk, at=at(3))
        actions.issue_tasks(issue.pk, by=self.desk, at=at(3))
        self.assignment = Assignment.objects.get(task__issue=issue)
        self.document = make_document(cast.tree.bloc, number="99", symbol="99-TB/TWTHU", title="xác nhận")

    def submitted(self, day: datetime) -> Assignment:
        actions.acknowledge(self.assignment.pk, by=self.focal, at=at(4))
        actions.submit_report(self.assignment.pk, text="Đã gửi báo cáo", by=self.focal, at=day)
        return reread(self.assignment)

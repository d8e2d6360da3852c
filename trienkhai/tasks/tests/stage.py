"""Every action of the area, ready for its turn: the table that tests of all actions go through."""

from datetime import date

from trienkhai.documents.models import Clause, DocumentText
from trienkhai.orgs.tests.make import NOON
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Share, Wait
from trienkhai.tasks.tests.make import DUE, Cast, at, make_document, make_issue
from trienkhai.tasks.tests.play import CALLS, LATER_DUE, Outside, bring, right_person
from trienkhai.tasks.tests.stage_coordinating import COORDINATING
from trienkhai.tasks.tests.stage_programme import PROGRAMME


class Stage:
    """Everything an action could be about, ready for its turn."""

    def __init__(self) -> None:
        self.cast = Cast()
        tree = self.cast.tree
        self.document = make_document(tree.bloc)
        rows = [{"title": "Việc", "due_on": DUE}]
        prepare = {"selection": "grassroots", "by": self.cast.officer, "at": at(4)}
        self.draft = actions.prepare_issue(self.document, tree.bloc, rows, **prepare)
        self.submitted_draft = actions.prepare_issue(self.document, tree.bloc, rows, **prepare)
        actions.submit_issue(self.submitted_draft.pk, by=self.cast.officer, at=at(4))
        part = {"mode": "joint", "selection": "unit:K.B.1", "coordinating_selection": "unit:K.N.1"}
        issue = make_issue(self.cast, [{}, part])
        first, second = issue.tasks.order_by("position")
        self.row = Assignment.objects.get(task=first, unit=tree.north1)
        self.part = Share.objects.get(task=second)
        self.focal = self.cast.holder_of(self.row)

    def at_state(self, state: str) -> int:
        return bring(self.cast, self.row, state).pk

    def request(self) -> int:
        self.at_state("acknowledged")
        return actions.ask(self.row.pk, kind="extend", reason="Dài", due_on=LATER_DUE, by=self.focal, at=at(6)).pk


EVERYTHING = Assignment.objects.all
ACTIONS = {
    "prepare_issue": lambda s: (
        lambda: actions.prepare_issue(s.document, s.cast.tree.bloc, [{"title": "Việc"}], by=s.cast.officer, at=at(9))
    ),
    "start_issue": lambda s: start(s),
    "change_issue": lambda s: (
        lambda: actions.change_issue(s.draft.pk, selection="children", by=s.cast.officer, at=at(9))
    ),
    "change_task": lambda s: (
        lambda: actions.change_task(s.draft.tasks.get().pk, {"title": "Khác"}, by=s.cast.officer, at=at(9))
    ),
    "drop_task": lambda s: lambda: actions.drop_task(s.draft.tasks.get().pk, by=s.cast.officer, at=at(9)),
    "add_task": lambda s: lambda: actions.add_task(s.draft.pk, {"title": "Thêm"}, by=s.cast.officer, at=at(9)),
    "submit_issue": lambda s: lambda: actions.submit_issue(s.draft.pk, by=s.cast.officer, at=at(9)),
    "return_issue": lambda s: (
        lambda: actions.return_issue(s.submitted_draft.pk, reason="Thiếu", by=s.cast.leader, at=at(9))
    ),
    "issue_tasks": lambda s: lambda: actions.issue_tasks(s.draft.pk, by=s.cast.leader, at=at(9)),
    "acknowledge": lambda s: single(s, "acknowledge", "assigned"),
    "update_progress": lambda s: single(s, "update", "acknowledged"),
    "submit_report": lambda s: single(s, "submit", "in_progress"),
    "approve": lambda s: single(s, "approve", "submitted"),
    "return_report": lambda s: single(s, "return", "submitted"),
    "pause": lambda s: single(s, "pause", "in_progress"),
    "resume": lambda s: single(s, "resume", "paused"),
    "withdraw": lambda s: single(s, "withdraw", "submitted"),
    "extend": lambda s: single(s, "extend", "in_progress"),
    "reopen": lambda s: single(s, "reopen", "done"),
    "confirm_from_outside": lambda s: confirm(s),
    "ask": lambda s: lambda: actions.ask(s.row.pk, kind="adjust", reason="Rộng", by=s.focal, at=at(9)),
    "decide_request": lambda s: decide(s),
    "name_person": lambda s: lambda: actions.name_person(s.row.pk, s.focal, by=s.focal, at=at(9)),
    "answer_part": lambda s: (
        lambda: actions.answer_part(s.part.pk, answer="Đã góp ý", by=s.cast.focal[s.cast.tree.south1.pk], at=at(9))
    ),
    "acknowledge_all": lambda s: (
        lambda: actions.acknowledge_all(EVERYTHING(), selection="tất cả", by=s.focal, at=at(9))
    ),
    "report_several": lambda s: many(s, "acknowledged", actions.report_several, s.focal, text="Đã xong"),
    "approve_matching": lambda s: many(s, "submitted", actions.approve_matching, s.cast.north_leader),
    "return_matching": lambda s: many(s, "submitted", actions.return_matching, s.cast.north_leader, reason="Thiếu"),
    "answer_clauses": lambda s: concretise(s, "answer_clauses"),
    "draft_programme": lambda s: concretise(s, "draft_programme"),
    "name_paper": lambda s: concretise(s, "name_paper"),
    "begin_job": lambda s: start_job(s),
    "stop_job": lambda s: stop(s),
    "run_portion": lambda s: portion(s),
    "open_occurrences": lambda s: recur(s),
    "close_months": lambda s: close(s),
    "wait_for": lambda s: waiting(s),
    "end_wait": lambda s: waited(s, actions.end_wait, s.focal, answer="Đã nhận được"),
    "pause_waiting": lambda s: waited(s, actions.pause_waiting, s.cast.leader),
}
ACTIONS |= {name: lambda s, turn=turn: turn(s.cast) for name, turn in (PROGRAMME | COORDINATING).items()}
BY_ITSELF = {"open_occurrences", "close_months"}


def start(stage: Stage):
    bloc = stage.cast.tree.bloc
    document = make_document(bloc)
    return lambda: actions.start_issue(document, bloc, [{"title": "Việc"}], by=stage.cast.officer, at=at(9))


def single(stage: Stage, verb: str, state: str):
    pk = stage.at_state(state)
    return lambda: CALLS[verb](pk, by=right_person(stage.cast, stage.row, verb), at=at(9))


def many(stage: Stage, state: str, action, by: Account, **words):
    stage.at_state(state)
    return lambda: action(EVERYTHING(), selection="tất cả", by=by, at=at(9), **words)


def decide(stage: Stage):
    pk = stage.request()
    return lambda: actions.decide_request(pk, grant=True, by=stage.cast.leader, at=at(9))


def confirm(stage: Stage):
    outside = Outside(stage.cast)
    pk = outside.submitted(at(8)).pk
    return lambda: actions.confirm_from_outside(pk, outside.document, by=stage.cast.leader, at=at(9))


def concretise(stage: Stage, name: str):
    """One of the three acts by which north makes a document of the bloc concrete; those before it are done."""
    upper, north = make_document(stage.cast.tree.bloc, symbol="08-NQ/ĐUTHU", published="all"), stage.cast.tree.north
    text = DocumentText.objects.create(document=upper, sha256="3" * 64, text="1. Việc trên.", created_at=NOON)
    clause = Clause.objects.create(text=text, kind="arabic", label="1", position=0, start=0, end=13)
    answers, leader = {clause.pk: {"kind": "taken"}}, stage.cast.north_leader
    if name == "answer_clauses":
        return lambda: actions.answer_clauses(upper, north, answers, by=leader, at=at(9))
    row, paper = actions.answer_clauses(upper, north, answers, by=leader, at=at(8)), make_document(north, symbol="9-KH")
    if name == "name_paper":
        return lambda: actions.name_paper(row.pk, paper, by=leader, at=at(9))
    return lambda: actions.draft_programme(row.pk, by=leader, at=at(9))


def begin(stage: Stage, day: int = 9):
    return actions.begin_job("tasks", "approve", [], by=stage.cast.north_leader, at=at(day))


def wait(stage: Stage, pk: int, day: int) -> Wait:
    days = {"until": DUE, "by": stage.focal, "at": at(day)}
    return actions.wait_for(pk, unit=stage.cast.tree.south1, what="Số liệu quý I", **days)


def waiting(stage: Stage):
    pk = stage.at_state("acknowledged")
    return lambda: wait(stage, pk, 9)


def waited(stage: Stage, action, by: Account, **words):
    row = wait(stage, stage.at_state("acknowledged"), 8)
    return lambda: action(row.pk, by=by, at=at(9), **words)


def start_job(stage: Stage):
    stage.at_state("submitted")
    return lambda: begin(stage)


def stop(stage: Stage):
    stage.at_state("submitted")
    job = begin(stage, 8)
    return lambda: actions.stop_job(job.pk, by=stage.cast.north_leader, at=at(9))


def portion(stage: Stage):
    stage.at_state("submitted")
    begin(stage, 8)
    return lambda: actions.run_portion(at=at(9))


def recur(stage: Stage):
    make_issue(stage.cast, [{"recurrence": "month"}], selection="unit:K.B.1")
    return lambda: actions.open_occurrences(on=date(2017, 2, 1), at=at(1, 2))


def close(stage: Stage):
    return lambda: actions.close_months(on=date(2017, 2, 1), at=at(1, 2))

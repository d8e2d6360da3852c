"""Tally = recount after any sequence of actions, and spans tell the same story as the rows."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from trienkhai.audit.actions import SYSTEM
from trienkhai.common.clock import moment
from trienkhai.common.verdict import Refused
from trienkhai.orgs.actions import store_change
from trienkhai.orgs.models import Unit
from trienkhai.orgs.tests.make import DAY
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Request, State, StateSpan
from trienkhai.tasks.tally import negatives, recount
from trienkhai.tasks.tests.make import DUE, Cast, make_issue
from trienkhai.tasks.transitions import VERBS

SINGLE = ("acknowledge", "update", "submit", "approve", "return", "pause", "resume", "withdraw", "extend", "reopen")
BULK = ("acknowledge_all", "report_several", "approve_matching", "return_matching")
OTHER = ("ask", "decide", "move", "hand_over")
steps = st.lists(
    st.tuples(st.sampled_from(SINGLE * 3 + BULK + OTHER), st.integers(0, 9), st.integers(0, 40), st.integers(1, 60)),
    min_size=1,
    max_size=25,
)


class World:
    """A small tree with two tasks given to everyone, and a day that moves on."""

    def __init__(self) -> None:
        self.cast = Cast()
        self.day = DAY
        make_issue(self.cast, [{"due_on": DUE}, {"due_on": DAY + timedelta(days=40), "delegates": ["extend"]}])
        self.pks = list(Assignment.objects.order_by("pk").values_list("pk", flat=True))

    def do(self, verb: str, which: int, wait: int, ahead: int) -> None:
        """One step; what a rule refuses leaves no trace."""
        self.day += timedelta(days=wait % 7)
        assignment = Assignment.objects.select_related("held_by", "answers_to", "task").get(
            pk=self.pks[which % len(self.pks)]
        )
        with suppress(Refused, ValidationError):
            self._step(verb, assignment, moment(self.day, 10), ahead)

    def _step(self, verb: str, assignment: Assignment, when: Any, ahead: int) -> None:
        cast, pk = self.cast, assignment.pk
        holder, approver, leader = cast.holder_of(assignment), cast.approver_of(assignment), cast.leader
        everything, words = Assignment.objects.all(), "tất cả"
        later = self.day + timedelta(days=ahead)
        table: dict[str, Any] = {
            "acknowledge": lambda: actions.acknowledge(pk, by=holder, at=when),
            "update": lambda: actions.update_progress(pk, percent=ahead, text="Làm", by=holder, at=when),
            "submit": lambda: actions.submit_report(pk, text="Xong", by=holder, at=when),
            "approve": lambda: actions.approve(pk, by=approver, at=when),
            "return": lambda: actions.return_report(pk, reason="Thiếu", by=approver, at=when),
            "pause": lambda: actions.pause(pk, reason="Chờ", by=leader, at=when),
            "resume": lambda: actions.resume(pk, by=leader, at=when),
            "withdraw": lambda: actions.withdraw(pk, reason="Nhầm", by=leader, at=when),
            "extend": lambda: actions.extend(pk, later, reason="Dài", by=leader, at=when),
            "reopen": lambda: actions.reopen(pk, reason="Lại", by=approver, at=when),
            "acknowledge_all": lambda: actions.acknowledge_all(everything, selection=words, by=holder, at=when),
            "report_several": lambda: actions.report_several(
                everything, text="Xong", selection=words, by=holder, at=when
            ),
            "approve_matching": lambda: actions.approve_matching(everything, selection=words, by=approver, at=when),
            "return_matching": lambda: actions.return_matching(
                everything, selection=words, reason="Thiếu", by=approver, at=when
            ),
            "ask": lambda: actions.ask(pk, kind="extend", reason="Cần", due_on=later, by=holder, at=when),
            "decide": lambda: self._decide(when, ahead),
            "move": lambda: self._move(ahead, when),
            "hand_over": lambda: self._transfer(assignment, holder, when),
        }
        table[verb]()

    def _decide(self, when: Any, ahead: int) -> None:
        request = Request.objects.filter(outcome="open").first()
        if request:
            actions.decide_request(request.pk, grant=ahead % 2 == 0, answer="Đã xem", by=self.cast.leader, at=when)

    def _move(self, ahead: int, when: Any) -> None:
        tree = self.cast.tree
        unit = [tree.north1, tree.south1, tree.south2][ahead % 3]
        parent = [tree.north, tree.south, tree.bloc][ahead // 3 % 3]
        fresh = Unit.objects.select_related("present__parent").get(pk=unit.pk)
        store_change(fresh, {"parent": Unit.objects.select_related("present").get(pk=parent.pk)}, by=SYSTEM, at=when)

    def _transfer(self, assignment: Assignment, holder: Any, when: Any) -> None:
        unit = self.cast.tree.south2
        request = actions.ask(assignment.pk, kind="transfer", reason="Đúng việc hơn", unit=unit, by=holder, at=when)
        actions.decide_request(request.pk, grant=True, by=self.cast.leader, at=when)


class TallyEqualsRecount(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps)
    def test_after_any_sequence_of_actions(self, sequence: list[tuple[str, int, int, int]]) -> None:
        world = World()

        for step in sequence:
            world.do(*step)

        assert recount() == []
        assert negatives() == 0
        for assignment in Assignment.objects.all():
            spans = list(StateSpan.objects.filter(assignment=assignment).order_by("from_on", "pk"))
            days = [assignment.issued_on, *[span.to_on for span in spans]]
            assert [span.from_on for span in spans] == days[:-1]
            assert assignment.since_on == days[-1]


def test_every_verb_of_the_table_leads_to_a_known_state():
    for verb in VERBS.values():
        assert set(verb.sources) <= set(State.values)
        assert verb.to is None or verb.to == "before" or verb.to in State.values


@pytest.mark.django_db
def test_withdrawn_row_can_do_nothing_more():
    cast = Cast()
    make_issue(cast)
    assignment = Assignment.objects.select_related("held_by", "answers_to", "task").first()
    actions.withdraw(assignment.pk, reason="Nhầm", by=cast.leader, at=moment(DAY, 12))

    for verb in SINGLE:
        with pytest.raises(Refused):
            VERB_CALLS[verb](assignment.pk, cast, assignment)


VERB_CALLS: dict[str, Any] = {
    "acknowledge": lambda pk, cast, row: actions.acknowledge(pk, by=cast.holder_of(row), at=moment(DAY, 13)),
    "update": lambda pk, cast, row: actions.update_progress(
        pk, percent=5, text="Làm", by=cast.holder_of(row), at=moment(DAY, 13)
    ),
    "submit": lambda pk, cast, row: actions.submit_report(pk, text="Xong", by=cast.holder_of(row), at=moment(DAY, 13)),
    "approve": lambda pk, cast, row: actions.approve(pk, by=cast.approver_of(row), at=moment(DAY, 13)),
    "return": lambda pk, cast, row: actions.return_report(pk, reason="x", by=cast.approver_of(row), at=moment(DAY, 13)),
    "pause": lambda pk, cast, row: actions.pause(pk, reason="x", by=cast.leader, at=moment(DAY, 13)),
    "resume": lambda pk, cast, row: actions.resume(pk, by=cast.leader, at=moment(DAY, 13)),
    "withdraw": lambda pk, cast, row: actions.withdraw(pk, reason="x", by=cast.leader, at=moment(DAY, 13)),
    "extend": lambda pk, cast, row: actions.extend(
        pk, DUE + timedelta(days=9), reason="x", by=cast.leader, at=moment(DAY, 13)
    ),
    "reopen": lambda pk, cast, row: actions.reopen(pk, reason="x", by=cast.approver_of(row), at=moment(DAY, 13)),
}

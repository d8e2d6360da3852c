"""Rows for tests: what inspections, proposals and evaluations of the north leave for its dossier, by real actions."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from trienkhai.evaluation import actions as evaluating
from trienkhai.evaluation.models import Sheet, Step
from trienkhai.evaluation.queries.sheets import by_hand, confirmations
from trienkhai.evaluation.tests import make as evaluation
from trienkhai.feedback import actions as feedback
from trienkhai.feedback.models import Proposal
from trienkhai.inspections import actions as inspecting
from trienkhai.inspections.models import Inspection
from trienkhai.inspections.tests import make as inspections
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import make_holder
from trienkhai.people.models import Account
from trienkhai.tasks.tests.make import at
from trienkhai.worksessions.models import Dossier
from trienkhai.worksessions.tests import make

MADE = 10, 7
"""Day and month of the sessions here."""


class Life(make.Cast, inspections.Cast, evaluation.Cast):
    """All their people in one tree; a focal point of north1 who proposes, a member of it."""

    def __init__(self) -> None:
        super().__init__()
        self.proposer = self.focal[self.tree.north1.pk]

    def told(self) -> Dossier:
        return self.dossier(self.plan(*MADE), *MADE)

    def inspected(self) -> list[Inspection]:
        """north1 with one finding remedied and one overdue, north2 with one open; a third goes on, north itself."""
        item = self.approve(self.item())
        tree = self.tree
        rows = [self._inspect(item, unit) for unit in (tree.north1, tree.north2, tree.north)]
        self.find(rows[0], "Chưa có sổ theo dõi")
        for row in rows[:2]:
            inspecting.go_on(row.pk, by=self.inspector, at=at(9))
            words: dict[str, Any] = {"text": "Hạn chế.", "follower": self.inspector.pk, "by": self.inspector}
            inspecting.write_conclusion(row.pk, **words, at=at(9))
            inspecting.conclude_inspection(row.pk, by=self.leader, at=at(10))
        done = self.given(rows[0])[0]
        self.remedied(done)
        finding = done.task.remedies.get()
        inspecting.accept_remedy(finding.pk, remark="Đã xem.", by=self.inspector, at=at(20))
        return rows

    def _inspect(self, item: Any, unit: Unit) -> Inspection:
        row = inspecting.add_subject(item.pk, unit, by=self.inspector, at=at(2))
        inspecting.start_inspection(row.pk, by=self.inspector, at=at(4))
        row = inspecting.go_on(row.pk, by=self.inspector, at=at(5))
        for point in row.points.all():
            inspecting.tell_point(point.pk, result="met", note_text="", by=self.inspector, at=at(6))
        self.find(
            row, f"Tồn tại của {unit.code}", due_on=at(30, 9).date() if unit == self.tree.north2 else at(31).date()
        )
        return row

    def propose(self, title: str, by: Account, unit: Unit, to: Unit, when: datetime, **words: Any) -> Proposal:
        wish = feedback.Wish(title, "Nội dung.", **words)
        return feedback.propose(unit, to, wish, for_unit=True, by=by, at=when)

    def proposed_up(self) -> list[Proposal]:
        """Of north: one taken, one not, one waits past its day; one of north1 that north passed on, taken in part."""
        tree, leader = self.tree, self.north_leader
        rows = [self.propose(f"Đề xuất thứ {n}", leader, tree.north, tree.bloc, at(n, 3)) for n in range(1, 4)] + [
            self.propose("Đề nghị của cơ sở", self.proposer, tree.north1, tree.north, at(6, 3), sort="petition")
        ]
        feedback.pass_on(rows[3].pk, tree.bloc, reason="Vượt thẩm quyền.", by=leader, at=at(8, 3))
        for row, outcome in zip((rows[0], rows[1], rows[3]), ("taken", "not_taken", "partly"), strict=True):
            feedback.answer(row.pk, outcome, "Có lý do.", by=self.leader, at=at(20, 3))
        return rows

    def rated(self) -> Sheet:
        """The bloc has decided the second quarter of the north, the north that of its two units."""
        sheet = self._rated_above()
        self.decided(self.open())
        return sheet

    def _rated_above(self) -> Sheet:
        campaign = evaluating.open_campaign(
            self.tree.bloc, evaluation.QUARTER, [self.tree.north], by=self.leader, at=evaluation.WHEN
        )
        sheet = campaign.sheets.get()
        for step in (Step.SELF, Step.COLLECTIVE, Step.VOTE, Step.UPPER):
            sheet = Sheet.objects.select_related("campaign__unit", "unit").get(pk=sheet.pk)
            who: dict[str, Any] = {"by": self.officer if step == Step.UPPER else self.north_leader}
            who["at"] = evaluation.WHEN
            if step == Step.VOTE:
                evaluating.tell_vote(sheet.pk, present=5, votes={"good": 5}, **who)
            else:
                given = {row["code"]: Decimal(str(row["points"])) for row in by_hand(sheet)}
                confirmed = {row["confirm"]: True for row in confirmations(sheet)}
                evaluating.give_points(sheet.pk, given, confirmed=confirmed, **who)
            evaluating.pass_on(sheet.pk, **who)
        evaluating.propose_levels(campaign.pk, by=self.officer, at=evaluation.WHEN)
        evaluating.decide(campaign.pk, {}, {}, by=self.leader, at=evaluation.WHEN)
        return Sheet.objects.select_related("campaign").get(pk=sheet.pk)

    def officer_of_north(self) -> Account:
        return make_holder(self.tree.north, Role.OFFICER)

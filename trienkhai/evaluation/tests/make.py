"""Rows for tests: north evaluates its two units in the second quarter of 2017, with the people of every step."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from trienkhai.evaluation import actions
from trienkhai.evaluation.models import Campaign, Sheet, Step
from trienkhai.evaluation.queries.sheets import by_hand, confirmations
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import make_holder
from trienkhai.people.models import Account
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.tests.make import Cast as TaskCast
from trienkhai.tasks.tests.make import at, make_issue
from trienkhai.tasks.tests.play import bring

QUARTER = "2017-Q2"
WHEN = at(5, 7)


class Cast(TaskCast):
    """The people of tasks; heads of north1 and north2, an officer and a leader of north, a member, an inspector."""

    def __init__(self) -> None:
        super().__init__()
        tree = self.tree
        self.evaluator = tree.north
        self.appraiser = make_holder(tree.north, Role.OFFICER)
        self.secretary = make_holder(tree.north1, Role.SECRETARY)
        self.deputy = make_holder(tree.north1, Role.LEADER)
        self.cell_secretary = make_holder(tree.north2, Role.SECRETARY)
        self.member = make_holder(tree.north1, Role.MEMBER)
        self.inspector = make_holder(tree.bloc, Role.INSPECTOR)

    def work(self, done: int = 4, late: int = 0, open_: int = 0, *, unit: Unit | None = None) -> list[Assignment]:
        """Tasks of north1 (or another unit): so many done in time, done late, never done."""
        unit = unit or self.tree.north1
        states = ["done"] * done + ["late"] * late + ["assigned"] * open_
        if not states:
            return []
        issue = make_issue(self, [{} for _one in states], selection=f"unit:{unit.code}")
        rows = list(Assignment.objects.filter(task__issue=issue).order_by("pk"))
        for row, state in zip(rows, states, strict=True):
            if state != "assigned":
                bring(self, row, "done", at(5) if state == "done" else at(3, 7))
        return rows

    def open(self, units: Sequence[Unit] = (), when: datetime = WHEN, **words: Any) -> Campaign:
        chosen = units or [self.tree.north1, self.tree.north2]
        given: dict[str, Any] = {"code": QUARTER, "by": self.north_leader, "at": when} | words
        code = given.pop("code")
        return actions.open_campaign(self.evaluator, code, chosen, **given)

    def sheet(self, campaign: Campaign, unit: Unit | None = None, person: Account | None = None) -> Sheet:
        return campaign.sheets.get(unit=unit or self.tree.north1, person=person.pk if person else 0)

    def actor(self, sheet: Sheet) -> Account:
        """Whose turn it is."""
        heads = {self.tree.north1.pk: self.secretary, self.tree.north2.pk: self.cell_secretary}
        if sheet.step == Step.SELF:
            return sheet.account or heads[sheet.unit_id]
        if sheet.step in (Step.COLLECTIVE, Step.VOTE):
            if sheet.person == self.secretary.pk:
                return self.deputy
            return self.appraiser if sheet.person == self.cell_secretary.pk else heads[sheet.unit_id]
        return self.appraiser

    def fill(self, sheet: Sheet, share: float = 1, **words: Any) -> Sheet:
        """All that people give in the present step, as a share of the points."""
        sheet = Sheet.objects.select_related("campaign__unit", "unit").get(pk=sheet.pk)
        points = {
            row["code"]: (Decimal(str(row["points"])) * Decimal(str(share))).quantize(Decimal("0.1"))
            for row in by_hand(sheet)
        }
        confirmed = {row["confirm"]: True for row in confirmations(sheet)}
        given: dict[str, Any] = {"confirmed": confirmed, "by": self.actor(sheet), "at": WHEN} | words
        return actions.give_points(sheet.pk, points, **given)

    def vote(self, sheet: Sheet, present: int = 5, **votes: int) -> Sheet:
        sheet.refresh_from_db()
        given = votes or {"good": present}
        return actions.tell_vote(sheet.pk, present=present, votes=given, by=self.actor(sheet), at=WHEN)

    def advance(self, sheet: Sheet, to: str = Step.READY, share: float = 1) -> Sheet:
        """Through the steps up to `to`, each filled by whose turn it is."""
        sheet.refresh_from_db()
        while sheet.step != to:
            if sheet.step == Step.VOTE:
                self.vote(sheet)
            else:
                self.fill(sheet, share)
            sheet = actions.pass_on(sheet.pk, by=self.actor(sheet), at=WHEN)
        return sheet

    def proposed(self, campaign: Campaign) -> Campaign:
        for sheet in campaign.sheets.order_by("pk"):
            self.advance(sheet)
        return actions.propose_levels(campaign.pk, by=self.appraiser, at=WHEN)

    def decided(self, campaign: Campaign) -> Campaign:
        self.proposed(campaign)
        return actions.decide(campaign.pk, {}, {}, by=self.north_leader, at=WHEN)

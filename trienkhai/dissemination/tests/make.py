"""Rows for tests: a document of the bloc with its text, the people of a small tree, a sending, a session."""

from datetime import date, datetime
from typing import Any

from trienkhai.common.days import OPEN_END
from trienkhai.dissemination import actions
from trienkhai.dissemination.actions import Order, SessionDetails
from trienkhai.dissemination.models import Receipt, Sending, StudyPlan, StudySession
from trienkhai.documents.models import Document, DocumentText
from trienkhai.orgs.models import Holding, Manner, Role, Unit
from trienkhai.orgs.tests.make import NOON, Tree, make_account, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks.tests.make import at, make_document

LATER = date(2017, 1, 20)


def add_text(document: Document, words: str = "Nội dung") -> DocumentText:
    """A further version of the text."""
    version = document.texts.count() + 1
    return DocumentText.objects.create(
        document=document, version=version, sha256=f"{version:064d}", text=words, created_at=NOON
    )


class Cast:
    """The small tree with its people, and a document of the bloc."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.clerk = make_holder(self.tree.bloc, Role.CLERK)
        self.leader = make_holder(self.tree.bloc, Role.LEADER)
        self.north_leader = make_holder(self.tree.north, Role.LEADER)
        self.focal = {unit.pk: make_holder(unit, Role.FOCAL) for unit in self.tree.grassroots}
        self.document = make_document(self.tree.bloc)
        add_text(self.document)

    def send(self, selection: str = "grassroots", *, when: datetime = NOON, **order: Any) -> Sending:
        return actions.send_document(
            self.document.pk, self.tree.bloc, Order(selection, **order), by=self.clerk, at=when
        )

    def acknowledge(self, unit: Unit, *, when: datetime | None = None) -> Receipt:
        receipt = receipt_of(self.document, unit)
        return actions.acknowledge_receipt(receipt.pk, by=self.focal[unit.pk], at=when or at(4))

    def plan(self, unit: Unit, *, by: Account | None = None) -> StudyPlan:
        return actions.make_plan(self.document, unit, by=by or self.focal[unit.pk], at=at(5))

    def hold(self, unit: Unit, counts: actions.studying.Counts, *, kind: str = "main", day: int = 6) -> StudySession:
        """A session of the unit's plan (made when there is none) held with these counts."""
        plan = StudyPlan.objects.filter(document=self.document, unit=unit).first() or self.plan(unit)
        person = self.focal[unit.pk]
        details = SessionDetails(starts_at=at(day), place="Hội trường", kind=kind)
        session = actions.plan_session(plan.pk, details, by=person, at=at(5))
        return actions.tell_attendance(session.pk, counts, {}, by=person, at=at(20))


def receipt_of(document: Document, unit: Unit) -> Receipt:
    return Receipt.objects.select_related("sending", "unit").get(sending__document=document, unit=unit, current=True)


def delegate(principal: Account, *acts: str, until: date = OPEN_END) -> Account:
    """A deputy of the one post of `principal`, for these acts or for all, until the day before `until`."""
    holding = Holding.objects.get(account=principal)
    deputy = make_account()
    values = {"post": holding.post, "manner": Manner.DELEGATED, "principal": holding, "acts": list(acts)}
    Holding.objects.create(account=deputy, **values, valid_from=date(2017, 1, 1), valid_to=until)
    return deputy

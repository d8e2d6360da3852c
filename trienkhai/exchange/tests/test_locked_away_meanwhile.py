"""A document is locked away while somebody else is at it: the other waits, and is told; nobody waits for ever."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import quarantine_document
from trienkhai.documents.actions.dossiers import Described, open_dossier, put_document
from trienkhai.documents.models import Book, Document, DossierDocument
from trienkhai.documents.tests.make import register
from trienkhai.exchange import rules
from trienkhai.exchange.actions import answer_recall, tell_state
from trienkhai.exchange.models import Correspondent, Direction, Dispatch, DispatchState
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_holder
from trienkhai.people.models import Account

pytestmark = pytest.mark.django_db(transaction=True)


class Desk:
    def __init__(self) -> None:
        self.unit = Tree().bloc
        self.clerk = make_holder(self.unit, Role.CLERK)
        self.document = register(self.unit, self.clerk, book=Book.IN)

    def me(self) -> Account:
        return Account.objects.get(pk=self.clerk.pk)

    def arrival(self) -> Dispatch:
        """It came in as a packet, and its sender asks it back."""
        Correspondent.objects.create(organ_id="000.01.MH", name=self.unit.name, unit=self.unit)
        sender = Correspondent.objects.create(organ_id="000.02.MH", name="Nơi gửi")
        dispatch = Dispatch.objects.create(
            unit=self.unit,
            document=self.document,
            correspondent=sender,
            direction=Direction.IN,
            document_key="x",
            at=NOON,
            state=rules.RECALL,
        )
        DispatchState.objects.create(dispatch=dispatch, code=rules.RECALL, told_by_us=False, at=NOON)
        return dispatch

    def locked_away_during(self, act: Callable[[], object]) -> list[object]:
        """What `act` came to, begun when the one who locks the document away has it and has not gone on."""
        found: list[object] = []
        held, begun = threading.Event(), threading.Event()

        def other() -> None:
            held.wait(10)
            begun.set()
            try:
                found.append(act())
            except Exception as fault:
                found.append(fault)
            finally:
                connection.close()

        thread = threading.Thread(target=other)
        thread.start()
        with transaction.atomic():
            Document.objects.select_for_update().get(pk=self.document.pk)
            held.set()
            begun.wait(10)
            thread.join(1)
            quarantine_document(self.document.pk, by=self.clerk, at=NOON)
        thread.join(20)
        return found


@pytest.mark.parametrize("answer", ["recall", "state"])
def test_an_answer_to_the_sender_waits_and_is_refused(answer: str):
    desk = Desk()
    dispatch = desk.arrival()

    def act() -> object:
        if answer == "recall":
            return answer_recall(dispatch.pk, True, by=desk.me(), at=NOON)
        return tell_state(dispatch.pk, "05", by=desk.me(), at=NOON)

    [came] = desk.locked_away_during(act)

    assert isinstance(came, Refused) and not Document.objects.filter(pk=desk.document.pk).exists()


def test_a_document_put_into_a_dossier_meanwhile_is_refused():
    desk = Desk()
    dossier = open_dossier(desk.unit, Described("01", "Hồ sơ", "permanent", DAY), by=desk.clerk, at=NOON)

    [came] = desk.locked_away_during(lambda: put_document(dossier.pk, desk.document, by=desk.me(), at=NOON))

    assert isinstance(came, Refused) and not DossierDocument.objects.exists()

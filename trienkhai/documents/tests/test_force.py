"""Whether a document is in force on a day: the rule for one, the condition for a list, what the reader proposes."""

import itertools
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trienkhai.audit.models import Act
from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import set_days_in_force, withdraw_document
from trienkhai.documents.models import Document, DocumentLink
from trienkhai.documents.queries import Force, force_of, in_force
from trienkhai.documents.queries.force import Ending, force_on
from trienkhai.documents.reader.force import InForce, days_in_force, ends_a_part
from trienkhai.documents.tests.make import paper, register
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, Tree, make_holder
from trienkhai.tasks.tests.make import make_document

FIRST, MID, LAST = date(2017, 1, 1), date(2018, 1, 1), date(2019, 1, 1)
BEFORE = FIRST - timedelta(days=1)


@pytest.mark.parametrize(
    ("on", "given", "state"),
    [
        (BEFORE, {"starts": FIRST}, Force.COMING),
        (FIRST, {"starts": FIRST}, Force.WHOLE),
        (FIRST, {"starts": None}, Force.WHOLE),
        (MID, {"starts": FIRST, "expires": MID}, Force.ENDED),
        (MID - timedelta(days=1), {"starts": FIRST, "expires": MID}, Force.WHOLE),
        (MID, {"starts": FIRST, "endings": [Ending(MID, whole=True)]}, Force.ENDED),
        (MID - timedelta(days=1), {"starts": FIRST, "endings": [Ending(MID, whole=True)]}, Force.WHOLE),
        (MID, {"starts": FIRST, "endings": [Ending(MID, whole=False)]}, Force.PART),
        (MID, {"starts": FIRST, "endings": [Ending(None, whole=True)]}, Force.ENDED),
        (LAST, {"starts": FIRST, "endings": [Ending(MID, whole=False), Ending(LAST, whole=True)]}, Force.ENDED),
        (MID, {"starts": LAST, "endings": [Ending(FIRST, whole=True)]}, Force.ENDED),
        (BEFORE, {"starts": FIRST, "endings": [Ending(MID, whole=True)]}, Force.COMING),
    ],
)
def test_the_state_of_a_day(on: date, given: dict[str, Any], state: Force):
    assert force_on(on, **given) == state


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nghị quyết này có hiệu lực kể từ ngày ký.", InForce(MID)),
        ("Quyết định này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2019.", InForce(LAST)),
        ("Quy định này có hiệu lực từ ngày 1/1/2019 và thay thế Quy định số 3.", InForce(LAST)),
        ("Thông tư này có hiệu lực thi hành kể từ ngày 01/01/2017 đến hết ngày 31/12/2018.", InForce(FIRST, LAST)),
        ("Quy chế này gồm 12 điều, có hiệu lực kể từ ngày ban hành.", InForce(MID)),
        ("Quyết định này có hiệu lực sau 10 ngày kể từ ngày ký ban hành.", InForce(MID + timedelta(days=10))),
        (
            "Hướng dẫn này thay thế Hướng dẫn số 31-HD/X, ngày 30/12/2011 của Ban Thử và có hiệu lực kể từ ngày ký./.",
            InForce(MID),
        ),
        ("Hợp đồng có hiệu lực từ ngày 1/1/2019.", InForce()),
        ("Quyết định này có hiệu lực thi hành từ ngày 31/02/2019.", InForce()),
        ("Quyết định số 5 hết hiệu lực kể từ ngày Quyết định này có hiệu lực.", InForce()),
        ("", InForce()),
    ],
)
def test_the_days_a_text_names_for_itself(text: str, found: InForce):
    assert days_in_force(text, MID) == found


@pytest.mark.parametrize(
    ("before", "part"),
    [
        ("bãi bỏ Điều 3 của ", True),
        ("sửa đổi, bổ sung một số điều của ", True),
        ("bãi bỏ khoản 2, khoản 5 Điều 12 của ", True),
        ("bãi bỏ Phụ lục II ban hành kèm theo ", True),
        ("thay thế ", False),
        ("Theo Điều 3 của Điều lệ, thay thế ", False),
    ],
)
def test_a_part_that_ends_is_told_from_the_whole(before: str, part: bool):
    assert ends_a_part(before + "Quyết định số 1-QĐ/X", len(before)) is part


@pytest.mark.django_db
def test_the_condition_of_a_list_says_what_the_rule_says():
    tree = Tree()
    days = (None, FIRST, MID)
    for effective, expires, issued in itertools.product(days, (None, MID), (None, FIRST)):
        row = make_document(tree.bloc, symbol="", effective_on=effective, expires_on=expires, issued_on=issued)
        for kind, partial, own in itertools.product(("replaces", "repeals", "amends"), (False, True), days):
            target = make_document(tree.bloc, symbol="", effective_on=effective, issued_on=issued)
            DocumentLink.objects.create(
                source=row, target=target, kind=kind, partial=partial, effective_on=own, key=str(target.pk)
            )
            aside = make_document(tree.bloc, symbol="", issued_on=issued)
            DocumentLink.objects.create(source=row, target=aside, kind=kind, key="x", set_aside_at=NOON)
    rows = Document.objects.all()

    for on in (BEFORE, FIRST, MID, LAST):
        states = force_of(rows, on)
        by_rule = {pk for pk, state in states.items() if state in (Force.WHOLE, Force.PART)}
        assert set(in_force(rows, on).values_list("pk", flat=True)) == by_rule


@pytest.mark.django_db
def test_a_list_of_documents_costs_one_query():
    tree = Tree()
    rows = [make_document(tree.bloc, symbol=f"{n}-NQ/X") for n in range(3)]
    DocumentLink.objects.create(source=rows[0], target=rows[1], kind="amends", key="k")

    with CaptureQueriesContext(connection) as queries:
        states = force_of(rows, MID)

    assert [states[row.pk] for row in rows] == [Force.WHOLE, Force.PART, Force.WHOLE]
    assert len(queries) == 1


@pytest.mark.django_db
def test_intake_proposes_the_days_and_a_person_sets_them():
    tree = Tree()
    clerk = make_holder(tree.bloc, Role.CLERK)
    words = "Nghị quyết này có hiệu lực thi hành từ ngày 01/3/2017 đến hết ngày 31/12/2020."
    document = register(tree.bloc, clerk, text=paper(words=words))
    assert (document.effective_on, document.expires_on) == (date(2017, 3, 1), date(2021, 1, 1))

    set_days_in_force(document.pk, effective_on=None, expires_on=LAST, by=clerk, at=NOON)
    set_days_in_force(document.pk, effective_on=None, expires_on=LAST, by=clerk, at=NOON)

    document.refresh_from_db()
    assert (document.effective_on, document.expires_on) == (None, LAST)
    assert document.texts.get().reading["in_force"] == {"starts": "2017-03-01", "ends": "2021-01-01"}
    act = Act.objects.get(verb="document.force_set")
    assert (act.data["old"], act.data["new"]) == (["2017-03-01", "2021-01-01"], ["", "2019-01-01"])


@pytest.mark.django_db
def test_days_that_run_backward_and_strangers_are_refused():
    tree = Tree()
    document = make_document(tree.bloc, issued_on=MID)
    clerk, stranger = make_holder(tree.bloc, Role.CLERK), make_holder(tree.north, Role.CLERK)

    with pytest.raises(ValidationError) as caught:
        set_days_in_force(document.pk, effective_on=None, expires_on=MID, by=clerk, at=NOON)
    with pytest.raises(Refused):
        set_days_in_force(document.pk, effective_on=None, expires_on=LAST, by=stranger, at=NOON)

    assert list(caught.value.message_dict) == ["expires_on"]
    assert not Act.objects.filter(verb="document.force_set").exists()


@pytest.mark.django_db
def test_what_was_withdrawn_is_in_force_no_longer_and_ends_nothing():
    tree = Tree()
    clerk = make_holder(tree.bloc, Role.CLERK)
    old = make_document(tree.bloc, issued_on=BEFORE)
    new = make_document(tree.bloc, symbol="02-NQ/ĐUTHU", issued_on=FIRST)
    DocumentLink.objects.create(source=new, target=old, kind="repeals", key="x")
    day, before = day_of(NOON), day_of(NOON) - timedelta(days=1)
    assert _stated(day) == {old.pk: Force.ENDED, new.pk: Force.WHOLE}

    withdraw_document(new.pk, reason="Ban hành nhầm", by=clerk, at=NOON)

    assert _stated(day) == {old.pk: Force.WHOLE, new.pk: Force.ENDED}
    assert _stated(before) == {old.pk: Force.ENDED, new.pk: Force.WHOLE}


def _stated(on: date) -> dict[int, Force]:
    """The state of each document, which the list must share."""
    found = force_of(Document.objects.all(), on)
    listed = set(in_force(Document.objects.all(), on).values_list("pk", flat=True))
    assert listed == {pk for pk, state in found.items() if state in (Force.WHOLE, Force.PART)}
    return found

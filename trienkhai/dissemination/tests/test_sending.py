"""Sending down: who gets a receipt, which version is whose, what is refused; nothing is stored when it is."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.dissemination import actions
from trienkhai.dissemination.actions import Order
from trienkhai.dissemination.models import Receipt, Sending, SendingBranch
from trienkhai.dissemination.tests.make import LATER, Cast, add_text, receipt_of
from trienkhai.documents.actions import quarantine_document
from trienkhai.documents.models import Document
from trienkhai.documents.rules import visible_documents
from trienkhai.notices.models import Notice
from trienkhai.orgs.actions import change_unit
from trienkhai.orgs.models import Post, Role, Unit
from trienkhai.orgs.tests.make import DAY, make_holder, make_unit
from trienkhai.people.models import Account
from trienkhai.tasks.tests.make import at, make_document

pytestmark = pytest.mark.django_db


def test_one_act_gives_every_selected_unit_a_receipt_and_its_posts_a_notice():
    cast = Cast()

    sent = cast.send(acknowledge_by=LATER, note="Tổ chức  quán triệt")

    receipts = Receipt.objects.filter(sending=sent)
    assert set(receipts.values_list("unit", flat=True)) == {unit.pk for unit in cast.tree.grassroots}
    assert all(receipt.delivered_at and not receipt.opened_at for receipt in receipts)
    act = Act.objects.get(pk=sent.act)
    assert (act.verb, act.count, act.selection, act.digest) == ("sending.sent", 5, "grassroots", sent.digest)
    assert len(sent.digest) == 64 and sent.note == "Tổ chức quán triệt"
    told = Notice.objects.filter(kind="document_sent", act=act.pk)
    assert set(told.values_list("post__unit", flat=True)) == {unit.pk for unit in cast.tree.grassroots}
    assert set(told.values_list("post__role", flat=True)) == {Role.FOCAL}


def test_the_same_statements_send_to_two_units_and_to_thirty():
    cast = Cast()
    few, many = make_document(cast.tree.bloc, symbol="2-NQ/T"), make_document(cast.tree.bloc, symbol="3-NQ/T")

    def counted(document: Document, selection: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            order = Order(selection)
            actions.send_document(document.pk, cast.tree.bloc, order, by=cast.clerk, at=at(4))
        return len(queries)

    first = counted(few, "unit:K.B.1 + unit:K.N.1")
    for _number in range(30):
        make_holder(make_unit(cast.tree.south), Role.FOCAL)

    assert counted(many, "grassroots + children - unit:K.T") == first


def test_a_unit_where_nobody_holds_a_receiving_post_is_sent_to_but_not_delivered():
    cast = Cast()
    empty = make_unit(cast.tree.south)
    left = make_unit(cast.tree.south)
    make_holder(left, Role.SECRETARY, valid_to=DAY)
    late = make_unit(cast.tree.south)
    Post.objects.create(unit=late, title="Đầu mối", role=Role.FOCAL)

    cast.send()

    assert [receipt_of(cast.document, unit).delivered_at for unit in (empty, left, late)] == [None] * 3
    assert receipt_of(cast.document, late).step == "sent"


def test_sent_again_it_reaches_only_the_units_that_had_not_got_it():
    cast = Cast()
    first = cast.send("unit:K.B.1")

    second = cast.send("grassroots", when=at(4))

    assert (second.count, second.follows_id) == (4, first.pk)
    assert receipt_of(cast.document, cast.tree.north1).sending_id == first.pk
    assert Receipt.objects.filter(current=False).count() == 0


def test_sent_twice_to_the_same_units_is_refused_and_leaves_nothing():
    cast = Cast()
    cast.send()
    before = (Sending.objects.count(), Act.objects.count(), Notice.objects.count())

    with pytest.raises(Refused):
        cast.send(when=at(4))

    assert (Sending.objects.count(), Act.objects.count(), Notice.objects.count()) == before


@pytest.mark.parametrize(
    ("reopens", "reopened", "again"),
    [
        ("nobody", "", set()),
        ("acknowledged", "", {"K.B.1", "K.T"}),
        ("all", "", {"K.T", "K.B.1", "K.B.2", "K.N.1", "K.N.2"}),
        ("selection", "below:K.N - unit:K.N.2", {"K.N.1"}),
    ],
)
def test_a_new_version_reopens_only_what_the_sender_chose(reopens: str, reopened: str, again: set[str]):
    cast = Cast()
    first = cast.send()
    for unit in (cast.tree.north1, cast.tree.direct):
        cast.acknowledge(unit)
    add_text(cast.document, "Nội dung sửa")

    second = cast.send(when=at(6), reopens=reopens, reopened=reopened)

    got = Receipt.objects.filter(sending=second)
    assert set(got.values_list("unit__present__code", flat=True)) == again
    assert (second.version, second.follows_id, second.count) == (2, first.pk, len(again))
    kept = Receipt.objects.filter(sending=first, current=True)
    assert kept.count() == 5 - len(again)
    assert not got.exclude(acknowledged_at=None).exists()
    old = Receipt.objects.get(sending=first, unit=cast.tree.north1)
    assert old.acknowledged_at == at(4), "what was acknowledged stays acknowledged, for its version"


def test_units_that_join_the_selection_get_the_new_version_whatever_is_reopened():
    cast = Cast()
    cast.send("unit:K.B.1")
    add_text(cast.document)

    second = cast.send("grassroots", when=at(6), reopens="nobody")

    assert second.count == 4
    assert not second.receipts.filter(unit=cast.tree.north1).exists()


@pytest.mark.parametrize(
    ("order", "field"),
    [
        (Order("không có"), "selection"),
        (Order("unit:KHÔNG"), "selection"),
        (Order("grassroots", acknowledge_by=date(2017, 1, 2)), "acknowledge_by"),
        (Order("grassroots", reopens="mọi"), "reopens"),
        (Order("grassroots", reopens="selection"), "reopened"),
        (Order("grassroots", reopens="selection", reopened="sector:z"), "reopened"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field(order: Order, field: str):
    cast = Cast()

    with pytest.raises(ValidationError) as fault:
        actions.send_document(cast.document.pk, cast.tree.bloc, order, by=cast.clerk, at=at(3))

    assert list(fault.value.message_dict) == [field]
    assert not Sending.objects.exists()


def test_a_text_with_a_mark_of_secrecy_is_never_sent():
    cast = Cast()
    add_text(cast.document, "ĐẢNG ỦY KHỐI\nTỐI MẬT\nSố 1-NQ/ĐU\n\nNghị quyết về công tác thử")

    with pytest.raises(ValidationError, match="TỐI MẬT"):
        cast.send()


def test_a_withdrawn_document_is_not_sent():
    cast = Cast()
    Document.objects.filter(pk=cast.document.pk).update(withdrawn_at=at(3))

    with pytest.raises(Refused):
        cast.send()


def test_only_registrars_of_a_unit_that_sees_the_document_send_it():
    cast = Cast()
    people = {
        "focal": make_holder(cast.tree.bloc, Role.FOCAL),
        "member": make_holder(cast.tree.bloc, Role.MEMBER),
        "administrator": make_holder(cast.tree.bloc, Role.ADMIN),
        "clerk of another unit": make_holder(cast.tree.north, Role.CLERK),
        "former clerk": make_holder(cast.tree.bloc, Role.CLERK, valid_to=at(3).date()),
    }
    for person in people.values():
        with pytest.raises(Refused):
            actions.send_document(cast.document.pk, cast.tree.bloc, Order("children"), by=person, at=at(3))
    clerk = people["clerk of another unit"]
    with pytest.raises(Refused):
        actions.send_document(cast.document.pk, cast.tree.north, Order("children"), by=clerk, at=at(3))


def test_a_unit_passes_on_what_it_was_sent():
    cast = Cast()
    cast.send("unit:K.B")
    clerk = make_holder(cast.tree.north, Role.CLERK)

    passed = actions.send_document(cast.document.pk, cast.tree.north, Order("children"), by=clerk, at=at(4))

    assert set(passed.receipts.values_list("unit", flat=True)) == {cast.tree.north1.pk, cast.tree.north2.pk}
    assert passed.follows is None


def test_receivers_and_those_who_guide_a_branch_between_see_the_document_and_nobody_else():
    cast = Cast()
    stranger = make_holder(make_unit(cast.tree.bloc, kind="upper_committee"), Role.LEADER)
    focal = cast.focal[cast.tree.north1.pk]
    south_focal = make_holder(cast.tree.south, Role.FOCAL)

    cast.send("unit:K.B.1")

    seen = [visible_documents(person, DAY).count() for person in (focal, cast.north_leader, stranger, south_focal)]
    assert seen == [1, 1, 0, 0]
    assert set(SendingBranch.objects.values_list("unit", flat=True)) == {cast.tree.north.pk}


def test_a_unit_that_moves_brings_the_document_into_the_sight_of_its_new_branch():
    cast = Cast()
    south_leader = make_holder(cast.tree.south, Role.LEADER)
    admin = make_holder(cast.tree.bloc, Role.ADMIN)
    cast.send("unit:K.B.1")
    assert not visible_documents(south_leader, DAY).exists()

    south = Unit.objects.select_related("present").get(pk=cast.tree.south.pk)
    change_unit(cast.tree.north1.pk, {"parent": south}, by=admin, at=at(5))

    assert visible_documents(Account.objects.get(pk=south_leader.pk), at(5).date()).count() == 1


def test_what_is_locked_away_takes_sendings_receipts_and_notices_along():
    cast = Cast()
    cast.send()
    cast.acknowledge(cast.tree.north1)
    add_text(cast.document)
    cast.send(when=at(5), reopens="all")

    quarantine_document(cast.document.pk, by=cast.clerk, at=at(6))

    assert not Sending.objects.exists() and not Receipt.objects.exists() and not SendingBranch.objects.exists()
    assert not Notice.objects.filter(kind="document_sent").exists()

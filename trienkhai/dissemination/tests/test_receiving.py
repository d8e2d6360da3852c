"""Opening, acknowledging one or all, closing; the sender's figures, the missing by branch, reminding."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.dissemination import actions
from trienkhai.dissemination.models import Receipt
from trienkhai.dissemination.queries import sending as queries
from trienkhai.dissemination.tests.make import LATER, Cast, add_text, delegate, receipt_of
from trienkhai.documents.actions import quarantine_document
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import make_account, make_holder, make_unit
from trienkhai.tasks.tests.make import at

pytestmark = pytest.mark.django_db


def test_the_unit_acknowledges_by_a_post_of_its_own_for_the_version_sent():
    cast = Cast()
    sent = cast.send()

    receipt = cast.acknowledge(cast.tree.north1)

    act = Act.objects.get(verb="receipt.acknowledged")
    assert receipt.acknowledged_by == cast.focal[cast.tree.north1.pk]
    assert receipt.acknowledged_post == act.post_label and "Đảng bộ Bắc Một" in receipt.acknowledged_post
    assert (receipt.acknowledged_at, receipt.opened_at) == (at(4), at(4))
    assert act.data["version"] == sent.version == 1
    assert act.target_label == cast.document.reference, "never the subject"


def test_a_second_acknowledgement_is_refused_and_the_first_stays():
    cast = Cast()
    cast.send()
    cast.acknowledge(cast.tree.north1)

    with pytest.raises(Refused):
        cast.acknowledge(cast.tree.north1, when=at(5))

    assert receipt_of(cast.document, cast.tree.north1).acknowledged_at == at(4)
    assert Act.objects.filter(verb="receipt.acknowledged").count() == 1


def test_a_deputy_acknowledges_in_the_name_of_the_principal_until_midnight_and_not_a_second_later():
    cast = Cast()
    cast.send()
    focal, end = cast.focal[cast.tree.north1.pk], date(2017, 1, 6)
    deputy = delegate(focal, "acknowledge", until=end)
    receipt = receipt_of(cast.document, cast.tree.north1)
    midnight = timezone.make_aware(datetime.combine(end, time()))

    with pytest.raises(Refused):
        actions.acknowledge_receipt(receipt.pk, by=deputy, at=midnight)
    done = actions.acknowledge_receipt(receipt.pk, by=deputy, at=midnight - timedelta(seconds=1))

    assert (done.acknowledged_by, done.principal) == (deputy, focal)


def test_a_deputy_for_other_acts_does_not_acknowledge():
    cast = Cast()
    cast.send()
    deputy = delegate(cast.focal[cast.tree.north1.pk], "submit")

    with pytest.raises(Refused):
        actions.acknowledge_receipt(receipt_of(cast.document, cast.tree.north1).pk, by=deputy, at=at(4))


def test_nobody_from_outside_the_unit_acknowledges_for_it():
    cast = Cast()
    cast.send()
    receipt = receipt_of(cast.document, cast.tree.north1)
    north1 = cast.tree.north1
    strangers = [
        cast.clerk,
        cast.leader,
        cast.north_leader,
        cast.focal[cast.tree.north2.pk],
        make_holder(north1, Role.MEMBER),
        make_holder(north1, Role.ADMIN),
        make_holder(north1, Role.INSPECTOR),
        make_holder(north1, Role.MASS),
        make_account(),
    ]

    for person in strangers:
        with pytest.raises(Refused):
            actions.acknowledge_receipt(receipt.pk, by=person, at=at(4))


def test_a_unit_closed_in_between_neither_acknowledges_nor_is_missing():
    cast = Cast()
    sent = cast.send()
    Unit.objects.filter(pk=cast.tree.north1.pk).update(closed_on=date(2017, 1, 5))

    with pytest.raises(Refused):
        cast.acknowledge(cast.tree.north1, when=at(5))

    on = at(5).date()
    receipts = queries.receipts_of(sent, on)
    assert queries.figures_of(receipts, on) == queries.Figures(sent=4, delivered=4)
    assert queries.closed_since(sent, on) == 1
    with pytest.raises(Refused):
        actions.acknowledge_receipts(
            Receipt.objects.all(), selection="tất cả", by=cast.focal[cast.tree.north1.pk], at=at(5)
        )


def test_the_receipt_of_an_earlier_version_is_not_acknowledged_any_more():
    cast = Cast()
    first = cast.send()
    add_text(cast.document)
    cast.send(when=at(4), reopens="all")
    old = Receipt.objects.get(sending=first, unit=cast.tree.north1)

    with pytest.raises(Refused):
        actions.acknowledge_receipt(old.pk, by=cast.focal[cast.tree.north1.pk], at=at(5))


def test_all_of_mine_are_acknowledged_in_one_act_and_those_of_others_are_not():
    cast = Cast()
    cast.send()
    person = cast.focal[cast.tree.north1.pk]
    make_holder(cast.tree.north2, Role.SECRETARY, account=person)

    done = actions.acknowledge_receipts(Receipt.objects.all(), selection="tất cả", by=person, at=at(4))

    acts = Act.objects.filter(verb="receipt.acknowledged")
    assert (done, acts.count(), acts.get().count) == (2, 1, 2)
    known = Receipt.objects.exclude(acknowledged_at=None)
    assert set(known.values_list("unit", flat=True)) == {cast.tree.north1.pk, cast.tree.north2.pk}
    assert receipt_of(cast.document, cast.tree.north2).acknowledged_post.startswith("cell_secretary")
    with pytest.raises(Refused):
        actions.acknowledge_receipts(Receipt.objects.all(), selection="tất cả", by=person, at=at(5))


def test_study_only_is_a_closing_state_and_comes_after_acknowledging():
    cast = Cast()
    cast.send()
    receipt, person = receipt_of(cast.document, cast.tree.north1), cast.focal[cast.tree.north1.pk]
    with pytest.raises(Refused):
        actions.close_receipt(receipt.pk, "study", by=person, at=at(4))
    cast.acknowledge(cast.tree.north1)
    for wrong in ("", "khác"):
        with pytest.raises(ValidationError):
            actions.close_receipt(receipt.pk, wrong, by=person, at=at(5))

    actions.close_receipt(receipt.pk, "study", by=person, at=at(5))
    changed = actions.close_receipt(receipt.pk, "tasks", by=person, at=at(6))
    actions.close_receipt(receipt.pk, "tasks", by=person, at=at(7))

    assert (changed.closed_as, changed.closed_at) == ("tasks", at(6))
    assert [act.data["new"] for act in Act.objects.filter(verb="receipt.closed").order_by("pk")] == ["study", "tasks"]


def test_looking_at_the_document_opens_the_receipts_of_the_units_one_acts_for(client):
    cast = Cast()
    cast.send()
    before = Act.objects.count()

    for person in (cast.leader, cast.north_leader, cast.focal[cast.tree.north1.pk]):
        client.force_login(person)
        assert client.get(f"/van-ban/{cast.document.pk}").status_code == 200

    opened = Receipt.objects.exclude(opened_at=None)
    assert [row.unit_id for row in opened] == [cast.tree.north1.pk]
    assert "Đảng bộ Bắc Một" in opened.get().opened_post
    assert Act.objects.count() == before


def test_figures_by_branch_drill_down_and_agree_with_the_whole():
    cast = Cast()
    sent = cast.send("children + grassroots", acknowledge_by=LATER)
    for unit in (cast.tree.north1, cast.tree.south1, cast.tree.direct):
        cast.acknowledge(unit)
    on = date(2017, 1, 25)
    receipts = queries.receipts_of(sent, on)

    own, lines, outside = queries.figures_by_branch(receipts, cast.tree.bloc, on)

    assert (own.sent, outside.sent) == (0, 0)
    told = {line.unit.name: (line.figures.sent, line.figures.acknowledged, line.figures.late) for line in lines}
    assert told == {"Đảng bộ Bắc": (3, 1, 2), "Đảng bộ Nam": (3, 1, 2), "Đảng bộ Trực": (1, 1, 0)}
    whole = queries.figures_of(receipts, on)
    for name in ("sent", "delivered", "opened", "acknowledged", "late"):
        assert getattr(whole, name) == sum(getattr(line.figures, name) for line in lines)
    north = receipts.filter(unit__path__startswith=cast.tree.north.path)
    own, lines, _outside = queries.figures_by_branch(north, cast.tree.north, on)
    assert (own.sent, [line.unit.name for line in lines]) == (1, ["Chi bộ Bắc Hai", "Đảng bộ Bắc Một"])
    missing = queries.missing_in(receipts, cast.tree.north)
    assert {row.unit.name for row in missing} == {"Đảng bộ Bắc", "Chi bộ Bắc Hai"}


def test_the_senders_page_asks_as_often_for_many_units_as_for_few(client):
    cast = Cast()
    sent = cast.send()
    client.force_login(cast.leader)

    def counted(address: str = f"/quan-triet/lan-gui/{sent.pk}") -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    few = counted()
    for _number in range(20):
        make_unit(cast.tree.south)
    cast.send(when=at(4))

    assert counted() == few
    assert few - counted("/hop-thu") <= 18


def test_all_that_are_missing_are_reminded_in_one_act_once_a_day():
    cast = Cast()
    sent = cast.send()
    cast.acknowledge(cast.tree.north1)

    reminded = actions.remind_missing(sent.pk, by=cast.clerk, at=at(10))

    act = Act.objects.get(verb="sending.reminded")
    told = Notice.objects.filter(kind="receipt_missing", act=act.pk).values_list("post__unit", flat=True)
    assert (reminded, act.count) == (4, 4)
    assert set(told) == {unit.pk for unit in cast.tree.grassroots} - {cast.tree.north1.pk}
    with pytest.raises(Refused):
        actions.remind_missing(sent.pk, by=cast.clerk, at=at(10, hour=15))
    assert actions.remind_missing(sent.pk, by=cast.leader, at=at(11)) == 4
    for unit in cast.tree.grassroots[0:1] + cast.tree.grassroots[2:]:
        cast.acknowledge(unit, when=at(12))
    with pytest.raises(Refused):
        actions.remind_missing(sent.pk, by=cast.clerk, at=at(13))


def test_receipts_that_cannot_be_are_refused_by_the_database():
    cast = Cast()
    cast.send()
    rows = Receipt.objects.filter(unit=cast.tree.north1)
    person = cast.focal[cast.tree.north1.pk]

    for wrong in (
        {"acknowledged_at": at(4)},
        {"acknowledged_by": person},
        {"closed_as": "study", "closed_at": at(4)},
        {"opened_at": at(4), "delivered_at": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_what_was_locked_away_meanwhile_is_neither_acknowledged_nor_reminded():
    cast = Cast()
    sent, receipt = cast.send(), receipt_of(cast.document, cast.tree.north1)
    quarantine_document(cast.document.pk, by=cast.clerk, at=at(4))

    with pytest.raises(Refused):
        actions.acknowledge_receipt(receipt.pk, by=cast.focal[cast.tree.north1.pk], at=at(5))
    with pytest.raises(Refused):
        actions.remind_missing(sent.pk, by=cast.clerk, at=at(5))
    with pytest.raises(Refused):
        cast.plan(cast.tree.north1)

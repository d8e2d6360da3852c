"""The chain of seals: what it holds, and what an attacker with the database's own rights cannot hide."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from trienkhai.audit import triggers
from trienkhai.audit.actions import erase_personal, seal_acts
from trienkhai.audit.chain import GENESIS, act_hash, canonical
from trienkhai.audit.models import Act, Seal
from trienkhai.audit.queries import chain_head, verify
from trienkhai.audit.tests.make import LAN, NOON, make_act

pytestmark = pytest.mark.django_db


@pytest.fixture
def acts() -> list[Act]:
    made = [make_act(f"test.{number}", note=f"việc thứ {number}") for number in range(1, 6)]
    assert seal_acts() == 5
    return made


class Attacker:
    """Whoever owns the database: takes the triggers away, changes, and puts them back."""

    def __enter__(self) -> None:
        triggers.drop(connection)

    def __exit__(self, *_fault: object) -> None:
        triggers.install(connection)


def test_empty_chain_holds_and_its_head_is_the_beginning():
    found = verify(timezone.now())

    assert found.holds
    assert (found.checked, found.head, chain_head()) == (0, GENESIS, GENESIS)


def test_each_act_is_sealed_once_oldest_first_with_the_hash_before_it(acts):
    assert seal_acts() == 0

    seals = list(Seal.objects.order_by("pk"))
    previous = GENESIS
    for act, seal in zip(acts, seals, strict=True):
        assert seal.act == act.pk
        assert seal.hash == act_hash(Act.objects.get(pk=act.pk), previous)
        previous = seal.hash
    found = verify(timezone.now())
    assert found.holds and found.checked == 5
    assert found.head == chain_head() == previous


def test_sealing_goes_on_where_the_last_batch_ended():
    for number in range(5):
        make_act(f"test.{number}")

    assert [seal_acts(limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert verify(timezone.now()).holds


def test_hash_covers_every_field_of_an_act(acts):
    stored = Act.objects.get(pk=acts[0].pk)
    written = canonical(stored)

    for field in Act._meta.concrete_fields:
        changed = Act.objects.get(pk=stored.pk)
        setattr(changed, field.attname, "khác" if not field.name.endswith("at") else NOON + timedelta(microseconds=1))
        assert canonical(changed) != written, field.name


@pytest.mark.parametrize(
    "change",
    [{"verb": "test.9"}, {"actor_name": "Kẻ Khác"}, {"data": {"note": "khác"}}, {"at": NOON + timedelta(seconds=1)}],
    ids=lambda change: next(iter(change)),
)
def test_changed_act_is_named(acts, change):
    with Attacker():
        Act.objects.filter(pk=acts[2].pk).update(**change)

    found = verify(timezone.now())

    assert not found.holds
    assert (found.broken_act, found.reason, found.checked) == (acts[2].pk, "changed", 2)


def test_deleted_act_is_named(acts):
    with Attacker():
        Act.objects.filter(pk=acts[3].pk).delete()

    found = verify(timezone.now())

    assert (found.broken_act, found.reason) == (acts[3].pk, "missing")


def test_act_deleted_with_its_seal_breaks_the_link_after_it(acts):
    with Attacker():
        Act.objects.filter(pk=acts[1].pk).delete()
        Seal.objects.filter(act=acts[1].pk).delete()

    assert verify(timezone.now()).broken_act == acts[2].pk


def test_replaced_seal_is_named(acts):
    with Attacker():
        Act.objects.filter(pk=acts[2].pk).update(verb="test.9")
        forged = Act.objects.get(pk=acts[2].pk)
        before = Seal.objects.get(act=acts[1].pk).hash
        Seal.objects.filter(act=forged.pk).update(hash=act_hash(forged, before))

    found = verify(timezone.now())

    assert (found.broken_act, found.checked) == (acts[3].pk, 3)


def test_seals_in_another_order_are_found(acts):
    with Attacker():
        Seal.objects.filter(act=acts[0].pk).update(id=F("id") + 1000)

    assert verify(timezone.now()).broken_act == acts[1].pk


def test_seal_before_the_first_one_does_not_hide_an_act(acts):
    slipped_in = make_act("test.6")

    Seal.objects.create(id=-1, act=slipped_in.pk, hash="0" * 64, sealed_at=NOON)

    assert verify(timezone.now()).broken_act == slipped_in.pk


def test_whole_chain_made_anew_is_found_only_by_a_head_that_was_printed_before(acts):
    printed = chain_head()
    assert verify(timezone.now(), head=printed).holds

    with Attacker():
        Act.objects.filter(pk=acts[0].pk).update(verb="test.9")
        Seal.objects.all().delete()
    seal_acts()

    assert verify(timezone.now()).holds
    found = verify(timezone.now(), head=printed)
    assert found.broken_act is None
    assert not found.head_found and not found.holds


def test_end_of_the_chain_cut_off_is_found_by_a_printed_head(acts):
    printed = chain_head()

    with Attacker():
        Act.objects.filter(pk=acts[4].pk).delete()
        Seal.objects.filter(act=acts[4].pk).delete()

    assert not verify(timezone.now(), head=printed).head_found


def test_older_head_stands_in_a_chain_that_has_grown(acts):
    printed = chain_head()
    make_act("test.6")
    seal_acts()

    assert verify(timezone.now(), head=printed).holds
    assert not verify(timezone.now(), head="f" * 64).holds


def test_act_without_a_seal_for_over_a_minute_is_listed(acts):
    slipped_in = make_act("test.6")
    stored = Act.objects.get(pk=slipped_in.pk).stored_at

    assert verify(stored + timedelta(seconds=59)).holds
    late = verify(stored + timedelta(seconds=61))
    assert late.unsealed_late == [slipped_in.pk]
    assert not late.holds


def test_erased_personal_value_leaves_the_chain_whole():
    act = make_act(personal={"phone": "0900 000 001"})
    seal_acts()

    erase_personal(act.pk, "phone", by=LAN, at=NOON)
    seal_acts()

    assert verify(timezone.now()).holds


@pytest.mark.django_db(transaction=True)
def test_sealers_at_once_seal_every_act_once():
    for number in range(40):
        make_act(f"test.{number}")
    start, sealed = threading.Barrier(4), []

    def run() -> None:
        start.wait()
        for _turn in range(4):
            sealed.append(seal_acts(limit=7))
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while left := seal_acts():
        sealed.append(left)

    assert sum(sealed) == Seal.objects.count() == 40
    assert verify(timezone.now()).holds


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_act_that_commits_late_is_sealed_after_those_that_came_before_it():
    written, commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            make_act("test.slow")
            written.set()
            commit.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    written.wait(10)
    make_act("test.quick")
    first = seal_acts()
    commit.set()
    thread.join()
    second = seal_acts()

    assert (first, second) == (1, 1)
    order = [Act.objects.get(pk=seal.act).verb for seal in Seal.objects.order_by("pk")]
    assert order == ["test.quick", "test.slow"]
    assert verify(timezone.now()).holds

"""A person responsible named in time and changed for a reason; work that waits for somebody else."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trienkhai.audit.models import Act, ActDetail
from trienkhai.common.models import Installation
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import quarantine_document
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_account, make_holder
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, State, Wait
from trienkhai.tasks.queries.naming import unnamed_filter
from trienkhai.tasks.rules_waiting import awaited_of
from trienkhai.tasks.tests.make import DUE, Cast, assignment_of, at, make_issue
from trienkhai.urging.actions.daily import urge
from trienkhai.urging.models import Urge
from trienkhai.urging.queries import rests

pytestmark = pytest.mark.django_db
WAITED = {"what": "Số liệu thu nộp đảng phí", "until": date(2017, 2, 1)}


@pytest.fixture
def today():
    """Sets the day that pages take for today."""

    def to(day: date) -> None:
        Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": day})

    return to


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def row(cast: Cast) -> Assignment:
    """Of north one, acknowledged on Thursday 5 January 2017."""
    found = assignment_of(make_issue(cast), cast.tree.north1)
    actions.acknowledge(found.pk, by=cast.holder_of(found), at=at(5))
    return found


@pytest.mark.parametrize(("day", "late"), [(5, False), (10, False), (11, True), (14, True)])
def test_nobody_named_is_told_after_the_working_days_of_the_norm(cast, row, day, late):
    assert Assignment.objects.filter(unnamed_filter(date(2017, 1, day)), pk=row.pk).exists() == late

    actions.name_person(row.pk, cast.holder_of(row), by=cast.holder_of(row), at=at(day))

    assert not Assignment.objects.filter(unnamed_filter(date(2017, 1, day)), pk=row.pk).exists()


def test_work_not_acknowledged_has_no_day_for_naming(cast):
    make_issue(cast)

    assert not Assignment.objects.filter(unnamed_filter(date(2017, 3, 1))).exists()


def test_unit_that_takes_work_over_names_anew_and_has_its_own_days(cast, row):
    focal = cast.holder_of(row)
    actions.name_person(row.pk, focal, by=focal, at=at(5))
    asked = actions.ask(row.pk, kind="transfer", reason="Không thuộc", unit=cast.tree.south1, by=focal, at=at(20))
    actions.decide_request(asked.pk, grant=True, by=cast.leader, at=at(23))

    row.refresh_from_db()
    assert row.person is None
    days = (date(2017, 1, 24), date(2017, 2, 2), date(2017, 2, 3))  # the Tet holidays lie between
    assert [Assignment.objects.filter(unnamed_filter(day)).exists() for day in days] == [False, False, True]


def test_work_goes_to_another_person_for_a_reason_that_the_history_keeps(cast, row, client, today):
    focal = cast.holder_of(row)
    other = make_holder(cast.tree.north1, Role.LEADER)
    actions.name_person(row.pk, focal, by=focal, at=at(6))

    with pytest.raises(ValidationError) as fault:
        actions.name_person(row.pk, other, by=focal, at=at(7))
    actions.name_person(row.pk, other, reason="Đi học dài hạn", by=focal, at=at(7))

    assert list(fault.value.message_dict) == ["reason"]
    act = Act.objects.get(verb="assignment.handed_over")
    assert (act.data["old"], act.data["new"]) == (focal.pk, other.pk)
    assert ActDetail.objects.get(act_id=act.pk, key="reason").value == "Đi học dài hạn"
    assert Notice.objects.get(kind="person_named").post.holdings.get().account == other
    today(date(2017, 1, 9))
    client.force_login(focal)
    body = client.get(f"/nhiem-vu/{row.pk}").content.decode()
    assert f"{focal.name} → {other.name}" in body and "Đi học dài hạn" in body


def test_nobody_of_another_unit_is_named(cast, row):
    for person in (cast.focal[cast.tree.south1.pk], make_holder(cast.tree.north1, Role.MEMBER), make_account()):
        with pytest.raises(ValidationError):
            actions.name_person(row.pk, person, by=cast.holder_of(row), at=at(6))


def test_unnamed_work_is_in_the_queue_of_holder_and_head_and_a_filter_of_the_officer(cast, row, client, today):
    today(date(2017, 1, 20))
    head = make_holder(cast.tree.north1, Role.LEADER)
    seen = []
    for person in (cast.holder_of(row), head):
        client.force_login(person)
        tile = next(tile for tile in client.get("/viec-cua-toi").context["tiles"] if "o=unnamed" in tile["url"])
        seen.append((tile["count"], [r.assignment.pk for r in client.get(tile["url"]).context["rows"]]))
    client.force_login(cast.officer)
    listed = client.get("/nhiem-vu?o=unnamed").context["rows"]

    assert seen == [(1, [row.pk])] * 2
    assert [one.assignment.pk for one in listed] == [row.pk]


def test_unit_waited_for_finds_it_in_its_work_and_answers(cast, row, client, today):
    today(date(2017, 1, 9))
    Assignment.objects.exclude(pk=row.pk).delete()
    focal, south = cast.holder_of(row), cast.focal[cast.tree.south1.pk]
    wait = actions.wait_for(row.pk, unit=cast.tree.south1, **WAITED, by=focal, at=at(6))
    client.force_login(south)
    body = client.get("/viec-cua-toi").content.decode()

    answered = client.post(f"/cho/{wait.pk}", {"answer": "Đã gửi số liệu"})

    wait.refresh_from_db()
    assert WAITED["what"] in body and row.task.title not in body
    assert answered.status_code == 302 and (wait.answer, wait.ended_by) == ("Đã gửi số liệu", south)
    assert client.get(f"/nhiem-vu/{row.pk}").status_code == 404
    assert not awaited_of(south, date(2017, 1, 9)).exists()
    told = set(Notice.objects.filter(kind="wait_ended").values_list("post__unit", flat=True))
    assert told == {cast.tree.north1.pk, cast.tree.bloc.pk}


def test_assigner_pauses_in_one_act_and_lists_say_for_whom_and_since_when(cast, row, client, today):
    today(date(2017, 1, 9))
    wait = actions.wait_for(row.pk, body="Sở Tài chính Minh Họa", **WAITED, by=cast.holder_of(row), at=at(6))
    client.force_login(cast.leader)
    listed = client.get("/nhiem-vu?o=waiting").content.decode()

    client.post(f"/cho/{wait.pk}/tam-dung")

    row.refresh_from_db()
    assert "Sở Tài chính Minh Họa" in listed and "06/01/2017" in listed
    assert row.state == State.PAUSED
    act = Act.objects.get(verb="assignment.paused")
    assert "Sở Tài chính Minh Họa" in ActDetail.objects.get(act_id=act.pk, key="reason").value
    assert Wait.objects.standing().get() == wait


def test_only_the_assigner_pauses_and_only_those_concerned_end_it(cast, row):
    wait = actions.wait_for(row.pk, unit=cast.tree.south1, **WAITED, by=cast.holder_of(row), at=at(6))

    for person in (cast.holder_of(row), cast.north_leader, cast.officer):
        with pytest.raises(Refused):
            actions.pause_waiting(wait.pk, by=person, at=at(7))
    for person in (cast.officer, cast.focal[cast.tree.south2.pk]):
        with pytest.raises(Refused):
            actions.end_wait(wait.pk, answer="Xong", by=person, at=at(7))
    with pytest.raises(Refused):
        actions.wait_for(row.pk, body="Nơi khác", **WAITED, by=cast.holder_of(row), at=at(7))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({}, "unit"),
        ({"body": "   "}, "unit"),
        ({"body": "Sở", "what": "  "}, "what"),
        ({"body": "Sở", "until": date(2017, 1, 5)}, "until"),
    ],
)
def test_wait_that_names_nobody_nothing_or_a_past_day_is_refused(cast, row, wrong, field):
    with pytest.raises(ValidationError) as fault:
        actions.wait_for(row.pk, **(WAITED | wrong), by=cast.holder_of(row), at=at(6))
    with pytest.raises(ValidationError):
        actions.wait_for(row.pk, unit=cast.tree.north1, **WAITED, by=cast.holder_of(row), at=at(6))

    assert list(fault.value.message_dict) == [field] and not Wait.objects.exists()


def test_urging_rests_while_it_waits_and_a_report_ends_the_wait(cast, row):
    focal = cast.holder_of(row)
    wait = actions.wait_for(row.pk, body="Sở Tài chính", what="Số liệu", until=DUE, by=focal, at=at(6))
    reread = Assignment.objects.select_related("task").get(pk=row.pk)

    urge(on=date(2017, 6, 30), at=at(30, 6))

    assert rests(reread) and not Urge.objects.filter(assignment=row).exists()
    assert Urge.objects.exists()
    actions.submit_report(row.pk, text="Đã xong", by=focal, at=at(30, 6, hour=10))
    wait.refresh_from_db()
    assert wait.ended_on == date(2017, 6, 30)


def test_lists_ask_as_often_for_three_that_wait_as_for_one(cast, client, today):
    today(date(2017, 1, 9))
    focal = cast.focal[cast.tree.north1.pk]
    rows = list(Assignment.objects.filter(task__issue=make_issue(cast, [{}] * 3), unit=cast.tree.north1))
    client.force_login(focal)
    numbers = []
    for row in rows:
        actions.acknowledge(row.pk, by=focal, at=at(5))
        actions.wait_for(row.pk, unit=cast.tree.south1, **WAITED, by=focal, at=at(6))
        client.get("/viec-cua-toi")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/viec-cua-toi")
            client.get("/nhiem-vu?o=waiting")
        numbers.append(len(asked))

    assert numbers[0] == numbers[2]


def test_no_word_of_a_wait_stays_when_its_document_is_locked_away(cast, row):
    actions.wait_for(row.pk, body="Nơi kín", what="Điều kín", until=DUE, by=cast.holder_of(row), at=at(6))
    document = row.task.document
    for given in Assignment.objects.filter(task__document=document):
        actions.withdraw(given.pk, reason="Thu hồi", by=cast.leader, at=at(7))

    quarantine_document(document.pk, by=make_holder(cast.tree.bloc, Role.CLERK), at=at(8))

    assert "kín" not in str(Wait.objects.values().get())

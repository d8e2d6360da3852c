"""The sheet of discipline: what was due and done in its time, each number with its rows, nothing of other branches."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from trienkhai.common.clock import moment
from trienkhai.dashboards.queries.discipline import FACTS, Figure, lines_of, quarter_of, rows_of
from trienkhai.dashboards.queries.discipline_rows import WAYS
from trienkhai.dashboards.tests.make import on_day
from trienkhai.dissemination.models import Receipt, Sending
from trienkhai.meetings import actions as meetings
from trienkhai.meetings.actions import Details
from trienkhai.meetings.models import Kind, Meeting
from trienkhai.meetings.queries import facts_below
from trienkhai.meetings.tests.make_scores import store_norm
from trienkhai.orgs.models import Role, Succession, Unit
from trienkhai.orgs.tests.make import NOON, make_holder
from trienkhai.reports.tests.make import Cast
from trienkhai.tasks.models import Assignment, Opinion, Programme, ProgrammeItem
from trienkhai.tasks.tests.make import make_document, make_issue
from trienkhai.urging.models import Run, Silence

pytestmark = pytest.mark.django_db
READ_ON = date(2017, 3, 20)
SPAN = quarter_of(2017, 1, READ_ON)


class World(Cast):
    """Facts of the first quarter at the cell north2, and one of each kind at south1, which north never sees."""

    def __init__(self) -> None:
        super().__init__()
        self.cell = self.tree.north2
        self.secretary = make_holder(self.cell, Role.SECRETARY)

    def line(self, unit: Unit, child: Unit, *, below: bool = True) -> dict[str, Figure | None]:
        lines = lines_of(unit, SPAN, READ_ON, below=below)
        return next(line.figures for line in lines if line.unit == child)

    def meeting(self, month: int, day: int, *, kind: str = Kind.REGULAR, minutes: int = 0) -> Meeting:
        starts = moment(date(2017, month, day), 8)
        made = meetings.plan_meeting(self.cell, Details("cell", starts, "Phòng họp", kind), by=self.secretary, at=NOON)
        if minutes:
            meetings.begin_meeting(made.pk, began_at=starts, by=self.secretary, at=starts)
            told = {row.pk: "present" for row in made.participants.all()}
            meetings.tell_turnout(made.pk, told, {}, by=self.secretary, at=starts)
            ended = moment(date(2017, month, day), 8 + minutes // 60, minutes % 60)
            meetings.close_minutes(made.pk, ended_at=ended, by=self.secretary, at=ended)
        return made

    def receipt(self, unit: Unit, by: date, day: date | None) -> Receipt:
        sending = Sending.objects.create(
            document=make_document(self.tree.bloc),
            sender=self.tree.bloc,
            selection="grassroots",
            on=date(2017, 1, 5),
            acknowledge_by=by,
            sent_by=self.officer,
            sent_at=NOON,
        )
        at = moment(day, 23) if day else None
        who = {"acknowledged_by": self.focal[unit.pk], "opened_at": at, "delivered_at": at} if day else {}
        return Receipt.objects.create(sending=sending, unit=unit, sent_to=unit, acknowledged_at=at, **who)


def test_receipts_reports_and_answers_in_time_and_not():
    world = World()
    world.receipt(world.cell, date(2017, 1, 10), date(2017, 1, 10))
    world.receipt(world.cell, date(2017, 1, 10), date(2017, 1, 11))
    world.receipt(world.cell, date(2017, 1, 10), None)
    world.receipt(world.cell, READ_ON, None)
    world.receipt(world.tree.south1, date(2017, 1, 10), None)
    period = world.opened()
    world.send(period, world.cell, when=moment(period.due_on + timedelta(days=1), 9), c1="5")
    asked = {"asker": world.tree.bloc, "asked": world.cell, "by": world.officer, "at": NOON, "on": date(2017, 1, 5)}
    for answered in (date(2017, 2, 1), date(2017, 2, 2), None):
        Opinion.objects.create(subject="Góp ý", due_on=date(2017, 2, 1), answered_on=answered, **asked)

    figures = world.line(world.tree.north, world.cell)

    assert figures["tiep-nhan"] == Figure(3, 1) and figures["y-kien"] == Figure(3, 1)
    assert period.due_on <= SPAN.last and figures["bao-cao"] == Figure(1, 0)
    assert world.line(world.tree.bloc, world.tree.north)["tiep-nhan"] == Figure(3, 1)


def test_meetings_held_on_their_day_long_enough_thematic_and_minutes_in_time():
    world = World()
    store_norm("meetings.least_minutes", {"cell": {"regular": 90}})
    store_norm("meetings.regular_day", 3)
    first = world.meeting(1, 4, minutes=90)
    world.meeting(2, 3, minutes=89)
    world.meeting(3, 3)
    world.meeting(3, 25)
    world.meeting(3, 6, kind=Kind.THEMATIC)
    meetings.send_minutes_up(first.pk, by=world.secretary, at=moment(date(2017, 1, 6), 9))

    figures = world.line(world.tree.north, world.cell)

    assert figures["cuoc-hop"] == Figure(4, 2) and figures["chuyen-de"] == Figure(1, 0)
    assert figures["thoi-luong"] == Figure(2, 1) and figures["dung-ngay"] == Figure(2, 1)
    assert figures["bien-ban"] == Figure(2, 1)


def test_a_meeting_cancelled_for_a_reason_is_none_of_those_planned():
    world = World()
    for kind in (Kind.REGULAR, Kind.THEMATIC):
        world.meeting(2, 3, kind=kind)
        left = world.meeting(2, 6, kind=kind)
        meetings.cancel_meeting(left.pk, reason="Đơn vị đi thực tế", by=world.secretary, at=NOON)

    figures = world.line(world.tree.north, world.cell)
    below = facts_below(Meeting.objects.all(), world.tree.north, 2017, READ_ON)

    assert figures["cuoc-hop"] == Figure(2, 0) and figures["chuyen-de"] == Figure(1, 0)
    assert next(line.planned for line in below if line.unit == world.cell) == 2


def test_each_meeting_is_judged_by_the_norm_of_its_own_day():
    world = World()
    store_norm("meetings.regular_day", 4, last=date(2017, 2, 1))
    store_norm("meetings.regular_day", 5, first=date(2017, 3, 1))
    store_norm("meetings.least_minutes", {"cell": {"regular": 60}}, last=date(2017, 3, 1))
    store_norm("meetings.least_minutes", {"cell": {"regular": 90}}, first=date(2017, 3, 1))
    for month, day, minutes in ((1, 4, 60), (1, 5, 59), (2, 20, 60), (3, 4, 60), (3, 5, 90)):
        world.meeting(month, day, minutes=minutes)

    figures = world.line(world.tree.north, world.cell)

    assert figures["dung-ngay"] == Figure(4, 2) and figures["thoi-luong"] == Figure(5, 3)


def test_a_fact_without_a_norm_has_no_figure():
    world = World()
    world.meeting(1, 4, minutes=90)

    figures = world.line(world.tree.north, world.cell)

    assert figures["thoi-luong"] is None and figures["dung-ngay"] is None


def test_silences_and_programme_items_left_without_a_reason():
    world = World()
    issue = make_issue(world, [{}])
    assignment = Assignment.objects.get(task__issue=issue, held_by=world.cell)
    run = Run.objects.create(on=date(2017, 2, 1), at=NOON)
    Silence.objects.create(assignment=assignment, told_on=date(2017, 2, 1), run=run)
    programme = Programme.objects.create(
        unit=world.cell,
        kind="year",
        starts_on=date(2017, 1, 1),
        ends_on=date(2017, 12, 31),
        state="in_force",
        in_force_on=date(2017, 1, 2),
        opened_by=world.secretary,
        opened_at=NOON,
    )
    words = {"programme": programme, "due_on": date(2017, 2, 10)}
    closed: list[dict[str, Any]] = [
        {},
        {"closed": "done", "closed_on": date(2017, 2, 9)},
        {"closed": "dropped", "closed_on": date(2017, 2, 9), "reason": "Cấp trên dừng"},
        {"due_on": READ_ON},
    ]
    for position, row in enumerate(closed):
        ProgrammeItem.objects.create(position=position, title=f"Nội dung {position}", **(words | row))

    figures = world.line(world.tree.north, world.cell)

    assert figures["cap-nhat"] == Figure(1, None) and figures["chuong-trinh"] == Figure(1, None)
    fact = next(one for one in FACTS if one.key == "chuong-trinh")
    counted = rows_of(fact, world.tree.north, SPAN, READ_ON, below=True)
    assert counted and [row.title for row in counted.left()] == ["Nội dung 0"]


def test_what_a_unit_holds_itself_stands_apart_from_its_branch():
    world = World()
    world.receipt(world.cell, date(2017, 1, 10), None)
    world.receipt(world.tree.north, date(2017, 1, 10), date(2017, 1, 9))

    assert world.line(world.tree.north, world.tree.north)["tiep-nhan"] == Figure(1, 1)
    assert world.line(world.tree.north, world.tree.north, below=False)["tiep-nhan"] == Figure(1, 1)
    assert world.line(world.tree.bloc, world.tree.north)["tiep-nhan"] == Figure(2, 1)


def test_every_number_opens_into_as_many_rows_as_it_says(client):
    world = World()
    on_day(READ_ON)
    world.receipt(world.cell, date(2017, 1, 10), date(2017, 1, 10))
    world.receipt(world.cell, date(2017, 1, 10), None)
    world.meeting(1, 4, minutes=90)
    world.opened()
    for fact in FACTS:
        figure = world.line(world.tree.north, world.cell)[fact.key]
        counted = rows_of(fact, world.cell, SPAN, READ_ON, below=True)
        assert (figure is None) == (counted is None)
        if figure and counted:
            assert (counted.rows.count(), counted.left().count()) == (figure.all, figure.left)

    client.force_login(world.north_leader)
    page = client.get(reverse("dashboards:discipline", args=[world.tree.north.pk]), {"quy": "2017-1"})
    shown = page.content.decode()
    url = reverse("dashboards:discipline_rows", args=[world.cell.pk, "tiep-nhan"])
    assert "1/2" in shown and f"{url}?quy=2017-1&amp;bang={world.tree.north.pk}&amp;con=1" in shown
    assert "01-NQ/ĐUTHU" in client.get(url, {"quy": "2017-1", "con": "1"}).content.decode()
    for fact in FACTS:
        answer = client.get(reverse("dashboards:discipline_rows", args=[world.cell.pk, fact.key]), {"quy": "2017-1"})
        assert answer.status_code == (404 if fact.key in ("dung-ngay", "thoi-luong") else 200)


def test_a_number_counted_by_the_norm_of_the_unit_asked_opens_into_rows_by_the_same_norm(client):
    world = World()
    on_day(READ_ON)
    store_norm("meetings.regular_day", 3)
    own = store_norm("meetings.regular_day", 4, first=date(2017, 1, 2))
    type(own).objects.filter(pk=own.pk).update(place=world.cell.path)
    world.meeting(1, 4, minutes=90)
    assert world.line(world.tree.north, world.cell)["dung-ngay"] == Figure(1, 0)

    client.force_login(world.north_leader)
    url = reverse("dashboards:discipline_rows", args=[world.cell.pk, "dung-ngay"])
    words = {"quy": "2017-1", "con": "1"}
    asked = client.get(url, words | {"bang": world.tree.north.pk})
    alone = client.get(url, words)
    wrong = client.get(url, words | {"bang": world.tree.south1.pk})

    assert [len(answer.context["rows"]) for answer in (asked, alone, wrong)] == [1, 0, 0]
    assert client.get(url, words | {"bang": "9" * 5000}).status_code == 200


def test_rows_of_minutes_show_their_own_due_day_and_rows_of_meetings_the_day_they_were_held():
    world = World()
    world.receipt(world.cell, date(2017, 1, 10), date(2017, 1, 10))
    meeting = world.meeting(1, 4, minutes=90)
    meetings.send_minutes_up(meeting.pk, by=world.secretary, at=moment(date(2017, 1, 20), 9))
    meeting.refresh_from_db()
    Receipt.objects.update(acknowledged_at=moment(date(2017, 1, 10), 5))

    minutes, held = (WAYS[key].show(meeting) for key in ("bien-ban", "cuoc-hop"))

    assert (minutes.due_on, minutes.done_on) == (meeting.minutes_due_on, date(2017, 1, 20))
    assert (held.due_on, held.done_on) == (date(2017, 1, 4), date(2017, 1, 4))
    assert WAYS["tiep-nhan"].show(Receipt.objects.get()).done_on == date(2017, 1, 10)


def test_the_title_of_a_meeting_is_read_above_only_once_its_minutes_went_up(client):
    world = World()
    on_day(READ_ON)
    kept, sent = (world.meeting(month, 4, minutes=90) for month in (1, 2))
    meetings.send_minutes_up(sent.pk, by=world.secretary, at=moment(date(2017, 2, 6), 9))
    client.force_login(world.north_leader)

    url = reverse("dashboards:discipline_rows", args=[world.cell.pk, "bien-ban"])
    shown = client.get(url, {"quy": "2017-1"}).content.decode()

    assert sent.title in shown and kept.title not in shown
    assert reverse("meetings:meeting", args=[kept.pk]) in shown


def test_other_branches_find_nothing_and_a_wrong_quarter_is_that_of_today(client):
    world = World()
    on_day(READ_ON)
    client.force_login(world.south_leader)
    assert client.get(reverse("dashboards:discipline", args=[world.tree.north.pk])).status_code == 404

    client.force_login(world.north_leader)
    for asked in ("", "2017-5", "x-1", "99999999999-1", "9" * 5000 + "-1", "²017-1"):
        answer = client.get(reverse("dashboards:discipline", args=[world.tree.north.pk]), {"quy": asked})
        assert answer.status_code == 200 and "I/2017" in answer.content.decode()
    assert client.get(reverse("dashboards:discipline_rows", args=[world.cell.pk, "x"])).status_code == 404


def test_the_workbook_says_the_same_as_the_page(client):
    world = World()
    on_day(READ_ON)
    world.receipt(world.cell, date(2017, 1, 10), date(2017, 1, 10))
    client.force_login(world.north_leader)

    answer = client.get(reverse("dashboards:discipline_xlsx", args=[world.tree.north.pk]), {"quy": "2017-1"})

    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert any(row[0] == world.cell.name and row[1:3] == (1, 1) for row in rows)


def test_the_sheet_costs_as_many_queries_for_two_units_as_for_three(client):
    world = World()
    on_day(READ_ON)
    client.force_login(world.leader)

    def count(unit: Unit) -> int:
        with CaptureQueriesContext(connection) as queries:
            lines_of(unit, SPAN, READ_ON, below=True)
        return len(queries)

    count(world.tree.north)
    assert count(world.tree.north) == count(world.tree.bloc)


def end(unit: Unit, heir: Unit | None) -> None:
    """The unit ended in February; where it has an heir, that took its place."""
    day = date(2017, 2, 20)
    Unit.objects.filter(pk=unit.pk).update(closed_on=day)
    if heir:
        Succession.objects.create(unit=unit, successor=heir, on=day)


@pytest.mark.parametrize("name", ["north1", "north", "south1", None])
def test_meetings_of_a_unit_that_ended_stand_under_who_took_its_place_and_the_sum_above_stays(name: str | None):
    world = World()
    world.meeting(1, 4, minutes=90)
    heir = getattr(world.tree, name) if name else None
    end(world.cell, heir)

    def held(unit: Unit) -> dict[Unit, int]:
        lines = lines_of(unit, SPAN, READ_ON, below=True)
        return {line.unit: figure.all for line in lines if (figure := line.figures["cuoc-hop"]) and figure.all}

    above = {"north1": world.tree.north, "north": world.tree.north, "south1": world.tree.south, None: world.tree.north}
    near = heir or world.cell
    assert held(world.tree.bloc) == {above[name]: 1} and held(above[name]) == {near: 1}
    fact = next(one for one in FACTS if one.key == "cuoc-hop")
    for unit in (near, above[name], world.tree.bloc):
        counted = rows_of(fact, unit, SPAN, READ_ON, below=True)
        assert counted and counted.rows.count() == 1
    lines = facts_below(Meeting.objects.all(), above[name], 2017, READ_ON)
    assert {line.unit: line.held for line in lines if line.held} == ({} if near == above[name] else {near: 1})
    assert sum(line.held for line in facts_below(Meeting.objects.all(), world.tree.bloc, 2017, READ_ON)) == 1


def test_on_the_first_day_of_a_quarter_a_fact_with_a_norm_is_not_said_to_have_none():
    world = World()
    store_norm("meetings.regular_day", 3)
    store_norm("meetings.least_minutes", {"cell": {"regular": 90}})
    world.meeting(4, 1, minutes=90)

    for on in (date(2017, 4, 1), date(2017, 3, 1)):
        lines = lines_of(world.tree.north, quarter_of(2017, 2, on), on, below=True)
        assert [line.figures["dung-ngay"] for line in lines] == [Figure(0, 0)] * 3
        assert [line.figures["thoi-luong"] for line in lines] == [Figure(0, 0)] * 3

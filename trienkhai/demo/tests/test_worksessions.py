"""The demo ends with a working session: what came before is in its dossier, its conclusions come back as tasks."""

from datetime import date
from typing import Any

import pytest

from trienkhai.audit.models import Act
from trienkhai.common.clock import moment
from trienkhai.demo import chapters, organisation
from trienkhai.demo.books import office
from trienkhai.demo.building import store_people, store_units
from trienkhai.demo.evaluation import make_evaluations
from trienkhai.demo.feedback import speak_up
from trienkhai.demo.inspections import make_inspections
from trienkhai.demo.worksessions import FIRST, LAST, UNIT, end_with_session, plan_sessions
from trienkhai.demo.year import Year
from trienkhai.documents.actions import register_document
from trienkhai.orgs.models import Unit
from trienkhai.tasks.models import Assignment
from trienkhai.worksessions.dossier.shape import Section, read
from trienkhai.worksessions.models import Dossier, Session
from trienkhai.worksessions.queries import tasks_by_conclusion
from trienkhai.worksessions.queries.integrity import altered_dossiers

pytestmark = pytest.mark.django_db
ISSUED = date(2017, 9, 1)


@pytest.fixture(autouse=True)
def files_apart(own_files: None) -> None:
    """The files of the demo go with the test."""


def play() -> tuple[int, int]:
    """September in the year; then voices, inspections, evaluations as chapters; the session at the end."""
    units = store_units(organisation.units())
    store_people(organisation.posts(), units)
    bloc, people = Unit.objects.select_related("present").get(pk=units["MH"].pk), office()
    fields = {"doc_type": "Kế hoạch", "number": "90", "symbol": "90-KH/ĐUMH", "title": "tổng kết", "issued_on": ISSUED}
    fields |= {"issuer_name": "Đảng ủy Khối Minh Họa", "signer_name": people.leader.name, "signer_role": "Bí thư"}
    register_document(bloc, text="Kế hoạch.", not_secret=True, fields=fields, by=people.clerk, at=moment(ISSUED, 8))
    year = Year(bloc)
    plan_sessions(year)
    for _day, events in year.days():
        year.play_day(events)
    speak_up(bloc), make_inspections(bloc), make_evaluations(bloc)
    return end_with_session(bloc)


def section(dossier: Dossier, key: str) -> Section:
    return next(one for one in read(dossier.content) if one.key == key)


def last_numbers(dossier: Dossier, key: str) -> list[int]:
    cells: list[Any] = section(dossier, key).tables[0].rows[-1]
    return [cell["number"] for cell in cells[1:]]


def test_the_last_session_tells_of_the_year_and_its_conclusions_come_back_as_tasks_given_on_below():
    concluded, below = play()

    first, last = Session.objects.select_related("notice__document").order_by("starts_at")
    dossier = Dossier.objects.get()
    assert (first.day, last.day, dossier.session, dossier.on) == (FIRST.held, LAST.held, last, LAST.held)
    assert last_numbers(dossier, "inspections") == [1, 2, 0, 2, 0]
    assert last_numbers(dossier, "sent") == [1, 1, 0, 0, 0, 0]
    line: list[Any] = section(dossier, "results").tables[0].rows[0]
    assert (line[0], line[1], line[3]) == ("Quý III/2017", "Khối Minh Họa", "08/12/2017")
    carried: list[Any] = [row[1] for row in section(dossier, "last").tables[0].rows]
    assert [isinstance(cell, dict) for cell in carried] == [True, True, False]
    for session, conclusions in ((first, 2), (last, 2)):
        told, rest = tasks_by_conclusion(session)
        given = [task.pk for row in told for task in row.tasks]
        assert len(given) == conclusions and rest == []
        served = Assignment.objects.filter(task__serves__task__in=given).select_related("held_by")
        assert served and all(row.held_by.code.startswith(f"{UNIT}.") for row in served)
    assert concluded == 2 and below == served.count() > 2
    states = dict(Assignment.objects.filter(task__document=first.paper).values_list("due_on", "state"))
    served = Assignment.objects.filter(task__serves__task__document=first.paper)
    assert states == {date(2017, 11, 15): "done", date(2017, 11, 30): "in_progress"}
    assert sorted(served.values_list("state", flat=True)) == ["acknowledged", *["done"] * 5]
    acts = list(Act.objects.filter(verb__startswith="worksession.").order_by("pk").values_list("at", flat=True))
    assert len(acts) > 10 and acts == sorted(acts)
    assert list(altered_dossiers()) == []


def test_nothing_of_the_demo_comes_after_that_session():
    assert chapters.AFTER_THE_YEAR[-1] is chapters._last_session

"""The demo's meetings: what was held, what became of a conclusion, the score and what it was computed by."""

from datetime import date

import pytest
from django.db.models import Q

from trienkhai.demo import organisation
from trienkhai.demo.building import store_people, store_units
from trienkhai.demo.meetings import make_meetings
from trienkhai.meetings.models import Meeting, ScoreSheet
from trienkhai.meetings.queries.integrity import altered_minutes, wrong_scores
from trienkhai.orgs.models import Unit
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.queries.vacant import vacant_steps

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_apart(own_files: None) -> None:
    """Each test has a folder of files of its own."""


def test_a_year_of_a_cell_with_a_task_and_a_score_marked_as_an_illustration():
    units = store_units(organisation.units())
    store_people(organisation.posts(), units)

    planned, held = make_meetings(Unit.objects.select_related("present").get(pk=units["MH"].pk))

    assert (planned, held) == (17, 10) and Meeting.objects.filter(state="closed").count() == 10
    sheet = ScoreSheet.objects.get()
    assert sheet.step == "done" and "không phải quy định" in sheet.norm["source"]
    assert sheet.marks.filter(code="content").count() == 2 and sheet.steps.get(step="vote").against == 1
    work = Assignment.objects.get()
    assert (work.held_by, work.state) == (sheet.unit, "done")
    assert list(vacant_steps(Q(path__isnull=False), date(2017, 12, 15))) == []
    assert list(altered_minutes()) == [] and list(wrong_scores()) == []

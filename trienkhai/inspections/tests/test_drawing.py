"""Subjects are drawn by score and by lot; the draw is kept, repeats, and never takes a unit twice."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from trienkhai.common.verdict import Refused
from trienkhai.inspections import actions
from trienkhai.inspections.models import Candidate, Draw, Inspection, InspectionItem, InspectionProgramme
from trienkhai.inspections.queries.figures import Figures, figures_of
from trienkhai.inspections.queries.integrity import digest_of_draw, unrepeatable_draws
from trienkhai.inspections.tests.make import Cast, at
from trienkhai.norms.models import Norm
from trienkhai.orgs.tests.make import NOON
from trienkhai.tasks import actions as work
from trienkhai.tasks.tests.make import assignment_of, make_issue

pytestmark = pytest.mark.django_db


def test_the_riskiest_is_drawn_with_figures_that_name_their_rows():
    cast = Cast()
    issue = make_issue(cast, [{"due_on": date(2017, 1, 20)}], selection="unit:K.N.2")
    late = assignment_of(issue, cast.tree.south2)
    item = cast.item()

    draw = cast.draw(item, by_risk=1, at_random=0, at=at(25))

    first = draw.candidates.get(place=1)
    assert (first.unit, first.way, first.score) == (cast.tree.south2, "risk", 3 + 10)
    assert first.figures["late"] == [late.pk] and first.figures["unvisited"] == 1
    assert Inspection.objects.get().source == "risk" and Inspection.objects.get().draw == draw
    assert draw.candidates.count() == 5 and draw.norm["grade"] == "B"
    assert list(unrepeatable_draws()) == []


def test_each_figure_counts_what_it_says():
    cast = Cast()
    concluded = cast.concluded()
    issue = make_issue(cast, [{"title": "Việc", "due_on": date(2017, 3, 1)}], selection="unit:K.B.1")
    row = assignment_of(issue, cast.subject)
    work.acknowledge(row.pk, by=cast.holder_of(row), at=at(5))
    work.submit_report(row.pk, text="Xong", by=cast.holder_of(row), at=at(6))
    work.return_report(row.pk, reason="Thiếu", by=cast.north_leader, at=at(9))
    other = cast.item(programme=concluded.item.programme, theme="Nội dung hai")
    before = InspectionProgramme.objects.create(unit=cast.bloc, year=2016)
    InspectionItem.objects.filter(pk=concluded.item_id).update(programme=before)

    draw = cast.draw(other, by_risk=1, at_random=0, at=at(25))

    figures = draw.candidates.get(unit=cast.subject).figures
    assert figures["corrected"] == [row.pk] and figures["findings"] == [concluded.findings.get().pk]
    assert figures["unvisited"] == 0 and figures["visited_on"] == "2017-01-04"


def test_years_without_a_visit_are_counted_to_the_day():
    figures = Figures(visited_on=date(2017, 6, 20))

    days = (date(2020, 6, 20), date(2020, 6, 21))
    assert [figures.counts({"years": 3}, day)["unvisited"] for day in days] == [0, 1]


def test_months_of_a_norm_are_months_and_not_thirty_days_each():
    cast = Cast()
    issue = make_issue(cast, [{"title": "Việc", "due_on": date(2017, 3, 1)}], selection="unit:K.B.1")
    row = assignment_of(issue, cast.subject)
    work.acknowledge(row.pk, by=cast.holder_of(row), at=at(5))
    work.submit_report(row.pk, text="Xong", by=cast.holder_of(row), at=at(6))
    work.return_report(row.pk, reason="Thiếu", by=cast.north_leader, at=at(9))
    rule = {"months": 12, "years": 3}

    days = (date(2018, 1, 9), date(2018, 1, 10))
    found = [figures_of([cast.subject.pk], rule, day, top=cast.bloc.path)[cast.subject.pk].rows for day in days]

    assert [rows["corrected"] for rows in found] == [[row.pk], []]


def test_a_draw_takes_nobody_whom_the_programme_has_already_not_even_a_dropped_one():
    cast = Cast()
    dropped = cast.named()
    actions.drop_inspection(dropped.pk, reason="Trùng thanh tra", by=cast.leader, at=NOON)
    item = cast.item(programme=dropped.item.programme, theme="Nội dung hai")

    cast.draw(item, at_random=2)
    cast.draw(item, at_random=2)

    units = list(Inspection.objects.values_list("unit", flat=True))
    assert len(units) == len(set(units)) == 5
    with pytest.raises(ValidationError):
        cast.draw(item)
    with pytest.raises(Refused):
        actions.add_subject(dropped.item_id, cast.subject, by=cast.inspector, at=NOON)


def test_without_a_norm_risk_is_not_scored_but_lots_are_drawn():
    Norm.objects.filter(key="inspections.risk").update(valid_to=date(2017, 1, 1))
    cast = Cast()
    item = cast.item()

    with pytest.raises(Refused):
        cast.draw(item, by_risk=1)

    draw = cast.draw(item, at_random=2)
    assert draw.norm == {} and set(draw.candidates.values_list("score", flat=True)) == {0}


def test_no_more_are_drawn_by_risk_than_have_a_score():
    cast = Cast()
    first = cast.named()
    actions.start_inspection(first.pk, by=cast.inspector, at=at(4))
    before = InspectionProgramme.objects.create(unit=cast.bloc, year=2016)
    InspectionItem.objects.filter(pk=first.item_id).update(programme=before)
    item = cast.item(programme=first.item.programme, theme="Nội dung hai")

    with pytest.raises(ValidationError, match="4") as fault:
        cast.draw(item, by_risk=5, at_random=0, at=at(25))

    assert list(fault.value.message_dict) == ["by_risk"] and not Draw.objects.exists()
    assert cast.draw(item, by_risk=4, at_random=1, at=at(25)).candidates.filter(way="random").count() == 1


@pytest.mark.parametrize(
    "words",
    [
        {"at_random": 0},
        {"at_random": -1},
        {"by_risk": -1},
        {"at_random": 201},
        {"scope": "kind:bloc"},
        {"at_random": 6},
    ],
)
def test_what_cannot_be_drawn_is_refused_and_nothing_kept(words: dict):
    cast = Cast()
    item = cast.item()

    with pytest.raises(ValidationError):
        cast.draw(item, **words)

    assert not Candidate.objects.exists() and not Inspection.objects.exists()


def test_a_draw_that_was_tampered_with_is_found():
    cast = Cast()
    draw = cast.draw(cast.item(), at_random=1)
    last = draw.candidates.get(place=5)
    Candidate.objects.filter(draw=draw, place=1).update(way="")
    Candidate.objects.filter(pk=last.pk).update(way="random")

    assert list(unrepeatable_draws()) == [draw.pk]
    Draw.objects.filter(pk=draw.pk).update(digest=digest_of_draw(draw))
    assert list(unrepeatable_draws()) == [draw.pk]


def test_a_unit_outside_the_branch_and_the_unit_itself_are_no_subjects():
    cast = Cast()
    item = cast.item()

    for unit in (cast.bloc,):
        with pytest.raises(Refused):
            actions.add_subject(item.pk, unit, by=cast.inspector, at=NOON)
    with pytest.raises(Refused):
        actions.add_subject(item.pk, cast.tree.south1, by=cast.subject_leader, at=NOON)

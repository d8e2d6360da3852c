"""When a unit ends, what is left to do goes to its successor; what is done stays where it was done."""

import pytest

from trienkhai.audit.actions import SYSTEM
from trienkhai.orgs.succession import CLOSE, Ending
from trienkhai.oversight import moves
from trienkhai.oversight.models import Matter, Plan, Question, Recommendation, Subject
from trienkhai.oversight.tests.make import Cast, at

pytestmark = pytest.mark.django_db


def end(unit, successor, **choices: str) -> Ending:
    ending = Ending(unit, successor, at(25).date(), choices)
    moves.carrier.carry_ending(ending, SYSTEM, at(25))
    return ending


def test_a_unit_addressed_hands_its_recommendations_and_subjects_on_and_answered_ones_stay():
    cast = Cast()
    answered = cast.reply(cast.recommended())
    waiting = cast.recommended(answered.subject)
    planned = cast.subject(answered.subject.plan, post=cast.post)

    end(cast.cell, cast.tree.north1)

    assert Recommendation.objects.get(pk=answered.pk).answers_by == cast.cell
    assert Recommendation.objects.get(pk=waiting.pk).answers_by == cast.tree.north1
    moved = Subject.objects.get(pk=planned.pk)
    assert (moved.addressee, moved.post) == (cast.tree.north1, None)
    assert Subject.objects.get(pk=answered.subject_id).addressee == cast.cell


def test_a_unit_that_keeps_lists_hands_open_lines_questions_and_plans_on():
    cast = Cast()
    done, opened = cast.matter(), cast.matter(title="Đảng phí")
    cast.proof(done)
    question, plan = cast.question(), cast.recommended().subject.plan

    end(cast.unit, cast.tree.south)

    assert Matter.objects.get(pk=done.pk).unit == cast.unit
    assert Matter.objects.get(pk=opened.pk).unit == cast.tree.south
    assert Question.objects.get(pk=question.pk).unit == cast.tree.south
    assert Plan.objects.get(pk=plan.pk).unit == cast.tree.south


def test_a_line_that_stands_on_the_successors_list_too_is_not_listed_twice():
    cast = Cast()
    matter = cast.matter()
    Matter.objects.create(unit=cast.tree.south, kind=matter.kind, title=matter.title, due_on=matter.due_on)

    end(cast.unit, cast.tree.south)

    matter.refresh_from_db()
    assert matter.unit == cast.unit and cast.tree.south.short_name in matter.dropped


def test_whoever_divides_by_list_reads_kinds_and_days_and_nothing_of_what_was_written():
    cast = Cast()
    recommended = cast.recommended()
    planned = cast.subject(recommended.subject.plan)
    cast.matter()
    cast.question()

    shown = [
        words
        for unit in (cast.cell, cast.unit)
        for kind in moves.carrier.kinds
        for _pk, words in kind.objects(Ending(unit, cast.tree.south, at(25).date()), reads=True)
    ]

    written = (recommended.text, planned.title, planned.plan.title, "Chương trình công tác", "Bao giờ")
    assert len(shown) == 5 and not [words for words in written if words in " ".join(shown)]
    assert any("20/01/2017" in words and planned.get_kind_display() in words for words in shown)


def test_what_is_closed_has_its_reason():
    cast = Cast()
    matter, subject = cast.matter(), cast.announced()

    end(cast.unit, cast.tree.south, matters=CLOSE)
    end(cast.cell, cast.tree.north1, oversight_subjects=CLOSE)

    assert Matter.objects.get(pk=matter.pk).dropped != ""
    assert Subject.objects.get(pk=subject.pk).state == "dropped"

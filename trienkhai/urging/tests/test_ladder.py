"""Ladders as data: which steps come when, what is refused."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from trienkhai.common.days import DaysOff
from trienkhai.urging.ladder import Ladder, Step, To, WorkingDays, faults, steps_due

ONCE = [
    {"days": -7, "to": "holder"},
    {"days": -3, "to": "holder"},
    {"days": 0, "to": "holder"},
    {"days": 2, "to": "head"},
    {"days": 5, "to": "above"},
]
STEPS = Ladder.read({"once": ONCE}).of("once")
FRIDAY = date(2017, 6, 30)


@pytest.fixture(autouse=True)
def english():
    """Sentences are looked at in the language of the code."""
    with translation.override("en"):
        yield


def worked(*holidays: date) -> WorkingDays:
    return WorkingDays(date(2017, 1, 1), date(2018, 6, 30), DaysOff(frozenset(holidays)))


def names(on: date, due_on: date, *holidays: date, sense: int = 20) -> list[str]:
    return [due.step.name for due in steps_due(STEPS, on, worked(*holidays), sense) if due.due_on == due_on]


def days_of(due_on: date, *holidays: date) -> dict[str, date | None]:
    return {step.name: worked(*holidays).falls_on(due_on, step.days) for step in STEPS}


def test_steps_are_counted_in_working_days_on_both_sides_of_the_due_day():
    assert days_of(FRIDAY) == {
        "above+5": date(2017, 7, 7),
        "head+2": date(2017, 7, 4),
        "holder-7": date(2017, 6, 21),
        "holder-3": date(2017, 6, 27),
        "holder+0": FRIDAY,
    }


def test_holidays_do_not_count():
    assert days_of(FRIDAY, date(2017, 6, 29), date(2017, 7, 3))["holder-3"] == date(2017, 6, 26)
    assert days_of(FRIDAY, date(2017, 6, 29), date(2017, 7, 3))["head+2"] == date(2017, 7, 5)


def test_a_due_day_on_a_day_off_is_reminded_on_the_last_working_day_before_it():
    sunday = date(2017, 7, 2)

    found = days_of(sunday)

    assert found["holder+0"] == FRIDAY
    assert found["holder-3"] == date(2017, 6, 27)
    assert found["head+2"] == date(2017, 7, 4)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2017, 6, 20), []),
        (date(2017, 6, 21), ["holder-7"]),
        (date(2017, 6, 27), ["holder-3"]),
        (FRIDAY, ["holder+0"]),
        (date(2017, 7, 3), []),  # the reminder of a due day that is over has no sense any more
        (date(2017, 7, 4), ["head+2"]),
        (date(2017, 7, 7), ["above+5", "head+2"]),
    ],
)
def test_of_missed_steps_to_one_reader_only_the_last_is_sent(on, expected):
    assert names(on, FRIDAY) == expected


def test_a_step_missed_for_too_long_is_not_sent():
    assert names(date(2017, 7, 31), FRIDAY, sense=20) == ["above+5", "head+2"]
    assert names(date(2017, 7, 31), FRIDAY, sense=16) == ["above+5"]
    assert names(date(2017, 7, 31), FRIDAY, sense=10) == []


def test_every_step_comes_once_when_no_day_is_missed():
    sent: dict[str, list[date]] = {}
    for number in range(60):
        day = date(2017, 6, 1) + timedelta(days=number)
        for name in names(day, FRIDAY) if day not in DaysOff() else []:
            sent.setdefault(name, []).append(day)

    assert {name: days[0] for name, days in sent.items()} == days_of(FRIDAY)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "by kind of duty"),
        ({}, "by kind of duty"),
        ({"recurring": ONCE}, "“once” at least"),
        ({"once": ONCE, "yearly": []}, "no kind of duty “yearly”"),
        ({"once": {"days": 1}}, "are not a list"),
        ({"once": [{"days": -2, "to": "head"}]}, "only the holder is reminded, not “head”"),
        ({"once": [{"days": -1, "to": "above"}]}, "only the holder is reminded"),
        ({"once": [{"days": 3, "to": "minister"}]}, "not “minister”"),
        ({"once": [{"days": 2, "to": "head"}, {"days": 2, "to": "head"}]}, "stands twice"),
        ({"once": [{"days": "2", "to": "head"}]}, "whole number"),
        ({"once": [{"days": True, "to": "head"}]}, "whole number"),
        ({"once": [{"days": 500, "to": "head"}]}, "at most 120"),
        ({"once": [{"days": 2}]}, "nothing else"),
        ({"once": ["head"]}, "nothing else"),
    ],
)
def test_faulty_ladder_is_refused_with_a_sentence(value, words):
    found = faults(value)

    assert len(found) == 1 and words in found[0]


def test_sound_ladders_pass_also_the_empty_one():
    assert faults({"once": ONCE, "recurring": [], "focus": ONCE}) == []
    assert Ladder.read({"once": ONCE}).of("recurring") == STEPS
    assert Step(To.HEAD, 2).name == "head+2"

import unicodedata
from datetime import date
from pathlib import Path

import pytest
import yaml

from trienkhai.common.days import OPEN_END, DaysOff
from trienkhai.documents.reader.deadlines import DueRule, Mark, due_rule, first_due, next_due

TABLE = yaml.safe_load((Path(__file__).parent / "data" / "deadline_phrases.yaml").read_text("utf-8"))
PHRASES = [(str(words), group["dated"], *map(str, rest)) for group in TABLE for words, *rest in group["phrases"]]
JANUARY = date(2017, 1, 20)
TET = DaysOff(frozenset(date(2017, 1, day) for day in range(26, 32)) | {date(2017, 2, 1)})


def meaning(rule: DueRule | None) -> tuple[str, str]:
    if rule is None or rule.kind == "open":
        return ("open" if rule else "none"), ""
    return str(rule.due_on), rule.recurrence or ("several" if rule.kind == "recurring" else "")


def test_at_least_95_in_100_phrases_mean_what_the_table_says():
    wrong = []
    for words, on, due, *recurs in PHRASES:
        found = meaning(due_rule(words, origin=on))
        if found != (due, *(recurs or [""])):
            wrong.append(f"{words!r} on {on}: {found}, not {(due, *recurs)}")

    print(*wrong, sep="\n")
    assert len(PHRASES) >= 480
    assert len(wrong) <= 0.05 * len(PHRASES), wrong


@pytest.mark.parametrize(
    "change", [lambda w: unicodedata.normalize("NFD", w), str.upper, lambda w: w.replace(" ", "\n ")]
)
def test_the_form_of_letters_and_line_breaks_change_no_meaning(change):
    for words, on, *_ in PHRASES:
        plain = due_rule(words, origin=on)
        assert meaning(due_rule(change(words), origin=on)) == meaning(plain), words


def test_the_words_stay_beside_the_day():
    rule = due_rule("  Xong trước\nngày 15/3/2017 ", origin=JANUARY)

    assert rule == DueRule("day", "  Xong trước\nngày 15/3/2017 ", date(2017, 3, 14))


def test_an_office_may_say_that_before_a_day_allows_the_day():
    rule = due_rule("trước ngày 15/3/2017", origin=JANUARY, before_means_day=True)

    assert rule and rule.due_on == date(2017, 3, 15)


def test_a_period_counted_in_days_that_ends_on_a_day_off_ends_on_the_next_worked_day():
    rule = due_rule("7 ngày kể từ ngày ký", origin=JANUARY)

    assert rule and (rule.kind, rule.days, rule.unit) == ("relative", 7, "day")
    assert first_due(rule, origin=JANUARY) == date(2017, 1, 27)
    assert first_due(rule, origin=JANUARY, days_off=TET) == date(2017, 2, 2)


def test_working_days_pass_over_holidays():
    rule = due_rule("05 ngày làm việc kể từ ngày ký", origin=JANUARY)

    assert rule and rule.unit == "working day"
    assert first_due(rule, origin=JANUARY, days_off=TET) == date(2017, 2, 3)


def test_a_day_named_by_the_words_stays_though_it_is_a_day_off():
    sunday = due_rule("đến ngày 29/01/2017", origin=JANUARY)
    month = due_rule("trong tháng 4/2017", origin=JANUARY)

    assert first_due(sunday, origin=JANUARY, days_off=TET) == date(2017, 1, 29)
    assert first_due(month, origin=JANUARY, days_off=TET) == date(2017, 4, 30)


def test_work_without_deadline_is_due_on_the_day_that_stands_for_none():
    assert first_due(due_rule("thường xuyên", origin=JANUARY), origin=JANUARY) == OPEN_END


def test_a_monthly_duty_keeps_its_day_and_goes_on_from_month_to_month():
    rule = due_rule("trước ngày 25 hằng tháng", origin=JANUARY)

    assert rule and (rule.recurrence, rule.marks, rule.due_day) == ("month", (Mark(1, 25, -1),), 24)
    assert first_due(rule, origin=date(2017, 1, 25)) == date(2017, 2, 24)
    assert next_due(rule, after=date(2017, 12, 24)) == date(2018, 1, 24)


def test_two_uneven_days_of_a_year_come_round_every_year():
    rule = due_rule("trước ngày 15 tháng 6 và trước ngày 01 tháng 12", origin=JANUARY)

    days, day = [], JANUARY
    while len(days) < 4:
        day = next_due(rule, after=day)
        days.append(day)

    assert days == [date(2017, 6, 14), date(2017, 11, 30), date(2018, 6, 14), date(2018, 11, 30)]


def test_a_yearly_duty_begins_with_the_year_named_and_ends_with_the_span():
    onwards = due_rule("giai đoạn 2018-2020 và những năm tiếp theo", origin=JANUARY)
    bounded = due_rule("hằng năm, giai đoạn 2018 - 2020", origin=JANUARY)

    assert (onwards.from_on, onwards.until) == (date(2018, 1, 1), None)
    assert first_due(bounded, origin=JANUARY) == date(2018, 12, 31)
    assert next_due(bounded, after=date(2020, 12, 31)) is None


def test_the_last_day_of_a_period_is_day_nought():
    assert due_rule("hằng quý", origin=JANUARY).due_day == 0
    assert due_rule("ngày 20 tháng cuối mỗi quý", origin=JANUARY).due_day == 31 + 28 + 20
    assert due_rule("trước ngày 01 hằng tháng", origin=JANUARY).marks == (Mark(1, 1, -1),)

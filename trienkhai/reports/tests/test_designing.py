"""Forms and their versions: what is refused with which sentence, what holds from which period."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from trienkhai.common.verdict import Refused
from trienkhai.orgs.models import Post
from trienkhai.orgs.tests.make import NOON
from trienkhai.reports import actions
from trienkhai.reports.actions import FormDetails
from trienkhai.reports.design import checked
from trienkhai.reports.models import FormVersion, PeriodReport
from trienkhai.reports.queries.forms import version_for
from trienkhai.reports.tests.make import FIELDS, Cast, design_of, field, report_of
from trienkhai.tasks.tests.make import at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ([field("a"), field("a")], "“a” stands twice"),
        ([field("A b")], "small letters"),
        ([field("a", label=" ")], "say what it is called"),
        ([field("a", decimals=9)], "at most 6 decimals"),
        ([field("a", least="5", most="3")], "lies above"),
        ([field("a", least="năm")], "not a number"),
        ([field("a", "choice", options=["Một"])], "two different answers"),
        ([field("a", "table", columns=[])], "1 to 20 columns"),
        ([field("t", "computed", formula="zz + 1")], "Chỉ tiêu t: there is no field “zz”"),
        ([field("t", "computed", formula="1 +")], "Chỉ tiêu t: The formula ends too early"),
        ([field("n", "text"), field("t", "computed", formula="n + 1")], "“n” is not a number"),
        ([FIELDS[4], field("t", "computed", formula="b1.t2 + 1")], "put it into sum"),
        ([FIELDS[4], field("t", "computed", formula="sum(b1.t1)")], "no column of numbers"),
        ([field("t", "computed", formula="u"), field("u", "computed", formula="t")], "computed from itself"),
        ([field("t", "computed", formula="t + 1")], "“Chỉ tiêu t” is computed from itself"),
    ],
)
def test_a_design_that_will_not_do_names_the_field(fields, said):
    with pytest.raises(ValidationError) as fault:
        checked(design_of(*fields))
    assert said in " ".join(fault.value.messages)


@pytest.mark.parametrize(
    ("details", "named"),
    [
        ({"title": " "}, "title"),
        ({"kind": "week"}, "kind"),
        ({"due_day": 10}, "due_day"),
        ({"cut_day": 40}, "cut_day"),
        ({"selection": "kind:none"}, "selection"),
        ({"kind": "once"}, "once_from"),
        ({"kind": "once", "once_from": date(2017, 2, 1), "once_to": date(2017, 1, 1)}, "once_to"),
        ({"moves": "sideways"}, "moves"),
    ],
)
def test_wrong_details_are_named_and_nothing_is_stored(cast: Cast, details, named):
    given = {"title": "Báo cáo", "kind": "month"} | details
    with pytest.raises(ValidationError) as fault:
        actions.begin_form(cast.tree.bloc, FormDetails(**given), by=cast.officer, at=NOON)
    assert named in fault.value.message_dict


def test_a_leader_puts_in_force_an_officer_only_where_it_is_delegated(cast: Cast):
    form = actions.begin_form(cast.tree.bloc, FormDetails("Báo cáo", "month"), by=cast.officer, at=NOON)
    with pytest.raises(Refused, match="no field"):
        actions.release(form.pk, holds_from=date(2017, 1, 1), by=cast.leader, at=NOON)
    actions.change_design(form.pk, design_of(field("c1")), base=1, by=cast.officer, at=NOON)

    with pytest.raises(Refused, match="A leader"):
        actions.release(form.pk, holds_from=date(2017, 1, 1), by=cast.officer, at=NOON)
    with pytest.raises(ValidationError):
        actions.release(form.pk, holds_from=date(2017, 1, 7), by=cast.leader, at=NOON)
    Post.objects.filter(holdings__account=cast.officer).update(may_issue=True)
    assert actions.release(form.pk, holds_from=date(2017, 1, 1), by=cast.officer, at=NOON).number == 1


def test_a_form_changed_after_units_have_begun_keeps_their_answers_and_names_the_versions(cast: Cast):
    period = cast.opened()
    tree, form = cast.tree, period.form
    begun = cast.fill(period, tree.north1, c1="10", n1="Đã viết")

    new = actions.change_design(form.pk, design_of(field("c1"), field("c9")), base=1, by=cast.officer, at=at(8))
    assert (
        new.number,
        new.is_released,
        period.form.versions.get(number=1).design["sections"][0]["fields"][3]["code"],
    ) == (
        2,
        False,
        "n1",
    )
    actions.release(form.pk, holds_from=date(2017, 1, 1), by=cast.leader, at=at(9))

    begun.refresh_from_db()
    assert begun.version.number == 1 and begun.values["n1"] == "Đã viết"
    others = PeriodReport.objects.filter(period=period).exclude(pk=begun.pk)
    assert set(others.values_list("version__number", flat=True)) == {2}
    sent = actions.submit(begun.pk, by=cast.focal[tree.north1.pk], at=at(10))
    assert cast.approve(sent).sheets.get().version.number == 1


def test_the_office_chooses_from_which_period_on_the_new_version_holds(cast: Cast):
    period = cast.opened()
    form = period.form
    actions.change_design(form.pk, design_of(field("c9")), base=1, by=cast.officer, at=at(8))
    actions.release(form.pk, holds_from=date(2017, 3, 1), by=cast.leader, at=at(9))

    actions.open_periods(on=date(2017, 3, 2), at=at(2, 3))

    numbers = [row.version.number for row in form.periods.order_by("starts_on")]
    assert numbers == [1, 1, 2]
    assert version_for(form, date(2017, 2, 1)) == FormVersion.objects.get(form=form, number=1)


def test_of_two_designers_the_second_is_told_who_was_first(cast: Cast):
    form = cast.form()
    actions.change_design(form.pk, design_of(field("c1")), base=1, by=cast.officer, at=at(8))

    with pytest.raises(Refused, match="version 2"):
        actions.change_design(form.pk, design_of(field("c2")), base=1, by=cast.leader, at=at(8))


def test_the_kind_of_period_stays_once_in_force_and_an_ended_form_opens_nothing(cast: Cast):
    form = cast.form()
    with pytest.raises(ValidationError):
        actions.change_details(form.pk, FormDetails("Báo cáo", "year"), by=cast.officer, at=at(5))

    actions.end_form(form.pk, by=cast.leader, at=at(5))

    assert actions.open_periods(on=date(2017, 5, 1), at=at(1, 5)) == 0
    with pytest.raises(Refused, match="ended"):
        actions.change_design(form.pk, design_of(field("c1")), base=1, by=cast.officer, at=at(8))


def test_a_form_filled_once_opens_one_period(cast: Cast):
    days = {"once_from": date(2017, 1, 10), "once_to": date(2017, 2, 20)}
    form = cast.form(kind="once", start=date(2017, 1, 10), **days)

    actions.open_periods(on=date(2017, 6, 1), at=at(1, 6))

    period = form.periods.get()
    assert (period.figures_from, period.ends_on, period.due_on) == (
        date(2017, 1, 10),
        date(2017, 2, 20),
        date(2017, 2, 20),
    )


def test_a_due_day_on_a_holiday_moves_in_the_opened_period(cast: Cast):
    form = cast.form(cut_day=20, due_day=30, start=date(2017, 4, 1))
    actions.open_periods(on=date(2017, 4, 1), at=at(1, 4))

    assert form.periods.get().due_on == date(2017, 5, 3)
    assert report_of(form.periods.get(), cast.tree.north1).period.cut_on == date(2017, 4, 20)

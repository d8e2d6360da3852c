"""Comparisons of models: who begins, asks, answers and chooses, and what wrong input meets."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from trienkhai.audit.models import Act
from trienkhai.common.clock import moment
from trienkhai.common.verdict import Refused
from trienkhai.notices.models import Notice
from trienkhai.orgs import measures
from trienkhai.orgs import rules_comparing as rules
from trienkhai.orgs.actions import comparing, reorganising
from trienkhai.orgs.actions.comparing import Cost
from trienkhai.orgs.forms_comparing import read_amount
from trienkhai.orgs.measures import Found
from trienkhai.orgs.models import Preference, Reorganisation, Role
from trienkhai.orgs.queries_comparing import columns_of, difference, groups_of, to_ask
from trienkhai.orgs.tests.make import make_holder
from trienkhai.orgs.tests.make_comparing import DUE, Study, draft_of, opinion_of
from trienkhai.orgs.tests.make_reorganising import AT, TODAY, Office, dissolve, fresh, move

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LATER = moment(DUE + timedelta(days=1), 9)


@pytest.fixture
def study() -> Study:
    return Study()


def values(study: Study, comparison, name: str) -> list[object]:
    return [column.found.get(name, Found(None)).value for column in columns_of(comparison, TODAY)]


def test_columns_tell_units_levels_span_and_posts_of_the_present_and_of_each_draft(study: Study):
    one = study.compare()

    assert values(study, one, "units") == [8, 7, 7]
    assert values(study, one, "deepest") == [3, 3, 3]
    assert values(study, one, "mean-level") == [Decimal("2.8"), Decimal("2.8"), Decimal("2.4")]
    assert values(study, one, "direct") == [3, 3, 4]
    assert values(study, one, "single") == [0, 1, 0]
    assert values(study, one, "leaders") == [3, 3, 3]
    assert values(study, one, "ended") == [None, 1, 1]
    assert values(study, one, "moved") == [None, 0, 2]
    assert figures(one)["kind-grassroots_cell"] == ["1", "0", "1"]


def test_units_above_the_norm_of_subordinates_are_counted_by_the_norm_of_the_day(study: Study, monkeypatch):
    monkeypatch.setattr(measures, "limit", lambda on: 3)

    columns = columns_of(study.compare(), TODAY)

    assert [column.found["wide"].value for column in columns] == [0, 0, 1]


def test_draft_whose_steps_fit_no_longer_says_why_in_its_column_and_the_others_stay(study: Study):
    one = study.compare()
    other = Office(study.tree.south).file(dissolve(study.tree.south1))
    Reorganisation.objects.filter(pk=other.pk).update(office=study.tree.bloc)
    office = Office(study.tree.bloc)
    office.carry_out(other)

    _present, merging, flattening = columns_of(one, TODAY)

    assert merging.tree is not None and merging.faults == []
    assert flattening.tree is None and "does not stand" in " ".join(flattening.faults)
    assert groups_of(one, columns_of(one, TODAY), TODAY)


def test_trial_fills_the_open_work_of_the_columns_and_changes_nothing(study: Study):
    one = study.compare()
    before = fresh(study.tree.north2).closed_on

    comparing.try_drafts(one.pk, by=study.office.admin, at=AT)

    assert values(study, one, "work-units") == [None, 1, 3]
    assert fresh(study.tree.north2).closed_on == before


def test_drafts_of_another_office_none_six_or_one_carried_out_are_refused(study: Study):
    foreign = Office(study.tree.north).file(move(study.tree.north, study.tree.north1))
    done = study.file(("rename", {"unit": f"u{study.tree.direct.pk}", "name": "Đảng bộ Mới"}))
    study.office.carry_out(done)
    many = [study.file() for _number in range(6)]

    for files in ([foreign], [study.merging, foreign], [done], many):
        with pytest.raises(ValidationError):
            study.compare(*files)
    with pytest.raises(ValidationError):
        comparing.begin_comparison(study.tree.bloc, title="Không", files=[], by=study.office.admin, at=AT)


def test_only_those_who_prepare_files_of_the_office_compare(study: Study):
    for person in (study.office.leader, study.leader[study.tree.north.pk], make_holder(study.tree.bloc, Role.FOCAL)):
        with pytest.raises(Refused):
            comparing.begin_comparison(study.tree.bloc, title="So", files=[study.merging.pk], by=person, at=AT)


def test_cost_lines_are_kept_per_column_and_those_of_a_draft_left_out_go(study: Study):
    one = study.compare()
    merging, flattening = draft_of(one, study.merging), draft_of(one, study.flattening)
    amounts = {"0": "1200.5", str(merging.pk): "900", str(flattening.pk): "1300"}
    comparing.set_costs(one.pk, [Cost("Chi thường xuyên", "triệu đồng", "", amounts)], by=study.office.admin, at=AT)

    cells = groups_of(one, columns_of(one, TODAY), TODAY)[-1].lines[0].cells

    assert [cell.text for cell in cells] == ["1,200.5", "900", "1,300"]
    assert [(cell.sign, cell.word) for cell in cells[1:]] == [("−300.5", "fewer"), ("+99.5", "more")]
    comparing.change_comparison(one.pk, title="So", files=[study.merging.pk], by=study.office.admin, at=AT)
    assert set(one.costs.get().amounts) == {"0", str(merging.pk)}


def test_cost_without_a_name_or_in_a_column_that_is_not_there_is_refused(study: Study):
    one = study.compare()

    for line in (Cost(" ", amounts={"0": "1"}), Cost("Chi", amounts={"999999": "1"}), Cost("x" * 161)):
        with pytest.raises(ValidationError):
            comparing.set_costs(one.pk, [line], by=study.office.admin, at=AT)
    assert not one.costs.exists()


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("1.250.000,5", "1250000.5"),
        ("1,250,000.5", "1250000.5"),
        ("1.250", "1250"),
        ("12,50", "12.5"),
        ("12.5", "12.5"),
        (" 7 000 ", "7000"),
        ("-3", "-3"),
        ("", ""),
    ],
)
def test_amounts_are_read_as_offices_write_them(typed: str, text: str):
    assert read_amount(typed) == text


@pytest.mark.parametrize("typed", ["năm", "1.2.3", "1e5", "=1+1", "9" * 30, "NaN", "1,2,3"])
def test_what_is_no_amount_is_refused(typed: str):
    with pytest.raises(ValidationError):
        read_amount(typed)


def test_units_that_some_draft_touches_are_proposed_with_whether_they_can_answer(study: Study):
    rows = to_ask(columns_of(study.compare(), TODAY), TODAY)

    assert [(label.split("(")[1], led) for _pk, label, led in rows] == [
        ("K.B)", True),
        ("K.B.1)", True),
        ("K.B.2)", False),
        ("K.N)", False),
        ("K.N.1)", False),
        ("K.N.2)", False),
    ]


def test_asked_units_are_told_once_and_answered_ones_stay_when_the_list_changes(study: Study):
    one = study.ask(study.compare())
    north, north1 = study.tree.north, study.tree.north1
    answer = {"preference": "none", "text": "Giữ như hiện nay.", "by": study.leader[north.pk], "at": AT}
    comparing.answer_opinion(opinion_of(one, north).pk, **answer)

    study.ask(one, [north1])

    assert set(one.opinions.values_list("unit", flat=True)) == {north.pk, north1.pk}
    assert Notice.objects.filter(kind="comparison_asked").count() == 2
    assert Notice.objects.filter(kind="comparison_answered").count() == 1


def test_units_outside_the_branch_the_office_itself_units_nobody_leads_and_days_that_passed_are_not_asked(study: Study):
    one = study.compare()
    wrong = [[study.tree.bloc], [study.tree.south], [study.tree.north, study.tree.south1]]

    for units in wrong:
        with pytest.raises(ValidationError):
            study.ask(one, units)
    with pytest.raises(ValidationError):
        study.ask(one, due_on=TODAY - timedelta(days=1))
    with pytest.raises(ValidationError):
        comparing.ask_opinions(one.pk, [], due_on=DUE, by=study.office.admin, at=AT)
    assert not one.opinions.exists()


def test_leader_answers_for_the_own_unit_only_and_nobody_else_does(study: Study):
    one = study.ask(study.compare())
    opinion, draft = opinion_of(one, study.tree.north), draft_of(one, study.merging)
    others = [study.leader[study.tree.north1.pk], study.office.leader, make_holder(study.tree.north, Role.OFFICER)]

    for person in others:
        with pytest.raises(Refused):
            comparing.answer_opinion(opinion.pk, preference="draft", draft=draft.pk, by=person, at=AT)
    comparing.answer_opinion(
        opinion.pk, preference="draft", draft=draft.pk, by=study.leader[study.tree.north.pk], at=AT
    )

    opinion.refresh_from_db()
    assert (opinion.preferred, opinion.late, opinion.answered_by) == (draft, False, study.leader[study.tree.north.pk])


def test_opinion_after_the_last_day_is_kept_and_marked_late(study: Study):
    one = study.ask(study.compare())
    opinion = opinion_of(one, study.tree.north)

    comparing.answer_opinion(
        opinion.pk, preference="none", text="Chậm.", by=study.leader[study.tree.north.pk], at=LATER
    )

    opinion.refresh_from_db()
    assert opinion.late and opinion.text == "Chậm."


def test_opinion_without_a_preference_for_a_foreign_draft_without_a_reason_or_with_a_mark_is_refused(study: Study):
    one, other = study.ask(study.compare()), study.compare(study.merging)
    opinion, by = opinion_of(one, study.tree.north), study.leader[study.tree.north.pk]
    foreign = other.drafts.get().pk

    for given in (
        {"preference": ""},
        {"preference": "draft", "draft": foreign},
        {"preference": "draft"},
        {"preference": "none", "text": " "},
        {"preference": "none", "text": "MẬT\nKhông đồng ý"},
        {"preference": "none", "text": "x" * 5001},
    ):
        with pytest.raises(ValidationError):
            comparing.answer_opinion(opinion.pk, **given, by=by, at=AT)
    opinion.refresh_from_db()
    assert opinion.preference == Preference.UNANSWERED and opinion.text == ""


def test_closed_comparison_takes_no_opinion_no_change_and_no_question(study: Study):
    one = study.ask(study.compare())
    opinion = opinion_of(one, study.tree.north)
    comparing.close_opinions(one.pk, by=study.office.admin, at=AT)

    with pytest.raises(Refused):
        comparing.answer_opinion(
            opinion.pk, preference="none", text="Không.", by=study.leader[study.tree.north.pk], at=AT
        )
    for act in (
        lambda: study.ask(one),
        lambda: comparing.set_costs(one.pk, [], by=study.office.admin, at=AT),
        lambda: comparing.change_comparison(one.pk, title="So", files=None, by=study.office.admin, at=AT),
        lambda: comparing.close_opinions(one.pk, by=study.office.admin, at=AT),
    ):
        with pytest.raises(Refused):
            act()


def test_drafts_stay_once_opinions_were_asked_and_a_changed_draft_is_marked(study: Study):
    one = study.ask(study.compare())
    with pytest.raises(Refused):
        comparing.change_comparison(one.pk, title="So", files=[study.merging.pk], by=study.office.admin, at=AT)
    assert [column.is_changed for column in columns_of(one, TODAY)] == [False, False, False]

    study.office.step(study.merging, *move(study.tree.bloc, study.tree.south))

    assert [column.is_changed for column in columns_of(one, TODAY)] == [False, True, False]


def test_leader_chooses_in_one_act_the_draft_is_submitted_and_the_other_set_aside_with_the_reason(study: Study):
    one = study.ask(study.compare())
    acts = Act.objects.count()

    comparing.choose_draft(
        one.pk, draft_of(one, study.flattening).pk, reason="Ít tầng nấc.", by=study.office.leader, at=AT
    )

    one.refresh_from_db()
    study.merging.refresh_from_db()
    study.flattening.refresh_from_db()
    state = Reorganisation.State
    assert (one.state, one.chosen, one.reason) == ("chosen", study.flattening, "Ít tầng nấc.")
    assert (study.flattening.state, study.flattening.submitted_by) == (state.SUBMITTED, study.office.admin)
    assert (study.merging.state, study.merging.reason) == (state.SET_ASIDE, "Ít tầng nấc.")
    assert Act.objects.count() == acts + 1
    assert Notice.objects.filter(kind="comparison_chosen").count() == 2
    done = reorganising.approve_and_carry_out(study.flattening.pk, by=study.office.leader, at=AT)
    assert done.state == state.CARRIED_OUT


def test_figures_stay_as_they_were_at_the_choice_whatever_happens_afterwards(study: Study):
    one = study.compare()
    shown = figures(one)
    comparing.choose_draft(one.pk, draft_of(one, study.flattening).pk, reason="Gọn.", by=study.office.leader, at=AT)
    reorganising.approve_and_carry_out(study.flattening.pk, by=study.office.leader, at=AT)
    one.refresh_from_db()

    after = figures(one)

    assert {name: after[name] for name in shown} == shown


def figures(one) -> dict[str, list[str]]:
    groups = groups_of(one, columns_of(one, TODAY), TODAY)
    return {line.name: [cell.text for cell in line.cells] for group in groups for line in group.lines}


def test_choice_needs_a_reason_a_leader_who_did_not_prepare_the_draft_and_a_draft_that_fits(study: Study):
    one = study.compare()
    draft = draft_of(one, study.flattening).pk
    make_holder(study.tree.bloc, Role.LEADER, account=study.office.admin)
    for person in (study.office.admin, study.leader[study.tree.north.pk], make_holder(study.tree.bloc, Role.OFFICER)):
        with pytest.raises(Refused):
            comparing.choose_draft(one.pk, draft, reason="Gọn.", by=person, at=AT)
    with pytest.raises(ValidationError):
        comparing.choose_draft(one.pk, draft, reason="  ", by=study.office.leader, at=AT)
    study.office.step(study.flattening, *dissolve(study.tree.north))
    with pytest.raises(Refused, match="stand below"):
        comparing.choose_draft(one.pk, draft, reason="Gọn.", by=study.office.leader, at=AT)
    with pytest.raises(Refused):
        comparing.choose_draft(one.pk, 99_999_999, reason="Gọn.", by=study.office.leader, at=AT)

    one.refresh_from_db()
    study.merging.refresh_from_db()
    assert (one.state, study.merging.state) == ("open", "draft")


def test_office_sees_everything_an_asked_leader_the_own_opinion_and_others_nothing(study: Study):
    one = study.ask(study.compare())
    north = study.leader[study.tree.north.pk]
    stranger = make_holder(study.tree.south, Role.LEADER)

    assert rules.visible_comparisons(north, TODAY).get() == one
    assert [row.unit for row in rules.visible_opinions(north, one, TODAY)] == [study.tree.north]
    assert rules.visible_opinions(study.office.leader, one, TODAY).count() == 2
    assert not rules.visible_comparisons(stranger, TODAY).exists()
    assert not rules.visible_comparisons(make_holder(study.tree.bloc, Role.FOCAL), TODAY).exists()


def test_later_area_adds_figures_of_its_own(study: Study, monkeypatch):
    monkeypatch.setattr(measures, "_fillers", [])
    measures.register_figures(
        "Members",
        lambda trees, on: [{"members": Found(len(tree.spots) * 10)} for tree in trees],
        lambda on: {"members": "members"},
    )
    one = study.compare()

    groups = {str(group.title): group for group in groups_of(one, columns_of(one, TODAY), TODAY)}

    assert [cell.text for cell in groups["Members"].lines[0].cells] == ["90", "80", "80"]


@pytest.mark.parametrize(
    ("value", "present", "told"),
    [
        (5, 2, ("+3", "more")),
        (2, 5, ("−3", "fewer")),
        (4, 4, ("=", "unchanged")),
        (None, 4, ("", "")),
        (1, None, ("", "")),
    ],
)
def test_difference_is_told_by_sign_and_word(value, present, told):
    assert difference(value, present) == told

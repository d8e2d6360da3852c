"""Drafts: what the machine fills, two people at once, secrets, figures that are no numbers."""

from datetime import date

import pytest
from django.utils import translation

from trienkhai.audit.models import Act
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.reports import actions
from trienkhai.reports.models import Change, PeriodReport
from trienkhai.reports.queries.prefilling import is_corrected
from trienkhai.reports.tests.make import Cast, field, report_of
from trienkhai.tasks import actions as tasks
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.tests.make import at, make_document

pytestmark = pytest.mark.django_db
MARKED = "TUYỆT MẬT\n\nNội dung không được lưu"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def cast() -> Cast:
    return Cast()


def begun(cast: Cast) -> PeriodReport:
    period = cast.opened()
    return actions.begin(report_of(period, cast.tree.north1).pk, by=cast.focal[cast.tree.north1.pk], at=at(5))


def test_the_machine_fills_from_the_assignments_as_they_stood_at_the_cut_off(cast: Cast):
    fields = [
        field("c1", source="tasks:total"),
        field("c2", source="tasks:done_on_time"),
        field("c3", source="tasks:share_done", decimals=1),
        field("n1", "text", source="tasks:done_list"),
    ]
    period = cast.opened(fields=fields)
    unit = cast.tree.north1
    rows = [{"title": f"Việc {n}", "due_on": date(2017, 1, 31), "work_area": "ideology"} for n in (1, 2, 3)]
    document = make_document(cast.tree.bloc)
    given = {"selection": "unit:K.B.1", "by": cast.officer, "at": at(3)}
    issue = tasks.prepare_issue(document, cast.tree.bloc, rows, on=date(2017, 1, 3), **given)
    tasks.issue_tasks(issue.pk, by=cast.leader, at=at(3))
    first, second, _third = Assignment.objects.order_by("task__title")
    for row, sent, decided in ((first, 6, 8), (second, 17, 18)):
        tasks.acknowledge(row.pk, by=cast.focal[unit.pk], at=at(4))
        tasks.submit_report(row.pk, text="Xong", by=cast.focal[unit.pk], at=at(sent))
        tasks.approve(row.pk, by=cast.north_leader, at=at(decided))

    report = actions.begin(report_of(period, unit).pk, by=cast.focal[unit.pk], at=at(19))

    assert period.cut_on == date(2017, 1, 14)
    assert (report.values["c1"], report.values["c2"], report.values["c3"]) == ("3", "1", "33.3")
    assert "Việc 1" in report.values["n1"] and "Việc 2" not in report.values["n1"]
    assert report.values["n1"].startswith("Chính trị tư tưởng:")


def test_a_correction_stays_and_the_machine_value_is_kept_beside(cast: Cast):
    period = cast.opened(fields=[field("c1", source="tasks:total"), field("c2", source="tasks:done")])
    report = cast.fill(period, cast.tree.north1, c1="4")
    one = report.version.read().by_code["c1"]

    report = actions.refill(report.pk, by=cast.focal[cast.tree.north1.pk], at=at(7))

    assert (report.values["c1"], report.machine["c1"]) == ("4", "0") and is_corrected(report, one)
    assert report.values["c2"] == "0"


def test_one_act_when_a_report_is_begun_and_none_for_each_stored_draft(cast: Cast):
    report = begun(cast)
    focal = cast.focal[cast.tree.north1.pk]
    for text in ("1", "2", "3"):
        saved = actions.save_draft(report.pk, {"c1": text}, base=99, by=focal, at=at(6))

    assert Act.objects.filter(target_type="reports.periodreport").count() == 1
    assert saved.report.revision == report.revision + 3


def test_what_two_people_changed_in_different_fields_is_all_stored(cast: Cast):
    report = begun(cast)
    first, second = cast.focal[cast.tree.north1.pk], make_holder(cast.tree.north1, Role.LEADER)
    page = {"c1": "", "n1": ""}

    actions.save_draft(report.pk, page | {"c1": "5"}, base=report.revision, by=first, at=at(6))
    saved = actions.save_draft(
        report.pk, page | {"n1": "Lời của người thứ hai"}, base=report.revision, by=second, at=at(6)
    )

    assert saved.conflicts == {}
    assert (saved.report.values["c1"], saved.report.values["n1"]) == ("5", "Lời của người thứ hai")


def test_what_two_people_changed_alike_is_shown_and_nothing_is_lost(cast: Cast):
    report = begun(cast)
    first, second = cast.focal[cast.tree.north1.pk], make_holder(cast.tree.north1, Role.LEADER)
    actions.save_draft(report.pk, {"n1": "Của một"}, base=report.revision, by=first, at=at(6))

    saved = actions.save_draft(report.pk, {"n1": "Của hai", "c1": "3"}, base=report.revision, by=second, at=at(6))

    assert saved.conflicts == {"n1": ("Của hai", "Của một")}
    assert (saved.report.values["n1"], saved.report.values["c1"]) == ("Của một", "3")
    decided = {"n1": "mine"}
    kept = actions.save_draft(report.pk, {"n1": "Của hai"}, base=report.revision, decided=decided, by=second, at=at(6))
    assert kept.report.values["n1"] == "Của hai"
    assert "Của một" in Change.objects.filter(field="n1").values_list("old", flat=True)


def test_an_old_page_of_the_same_person_is_no_conflict(cast: Cast):
    report = begun(cast)
    focal = cast.focal[cast.tree.north1.pk]
    actions.save_draft(report.pk, {"n1": "Một"}, base=report.revision, by=focal, at=at(6))

    saved = actions.save_draft(report.pk, {"n1": "Hai"}, base=report.revision, by=focal, at=at(6))

    assert saved.conflicts == {} and saved.report.values["n1"] == "Hai"


def test_an_old_page_of_the_same_person_does_not_empty_what_was_stored_since(cast: Cast):
    report = begun(cast)
    focal = cast.focal[cast.tree.north1.pk]
    actions.save_draft(report.pk, {"n1": "Một"}, base=report.revision, by=focal, at=at(6))

    saved = actions.save_draft(report.pk, {"n1": "", "c1": "5"}, base=report.revision, by=focal, at=at(6))

    assert (saved.report.values["n1"], saved.report.values["c1"]) == ("Một", "5")


def test_a_bad_number_keeps_everything_else_and_is_kept_as_it_was_typed(cast: Cast):
    report = begun(cast)
    focal = cast.focal[cast.tree.north1.pk]
    rows = [{"t1": "Việc", "t2": "hai"}, {"t1": "", "t2": ""}]

    saved = actions.save_draft(
        report.pk,
        {"c1": "1,5", "c2": "2,5", "n1": "Lời", "b1": rows, "l1": "Kém"},
        base=report.revision,
        by=focal,
        at=at(6),
    )

    assert saved.report.wrong == {"c1": "1,5", "b1.0.t2": "hai"}
    assert set(saved.cleaned.faults) == {"c1", "b1.0.t2", "l1"}
    assert (saved.report.values["c2"], saved.report.values["n1"]) == ("2.5", "Lời")
    right = actions.save_draft(report.pk, {"c1": "15"}, base=saved.report.revision, by=focal, at=at(7))
    assert right.report.wrong == {"b1.0.t2": "hai"} and right.report.values["c1"] == "15"


def test_what_bears_a_mark_of_secrecy_is_kept_nowhere(cast: Cast):
    report = begun(cast)
    focal = cast.focal[cast.tree.north1.pk]

    saved = actions.save_draft(
        report.pk,
        {"n1": MARKED, "b1": [{"t1": "TỐI MẬT", "t2": "1"}], "c1": "3"},
        base=report.revision,
        by=focal,
        at=at(6),
    )

    assert set(saved.cleaned.secret) == {"n1", "b1"} and saved.report.values["c1"] == "3"
    stored = PeriodReport.objects.filter(pk=report.pk).values().get()
    assert "MẬT" not in str(stored) and "không được lưu" not in str(stored)
    assert "MẬT" not in str(list(Change.objects.values()))


def test_changes_are_forgotten_when_the_report_is_sent(cast: Cast):
    report = begun(cast)
    focal = cast.focal[cast.tree.north1.pk]
    actions.save_draft(report.pk, {"c1": "5"}, base=report.revision, by=focal, at=at(6))
    assert Change.objects.exists()

    actions.submit(report.pk, by=focal, at=at(7))

    assert not Change.objects.exists()


def test_a_page_that_goes_on_being_stored_does_not_put_older_words_over_those_of_another(cast: Cast):
    report = begun(cast)
    first, second = cast.focal[cast.tree.north1.pk], make_holder(cast.tree.north1, Role.LEADER)
    page = {"n1": "", "c1": ""}
    actions.save_draft(report.pk, page | {"n1": "Của một"}, base=report.revision, by=first, at=at(6))

    saved = actions.save_draft(report.pk, page | {"c1": "3"}, base=report.revision, by=second, at=at(6))
    base, older = saved.report.revision, saved.older
    again = actions.save_draft(report.pk, page | {"c1": "4"}, base=base, older=older, by=second, at=at(6))
    back = actions.save_draft(
        report.pk, page | {"c1": "3"}, base=again.report.revision, older=again.older, by=second, at=at(6)
    )
    both = actions.save_draft(
        report.pk, {"n1": "Của hai", "c1": "3"}, base=back.report.revision, older=back.older, by=second, at=at(6)
    )

    assert older == again.older == back.older == both.older == {"n1": report.revision}
    assert (back.report.values["n1"], back.report.values["c1"]) == ("Của một", "3")
    assert both.conflicts == {"n1": ("Của hai", "Của một")} and both.report.values["n1"] == "Của một"


def test_what_the_other_person_s_words_were_chosen_for_is_not_stored_later_unasked(cast: Cast):
    report = begun(cast)
    first, second = cast.focal[cast.tree.north1.pk], make_holder(cast.tree.north1, Role.LEADER)
    actions.save_draft(report.pk, {"n1": "Của một"}, base=report.revision, by=first, at=at(6))
    mine = {"n1": "Của hai"}

    chosen = actions.save_draft(report.pk, mine, base=report.revision, decided={"n1": "theirs"}, by=second, at=at(6))
    later = actions.save_draft(report.pk, mine, base=chosen.report.revision, older=chosen.older, by=second, at=at(6))

    assert later.report.values["n1"] == "Của một" and set(later.conflicts) == {"n1"}

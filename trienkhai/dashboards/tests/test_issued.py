"""A sheet that was issued stays to the digit; what comes later for its day is a difference that opens into its rows."""

from dataclasses import asdict, replace
from datetime import date
from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from trienkhai.audit import triggers
from trienkhai.audit.actions import seal_acts
from trienkhai.audit.models import Act
from trienkhai.audit.queries import chain_head, verify
from trienkhai.common.verdict import Refused
from trienkhai.dashboards import rules
from trienkhai.dashboards.actions import issue_sheet
from trienkhai.dashboards.links import EVERYTHING, Scope
from trienkhai.dashboards.queries.figures import figures_from
from trienkhai.dashboards.queries.issued import differences
from trienkhai.dashboards.tests.make import DAY, on_day, played
from trienkhai.dashboards.verification import check_site
from trienkhai.documents.actions import quarantine_document
from trienkhai.orgs import actions as orgs
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder, make_unit
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Focus, Sheet, Task
from trienkhai.tasks.tests.make import Cast, assignment_of, at, make_issue, said
from trienkhai.tasks.tests.unguarded import unguarded

pytestmark = pytest.mark.django_db
THEN = date(2017, 6, 30)
LATER = at(10, 7)


def issued(cast: Cast, scope: Scope = EVERYTHING, day: date = THEN) -> Sheet:
    sheet = issue_sheet(cast.tree.bloc.pk, scope, day=day, by=cast.leader, at=LATER)
    return Sheet.objects.select_related("unit").get(pk=sheet.pk)


def report_late(cast: Cast) -> Assignment:
    """Entered after the sheet, for a day before it."""
    row = Assignment.objects.filter(task__title="Việc 1", state="assigned").order_by("pk").first()
    actions.acknowledge(row.pk, by=cast.holder_of(row), at=at(28, 6))
    actions.submit_report(row.pk, text="Nhập sau", by=cast.holder_of(row), at=at(29, 6))
    actions.approve(row.pk, by=cast.approver_of(row), at=at(30, 6))
    return row


def test_an_issued_sheet_keeps_its_rows_who_issued_it_its_number_digest_and_the_head_of_the_chain():
    cast = played()
    seal_acts()
    head = chain_head()

    sheet = issued(cast)

    figures, act = figures_from(sheet), Act.objects.get(pk=sheet.act)
    assert (sheet.number, sheet.on, sheet.head, sheet.alone) == (1, THEN, head, False)
    assert figures.main.total == 10 and sum(line.cells.total for line in figures.lines) == 10
    assert {line.name for line in figures.lines} >= {cast.tree.north.name, cast.tree.south.name}
    assert (act.verb, act.actor_name, act.digest) == ("sheet.issued", cast.leader.name, sheet.digest)
    assert len(sheet.digest) == 64 and check_site(DAY) == []
    assert verify(LATER, sheet.head).head_found


def test_pressed_again_it_is_the_same_sheet_and_changed_figures_get_the_next_number_beside_it():
    cast = played()
    first = issued(cast)

    again = issued(cast)
    report_late(cast)
    changed = issued(cast)

    assert again.pk == first.pk and Act.objects.filter(verb="sheet.issued").count() == 2
    assert (first.number, changed.number) == (1, 2)
    first.refresh_from_db()
    assert (first.cells["done_on_time"], changed.cells["done_on_time"]) == (0, 1)


def test_other_scopes_and_days_are_other_sheets_of_the_same_count_of_numbers():
    cast = played()
    document = Task.objects.first().document_id

    sheets = [
        issued(cast),
        issued(cast, Scope(document=document)),
        issued(cast, Scope(period="2017-06")),
        issued(cast, Scope(period="2017-06", first_due=True)),
        issued(cast, day=DAY),
    ]

    assert [sheet.number for sheet in sheets] == [1, 2, 3, 4, 5]
    assert [sheet.cells["open_in_time"] + sheet.cells["open_overdue"] for sheet in sheets] == [10, 10, 5, 5, 8]


def test_what_is_entered_later_differs_in_each_figure_and_line_and_nowhere_else():
    cast = played()
    sheet = issued(cast)
    assert differences(sheet) == []

    row = report_late(cast)

    found = differences(sheet)
    branch = cast.tree.north if row.held_by.path.startswith(cast.tree.north.path) else cast.tree.south
    expected = {("done_on_time", 0, 1), ("done_of_due", 0, 1)}
    assert {(one.cell, one.issued, one.now) for one in found if one.part == "main"} >= expected
    assert {one.key for one in found if one.part == "lines"} == {branch.pk}
    assert not [one for one in found if one.cell == "total"]


def test_a_sheet_of_today_differs_by_what_is_done_later_that_day():
    cast = played()
    sheet = issued(cast, day=DAY)
    assert differences(sheet) == []

    row = Assignment.objects.filter(state="submitted").first()
    actions.approve(row.pk, by=cast.approver_of(row), at=at(10, 7, hour=15))

    assert {(one.cell, one.now - one.issued) for one in differences(sheet) if one.part == "main"} == {
        ("done_on_time", 1),
        ("open_in_time", -1),
        ("done_of_due", 1),
    }


@pytest.mark.parametrize("who", ["officer", "north_leader"])
def test_only_a_leader_of_the_unit_issues(who):
    cast = played()
    person = getattr(cast, who)

    with pytest.raises(Refused, match=said("A leader of %(unit)s issues its sheets.").split("%")[0]):
        issue_sheet(cast.tree.bloc.pk, EVERYTHING, day=THEN, by=person, at=LATER)

    assert not Sheet.objects.exists() and not Act.objects.filter(verb="sheet.issued").exists()


@pytest.mark.parametrize(
    ("day", "scope", "sentence"),
    [
        (date(2017, 7, 11), EVERYTHING, "The day is still to come: its sheet cannot be issued."),
        (
            date(2016, 12, 31),
            EVERYTHING,
            "By that day nothing had been given in this scope: there is nothing to issue.",
        ),
        (THEN, Scope(document=999), "By that day nothing had been given in this scope: there is nothing to issue."),
        (THEN, Scope(area="lạ"), "By that day nothing had been given in this scope: there is nothing to issue."),
    ],
)
def test_a_day_to_come_and_a_scope_without_work_are_refused(day, scope, sentence):
    cast = played()

    with pytest.raises(Refused, match=said(sentence)):
        issue_sheet(cast.tree.bloc.pk, scope, day=day, by=cast.leader, at=LATER)


def test_a_unit_that_moves_is_renamed_or_ends_leaves_the_sheet_to_the_digit():
    cast = played()
    sheet = issued(cast)
    before = (asdict(figures_from(sheet).main), sheet.content, sheet.digest)
    admin = make_holder(cast.tree.bloc, Role.ADMIN)

    orgs.change_unit(cast.tree.north1.pk, {"parent": cast.tree.south}, by=admin, at=at(11, 7))
    orgs.change_unit(cast.tree.south.pk, {"name": "Tên mới"}, by=admin, at=at(11, 7))

    sheet.refresh_from_db()
    assert (asdict(figures_from(sheet).main), sheet.content, sheet.digest) == before
    assert differences(sheet) == [] and check_site(date(2017, 7, 12)) == []


def test_a_document_locked_away_leaves_the_numbers_and_takes_its_title_along(client):
    cast = played()
    document = Task.objects.first().document
    sheet = issued(cast, Scope(document=document.pk))
    on_day(date(2017, 7, 12))
    client.force_login(cast.leader)
    shown = client.get(f"/bang-dieu-hanh/da-chot/{sheet.pk}").content.decode()
    clerk = make_holder(cast.tree.bloc, Role.CLERK)
    for row in Assignment.objects.exclude(state="withdrawn"):
        if row.state == "done":
            actions.reopen(row.pk, reason="Thu hồi", by=cast.approver_of(row), at=at(11, 7))
        actions.withdraw(row.pk, reason="Thu hồi", by=cast.leader, at=at(11, 7))

    quarantine_document(document.pk, by=clerk, at=at(12, 7))

    page = client.get(f"/bang-dieu-hanh/da-chot/{sheet.pk}?phan=doi-chieu")
    assert document.title in shown and document.title not in page.content.decode()
    assert page.context["main"].total == 10 and page.context["rows"]
    sheet.refresh_from_db()
    assert document.title not in str(sheet.content) + str(Act.objects.get(pk=sheet.act).target_label)


REFUSED = "never changed or deleted"


@pytest.mark.parametrize(
    "attempt",
    [
        lambda sheet: Sheet.objects.filter(pk=sheet.pk).update(cells={}),
        lambda sheet: Sheet.objects.filter(pk=sheet.pk).delete(),
        lambda sheet: sheet.save(),
    ],
)
def test_neither_the_orm_nor_sql_changes_or_deletes_it(attempt):
    sheet = issued(played())

    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        attempt(sheet)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="REPLACE is SQLite's")
@pytest.mark.parametrize("key", ["id", "id + 1"])
def test_replace_is_refused(key):
    issued(played())
    names = [field.column for field in Sheet._meta.concrete_fields if field.column != "id"]
    listed = ", ".join(f'"{name}"' for name in names)

    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"REPLACE INTO tasks_sheet (id, {listed}) SELECT {key}, {listed} FROM tasks_sheet")


def test_the_check_names_a_sheet_that_was_changed_past_the_trigger_or_taken_away():
    cast = played()
    sheet, other = issued(cast), issued(cast, Scope(period="2017-06"))
    with unguarded():
        Sheet.objects.filter(pk=sheet.pk).update(content=sheet.content | {"name": "Khác"})
        Sheet.objects.filter(pk=other.pk).delete()

    findings = check_site(DAY)

    assert [f"{number} (30/06/2017)" in sentence for number, sentence in zip((1, 2), findings, strict=True)] == [
        True
    ] * 2
    assert triggers.missing(connection) == []


def test_who_reads_the_branch_reads_its_sheets_and_a_focal_point_only_those_of_the_own_hands():
    cast = played()
    whole = issued(cast)
    unit = cast.tree.north1
    head = make_holder(unit, Role.LEADER)
    own = issue_sheet(unit.pk, EVERYTHING, day=THEN, by=head, at=LATER)
    inspector, clerk = make_holder(cast.tree.bloc, Role.INSPECTOR), make_holder(cast.tree.bloc, Role.CLERK)

    seen = {
        who: set(rules.visible_sheets(person, DAY).values_list("pk", flat=True))
        for who, person in {
            "officer": cast.officer,
            "inspector": inspector,
            "north": cast.north_leader,
            "south": cast.south_leader,
            "focal": cast.focal[unit.pk],
            "clerk": clerk,
        }.items()
    }

    both = {whole.pk, own.pk}
    assert own.alone and figures_from(own).main.total == 2
    assert seen == {
        "officer": both,
        "inspector": both,
        "north": {own.pk},
        "south": set(),
        "focal": {own.pk},
        "clerk": set(),
    }


def test_the_leader_issues_from_the_printed_sheet_and_each_difference_opens_its_rows(client):
    cast = played()
    unit, on = cast.tree.bloc, "2017-06-30"
    on_day(DAY)
    client.force_login(cast.leader)
    printed = client.get(f"/bang-dieu-hanh/{unit.pk}/bang-in?ngay={on}")
    shown = client.get(printed.context["issue_url"])
    answer = client.post(f"/bang-dieu-hanh/{unit.pk}/chot", shown.context["params"])
    sheet = Sheet.objects.get()
    report_late(cast)

    page = client.get(f"{answer.url}?phan=doi-chieu")
    part = client.get(f"{answer.url}?phan=doi-chieu", headers={"HX-Request": "true"})

    assert answer.url == f"/bang-dieu-hanh/da-chot/{sheet.pk}" and sheet.digest in page.content.decode()
    rows = page.context["rows"]
    assert rows and all(len(client.get(row["url"]).context["rows"]) == row["now"] for row in rows)
    assert part.content.decode().lstrip().startswith("<section")
    again = client.get(f"/bang-dieu-hanh/{unit.pk}?ngay={on}")
    assert again.context["issued"] == sheet and f'href="{answer.url}"' in again.content.decode()
    assert client.get(f"/bang-dieu-hanh/{unit.pk}").context["issued"] == sheet
    assert client.get(f"/bang-dieu-hanh/{unit.pk}/da-chot").context["rows"][0][0] == sheet


def test_the_workbook_holds_what_was_issued_with_its_proof(client):
    cast = played()
    sheet = issued(cast)
    report_late(cast)
    on_day(DAY)
    client.force_login(cast.officer)

    file = client.get(f"/bang-dieu-hanh/da-chot/{sheet.pk}.xlsx")

    cells = [cell.value for row in load_workbook(BytesIO(file.content)).worksheets[0].iter_rows() for cell in row]
    assert f"SHA-256 {sheet.digest}" in cells and 10 in cells
    assert any(cast.leader.name in str(value) for value in cells)


@pytest.mark.parametrize("asked", ["ngay=2017-07-11", "ngay=hom-qua", "ngay=0001-01-01", "ngay=2017-02-30"])
def test_a_day_that_is_none_or_to_come_is_refused_and_never_taken_for_today(client, asked):
    cast = played()
    on_day(DAY)
    client.force_login(cast.leader)
    name, value = asked.split("=")

    answer = client.post(f"/bang-dieu-hanh/{cast.tree.bloc.pk}/chot", {name: value})

    assert answer.status_code == 409 and not Sheet.objects.exists()


def test_who_may_not_issue_is_told_so_and_finds_no_button(client):
    cast = played()
    on_day(DAY)
    client.force_login(cast.officer)

    assert client.get(f"/bang-dieu-hanh/{cast.tree.bloc.pk}/bang-in").context["issue_url"] == ""
    assert client.get(f"/bang-dieu-hanh/{cast.tree.bloc.pk}/chot").status_code == 409
    assert client.post(f"/bang-dieu-hanh/{cast.tree.bloc.pk}/chot").status_code == 409
    assert client.get(f"/bang-dieu-hanh/{cast.tree.bloc.pk}/chot?ngay=2017-07-11").status_code == 409


def test_the_pages_cost_the_same_whatever_stands_on_them(client):
    cast = played()
    focus = Focus.objects.create(unit=cast.tree.bloc, kind="key", title="Trọng tâm", valid_from=date(2017, 1, 1))
    Task.objects.update(focus=focus)
    sheet = issued(cast)
    on_day(DAY)
    client.force_login(cast.leader)
    urls = [
        f"/bang-dieu-hanh/{cast.tree.bloc.pk}/da-chot",
        f"/bang-dieu-hanh/da-chot/{sheet.pk}",
        f"/bang-dieu-hanh/da-chot/{sheet.pk}?phan=doi-chieu",
    ]

    def cost() -> list[int]:
        found = []
        for url in urls:
            with CaptureQueriesContext(connection) as made:
                client.get(url)
            found.append(len(made))
        return found

    issued(cast, Scope(document=Task.objects.first().document_id))
    cost()
    small = cost()
    for number in range(3):
        make_unit(cast.tree.north if number % 2 else cast.tree.bloc)
    for scope in (Scope(focus=focus.pk), Scope(period="2017-06"), Scope(period="2017")):
        issued(cast, scope)

    assert cost() == small


def test_the_act_says_which_sheet_of_which_unit():
    cast = played()
    issued(cast)

    act = Act.objects.get(verb="sheet.issued")

    assert act.target_label == f"1 (30/06/2017): {cast.tree.bloc.name}" and act.data == {"number": 1, "on": str(THEN)}
    assert act in rules.visible_acts(cast.officer, DAY)


def test_hand_over_between_branches_leaves_the_whole_and_changes_the_lines():
    cast = Cast()
    issue = make_issue(cast)
    sheet = issued(cast)
    row = assignment_of(issue, cast.tree.north1)
    actions.withdraw(row.pk, reason="Giao trùng", by=cast.leader, at=at(29, 6))

    found = differences(sheet)

    assert {(one.part, one.key) for one in found} == {("main", ""), ("lines", cast.tree.north.pk)}
    assert replace(found[0], name="").now == 4

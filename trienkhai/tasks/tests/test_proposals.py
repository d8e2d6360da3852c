"""What was read becomes draft tasks: who leads, who co-ordinates, when it is due; what is not certain is a doubt."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from trienkhai.audit.models import Act
from trienkhai.common.days import OPEN_END
from trienkhai.documents.models import Clause, DocumentText
from trienkhai.norms.models import Norm
from trienkhai.orgs.models import Unit
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_unit
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Task
from trienkhai.tasks.proposals import doubt_sentence, propose, report
from trienkhai.tasks.tests.make import DUE, Cast, make_document

pytestmark = pytest.mark.django_db


def make_text(unit: Unit, *rows: dict[str, Any], **document: Any) -> DocumentText:
    """A document of `unit` with what the reader would have found in it."""
    tasks = [{"text": "Xây dựng kế hoạch", "mode": "joint"} | row for row in rows]
    return DocumentText.objects.create(
        document=make_document(unit, **document), sha256="0" * 64, text="…", reading={"tasks": tasks}, created_at=NOON
    )


def proposed(unit: Unit, *, on: date = DAY, issued_on: date | None = DAY, **row: Any) -> dict[str, Any]:
    return propose(make_text(unit, row, issued_on=issued_on), unit, on)[0]


def codes(proposal: dict[str, Any]) -> list[str]:
    return [doubt["code"] for doubt in proposal["doubts"]]


def test_one_named_body_leads_and_those_after_phoi_hop_co_ordinate():
    bloc = Tree().bloc

    found = proposed(bloc, lead="Đảng bộ Bắc", coordinating=["Văn phòng", "Đảng bộ Nam"], product="kế hoạch")

    assert (found["mode"], found["selection"]) == ("joint", "unit:K.B")
    assert found["coordinating_selection"] == "unit:K.VP + unit:K.N"
    assert (found["lead_words"], found["coordinating_words"]) == ("Đảng bộ Bắc", "Văn phòng; Đảng bộ Nam")
    assert (found["product"], found["doubts"]) == ("kế hoạch", [])


def test_of_several_named_bodies_the_first_leads_and_the_doubt_says_so():
    found = proposed(Tree().bloc, lead="Đảng bộ Bắc, Đảng bộ Nam", coordinating=["Đảng bộ Bắc", "Văn phòng"])

    assert (found["mode"], found["selection"]) == ("joint", "unit:K.B")
    assert found["coordinating_selection"] == "unit:K.N + unit:K.VP"
    assert codes(found) == ["several_leads"]


def test_a_group_makes_each_lead_its_own():
    found = proposed(Tree().bloc, lead="Các tổ chức cơ sở đảng", mode="each")

    assert (found["mode"], found["selection"], found["doubts"]) == ("each", "grassroots", [])


def test_a_body_beside_a_group_makes_each_over_both_and_is_flagged():
    found = proposed(Tree().bloc, lead="Văn phòng; các tổ chức cơ sở đảng", mode="each")

    assert (found["mode"], found["selection"]) == ("each", "unit:K.VP + grassroots")
    assert codes(found) == ["mixed_leads"]


def test_a_group_that_leaves_somebody_out_takes_nobody_from_the_others():
    tree = Tree()
    groups = [{"selection": "grassroots - kind:grassroots_cell", "phrases": ["các đảng bộ nhỏ"]}]
    Norm.objects.create(
        key="group_phrases", place=tree.bloc.path, valid_from=DAY, value=[{"seen_from": ["bloc"], "groups": groups}]
    )

    found = proposed(tree.bloc, lead="Chi bộ Bắc Hai; các đảng bộ nhỏ", mode="each")

    assert found["selection"] == "grassroots - kind:grassroots_cell + unit:K.B.2"


def test_a_lead_nobody_knows_is_named_in_a_doubt_and_not_replaced():
    found = proposed(Tree().bloc, lead="Bộ Công Thương, Đảng bộ Nam", coordinating=["Bộ Y tế"])

    assert (found["mode"], found["selection"]) == ("joint", "")
    assert found["coordinating_selection"] == "unit:K.N"
    assert codes(found) == ["not_matched", "several_leads", "coordinator_not_matched"]
    assert [doubt["words"] for doubt in found["doubts"] if "words" in doubt] == ["Bộ Công Thương", "Bộ Y tế"]


def test_a_group_that_says_nobody_in_particular_is_left_to_a_person():
    found = proposed(Tree().bloc, lead="Các cơ quan, đơn vị liên quan", mode="each")

    assert (found["mode"], found["selection"]) == ("each", "")
    assert codes(found) == ["undetermined"]


def test_a_task_without_lead_is_each_of_the_common_selection_and_says_so():
    found = proposed(Tree().bloc, lead=None, mode="joint")

    assert (found["mode"], found["selection"], codes(found)) == ("each", "", ["no_lead"])


def test_more_bodies_than_a_selection_holds_are_left_to_a_person():
    tree = Tree()
    names = [f"Đảng bộ Số {number}" for number in range(60)]
    for number, name in enumerate(names):
        make_unit(tree.bloc, code=f"K.RAT.DAI.{number:09d}", name=name)

    found = proposed(tree.bloc, lead="Đảng bộ Bắc", coordinating=names)

    assert (found["selection"], found["coordinating_selection"]) == ("unit:K.B", "")
    assert codes(found) == ["coordinator_too_many"]


@pytest.mark.parametrize(
    ("words", "due_on", "recurrence", "doubts"),
    [
        ("trước ngày 15/3/2017", date(2017, 3, 14), "", []),
        ("trong quý II năm 2017", date(2017, 6, 30), "", []),
        ("20 ngày kể từ ngày ký", date(2017, 1, 23), "", []),
        ("thường xuyên", OPEN_END, "", []),
        ("", OPEN_END, "", []),
        ("hằng quý", date(2017, 3, 31), "quarter", []),
        ("trước ngày 30/6 và 30/11 hằng năm", date(2017, 6, 29), "year", ["few_dates"]),
        ("sau khi được phê duyệt", OPEN_END, "", ["no_day"]),
        ("trước ngày 30/02/2017", OPEN_END, "", ["no_day"]),
    ],
)
def test_due_day_follows_from_the_words_or_a_doubt_asks_for_it(words, due_on, recurrence, doubts):
    found = proposed(Tree().bloc, lead="Đảng bộ Bắc", deadline=words)

    assert (found["due_words"], found["due_on"], found.get("recurrence", "")) == (words, due_on, recurrence)
    assert codes(found) == doubts


def test_a_day_before_the_issue_is_left_to_a_person():
    found = proposed(Tree().bloc, on=date(2017, 5, 2), lead="Đảng bộ Bắc", deadline="trước ngày 15/3/2017")

    assert (found["due_on"], codes(found)) == (OPEN_END, ["before_issue"])


def test_what_recurs_is_due_first_on_or_after_the_day_of_issue():
    bloc = Tree().bloc

    late = proposed(bloc, on=date(2017, 5, 2), lead="Đảng bộ Bắc", deadline="hằng quý")
    ended = proposed(bloc, on=date(2017, 5, 2), lead="Đảng bộ Bắc", deadline="hằng năm đến năm 2020")

    assert (late["due_on"], late["doubts"]) == (date(2017, 6, 30), [])
    assert (ended["due_on"], ended["recurrence"], codes(ended)) == (date(2017, 12, 31), "year", [])
    assert ended["recurs_until"] == date(2020, 12, 31) and "recurs_until" not in late


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("năm 2017 và những năm tiếp theo", None),
        ("hằng năm", None),
        ("hằng năm đến 2030", date(2030, 12, 31)),
        ("định kỳ hằng quý, từ năm 2017 đến năm 2018", date(2018, 12, 31)),
        ("trước ngày 15/12 hằng năm đến năm 2020", date(2020, 12, 31)),
    ],
)
def test_what_recurs_ends_when_the_words_say_so(words, until):
    found = proposed(Tree().bloc, lead="Đảng bộ Bắc", deadline=words)

    assert found["recurrence"] and found.get("recurs_until") == until
    assert codes(found) == []


def test_days_are_counted_from_the_day_of_issue_when_the_document_has_no_date():
    found = proposed(Tree().bloc, issued_on=None, lead="Đảng bộ Bắc", deadline="trong 10 ngày kể từ ngày ký")

    assert found["due_on"] == date(2017, 1, 13)


def test_a_task_stands_in_the_deepest_clause_that_holds_its_words():
    bloc = Tree().bloc
    text = make_text(bloc, {"start": 12, "end": 20, "quote": "Giao …"}, {"start": 45, "end": 50}, {})
    section = Clause.objects.create(text=text, kind="roman", label="I", position=0, start=0, end=40)
    point = Clause.objects.create(
        text=text, kind="arabic", label="1", parent=section, depth=1, position=1, start=10, end=30
    )

    found = propose(text, bloc, DAY)

    assert [row["clauses"] for row in found] == [[point.pk], [], []]
    assert [row["quote"] for row in found] == ["Giao …", "Xây dựng kế hoạch", "Xây dựng kế hoạch"]


def test_every_proposal_can_be_prepared_as_it_stands():
    cast = Cast()
    rows = [
        {"text": "Việc " + "dài " * 500, "lead": "Bộ " + "Rất Dài " * 90, "coordinating": ["Sở " + "Xa " * 200] * 5},
        {"lead": "Các tổ chức cơ sở đảng", "deadline": "trước ngày 15/3/2017 " + "và sau đó " * 80},
        {"lead": "Văn phòng", "deadline": "hằng tháng", "product": "báo cáo " * 100},
    ]
    text = make_text(cast.tree.bloc, *rows)

    issue = actions.prepare_issue(
        text.document, cast.tree.bloc, propose(text, cast.tree.bloc, DAY), by=cast.officer, at=NOON
    )

    assert issue.tasks.count() == 3
    assert all(doubt_sentence(doubt) for task in issue.tasks.all() for doubt in task.doubts)


def test_a_named_lead_that_was_not_matched_is_never_replaced_by_the_common_selection():
    cast = Cast()
    text = make_text(cast.tree.bloc, {"lead": "Bộ Công Thương"})
    proposals = propose(text, cast.tree.bloc, DAY)
    issue = actions.prepare_issue(text.document, cast.tree.bloc, proposals, by=cast.officer, at=NOON)

    with pytest.raises(ValidationError, match="Bộ Công Thương"):
        actions.issue_tasks(issue.pk, by=cast.leader, at=NOON)
    task = Task.objects.get()
    actions.change_task(task.pk, {"selection": "unit:K.B"}, by=cast.officer, at=NOON)
    actions.issue_tasks(issue.pk, by=cast.leader, at=NOON)

    assert Assignment.objects.get().unit == cast.tree.north


def test_what_a_person_sets_settles_its_doubts_and_no_others():
    cast = Cast()
    text = make_text(cast.tree.bloc, {"lead": "Bộ Công Thương", "coordinating": ["Bộ Y tế"], "deadline": "sớm nhất"})
    proposals = propose(text, cast.tree.bloc, DAY)
    issue = actions.prepare_issue(text.document, cast.tree.bloc, proposals, by=cast.officer, at=NOON)
    task = issue.tasks.get()

    actions.change_task(task.pk, {"title": "Việc khác"}, by=cast.officer, at=NOON)
    untouched = codes_of(task)
    actions.change_task(task.pk, {"selection": "unit:K.B"}, by=cast.officer, at=NOON)
    led = codes_of(task)
    actions.change_task(task.pk, {"due_on": DUE}, by=cast.officer, at=NOON)

    assert untouched == ["not_matched", "coordinator_not_matched", "no_day"]
    assert led == ["coordinator_not_matched", "no_day"]
    assert codes_of(task) == ["coordinator_not_matched"]


def codes_of(task: Task) -> list[str]:
    task.refresh_from_db()
    return [doubt["code"] for doubt in task.doubts]


def test_a_lead_named_once_by_a_person_holds_for_the_other_drafts_and_the_next_document():
    cast = Cast()
    text = make_text(cast.tree.bloc, {"lead": "Đảng ủy Phía Bắc"}, {"lead": "Đảng ủy Phía Bắc"}, {"lead": "Bộ Y tế"})
    proposals = propose(text, cast.tree.bloc, DAY)
    issue = actions.prepare_issue(text.document, cast.tree.bloc, proposals, by=cast.officer, at=NOON)
    first, second, third = issue.tasks.order_by("position")

    actions.change_task(first.pk, {"selection": "unit:K.B", "mode": "joint"}, remember=True, by=cast.officer, at=NOON)

    second.refresh_from_db()
    assert (second.selection, second.mode, second.doubts) == ("unit:K.B", "joint", [])
    assert codes_of(third) == ["not_matched"]
    assert proposed(cast.tree.bloc, lead="Đảng uỷ phía Bắc")["selection"] == "unit:K.B"
    assert Act.objects.filter(verb="task.changed").count() == 2
    assert Act.objects.filter(verb="body.resolved").count() == 1


def test_the_report_lists_who_was_matched_and_who_was_not_and_how_often():
    bloc = Tree().bloc
    text = make_text(
        bloc, {"lead": "Đảng bộ Bắc; Bộ Y tế"}, {"lead": "Bộ Y tế"}, {"lead": "các tổ chức cơ sở đảng"}, {"lead": None}
    )

    found = report(text, bloc, DAY)

    assert found.resolved == {"Đảng bộ Bắc": "unit:K.B", "các tổ chức cơ sở đảng": "grassroots"}
    assert (found.open, found.mentions, found.matched) == ({"Bộ Y tế": 2}, 4, 2)


def test_three_hundred_tasks_cost_the_queries_of_one(django_assert_max_num_queries):
    bloc = Tree().bloc
    text = make_text(
        bloc, *[{"lead": f"Đảng bộ Bắc, Đảng bộ {number}", "deadline": "hằng quý"} for number in range(300)]
    )

    with django_assert_max_num_queries(14):
        propose(text, bloc, DAY)

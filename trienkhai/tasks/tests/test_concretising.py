"""A unit makes an upper document concrete: answers, its own paper, work that hangs on what it serves, coverage."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.dissemination.actions import Order, send_document
from trienkhai.documents.actions import change_draft, finish_draft
from trienkhai.documents.models import Clause, Document, DocumentText, Draft
from trienkhai.documents.tests.make_drafts import WORDS
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import DAY, NOON, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.actions.leaving import remove_work
from trienkhai.tasks.models import Assignment, ClauseAnswer, Concretising, Issue, Task
from trienkhai.tasks.proposals import propose
from trienkhai.tasks.queries.concretising import answered, open_clauses, served_by, serving, tasks_below, way_up
from trienkhai.tasks.queries.coverage import branch_rows, clause_rows
from trienkhai.tasks.rules import visible_assignments
from trienkhai.tasks.tests.make import DUE, Cast, at, make_document

pytestmark = pytest.mark.django_db

POINTS = (
    "1. Nâng cao chất lượng sinh hoạt chi bộ.",
    "2. Kiểm tra ít nhất hai lần mỗi năm.",
    "3. Bồi dưỡng cấp ủy viên ngoài nước.",
)
TAKEN, ADAPTED, NOT = ClauseAnswer.Kind.TAKEN, ClauseAnswer.Kind.ADAPTED, ClauseAnswer.Kind.NOT_APPLICABLE


class Place:
    """A resolution of the bloc with three points under one heading, two of them given to all; an officer of north."""

    def __init__(self) -> None:
        self.cast = Cast()
        tree = self.cast.tree
        self.north: Unit = tree.north
        self.officer = make_holder(tree.north, Role.OFFICER)
        self.document = make_document(tree.bloc)
        self.clauses = clauses_of(self.document)
        rows = [
            {"title": POINTS[n], "due_on": DUE, "clauses": [self.clauses[n].pk], "selection": "children"}
            for n in range(2)
        ]
        issue = actions.prepare_issue(self.document, tree.bloc, rows, by=self.cast.officer, at=NOON)
        self.issue: Issue = actions.issue_tasks(issue.pk, by=self.cast.leader, at=NOON)

    def answer(self, *given: tuple[int, str, str, str], by: Account | None = None) -> Concretising:
        answers = {
            self.clauses[n].pk: {"kind": kind, "words": words, "reason": reason} for n, kind, words, reason in given
        }
        return actions.answer_clauses(self.document, self.north, answers, by=by or self.officer, at=at(5))


def clauses_of(document: Document) -> list[Clause]:
    heading = "II. NHIỆM VỤ"
    words = "\n".join([heading, *POINTS])
    text = DocumentText.objects.create(document=document, sha256="1" * 64, text=words, created_at=NOON)
    parent = Clause.objects.create(
        text=text, kind="roman", label="II", heading="NHIỆM VỤ", position=0, start=0, end=len(words)
    )
    found = []
    for number, point in enumerate(POINTS, start=1):
        start = words.index(point)
        found.append(
            Clause.objects.create(
                text=text, parent=parent, kind="arabic", label=str(number), heading=point[3:], position=number,
                depth=1, start=start, end=start + len(point),
            )
        )  # fmt: skip
    return found


@pytest.fixture
def place() -> Place:
    return Place()


def issued_paper(place: Place) -> tuple[Concretising, Document]:
    """North takes over one point and adapts another; its clerk issues the plan that was drafted of them."""
    row = place.answer((0, TAKEN, "", ""), (1, ADAPTED, "Kiểm tra mỗi quý một lần.", ""))
    draft = actions.draft_programme(row.pk, by=place.officer, at=at(6))
    written = ("system", "kind", "title", "body", "bases")
    words = WORDS | {name: getattr(draft, name) for name in written}
    draft = change_draft(draft.pk, words, base=draft.version, by=place.officer, at=at(6))
    document = finish_draft(
        draft.pk, base=draft.version, issued_on=at(7).date(), not_secret=True, by=place.officer, at=at(7)
    )
    return Concretising.objects.get(pk=row.pk), document


def test_only_parts_without_parts_of_their_own_are_answered(place: Place):
    assert [clause.pk for clause in open_clauses(place.document)] == [clause.pk for clause in place.clauses]


def test_answers_are_stored_in_one_act_and_the_same_ones_again_change_nothing(place: Place):
    given = [(0, TAKEN, "", ""), (1, ADAPTED, "Mỗi quý một lần.", ""), (2, NOT, "", "Không có cấp ủy ở ngoài nước.")]

    row = place.answer(*given)
    place.answer(*given)

    kinds = list(row.answers.order_by("clause__position").values_list("kind", flat=True))
    assert kinds == [TAKEN, ADAPTED, NOT]
    assert Act.objects.filter(verb="concretising.answered").count() == 1


@pytest.mark.parametrize(
    "given",
    [(0, "adapted", "", ""), (0, "not_applicable", "", "  "), (0, "perhaps", "", ""), (0, "taken", "x" * 5001, "")],
)
def test_an_answer_that_lacks_its_words_stores_nothing_of_the_page(place: Place, given: tuple[int, str, str, str]):
    with pytest.raises(ValidationError) as fault:
        place.answer((1, TAKEN, "", ""), given)

    assert list(fault.value.message_dict) == [str(place.clauses[0].pk)]
    assert not Concretising.objects.exists()


def test_an_answer_can_be_taken_back(place: Place):
    row = place.answer((0, TAKEN, "", ""))
    place.answer((0, "", "", ""))

    assert not row.answers.exists()


def test_a_clause_of_another_text_is_refused(place: Place):
    other = clauses_of(make_document(place.cast.tree.bloc, symbol="02-NQ/ĐUTHU"))[0]

    with pytest.raises(Refused):
        actions.answer_clauses(place.document, place.north, {other.pk: {"kind": TAKEN}}, by=place.officer, at=at(5))


def test_neither_a_stranger_nor_the_issuer_answers(place: Place):
    with pytest.raises(Refused):
        place.answer((0, TAKEN, "", ""), by=place.cast.south_leader)
    with pytest.raises(Refused):
        actions.answer_clauses(place.document, place.cast.tree.bloc, {}, by=place.cast.officer, at=at(5))


def test_the_paper_is_drafted_from_what_was_taken_over_once(place: Place):
    row = place.answer((0, TAKEN, "", ""), (1, ADAPTED, "Kiểm tra mỗi quý một lần.", ""), (2, NOT, "", "Không có."))

    draft = actions.draft_programme(row.pk, by=place.officer, at=at(6))
    again = actions.draft_programme(row.pk, by=place.officer, at=at(6))

    assert again.pk == draft.pk and draft.source_id == place.document.pk
    assert "1. Nâng cao chất lượng sinh hoạt chi bộ." in draft.body
    assert "2. Kiểm tra mỗi quý một lần." in draft.body
    assert "ngoài nước" not in draft.body and "hai lần" not in draft.body


def test_nothing_is_drafted_from_nothing(place: Place):
    row = place.answer((2, NOT, "", "Không có."))

    with pytest.raises(Refused):
        actions.draft_programme(row.pk, by=place.officer, at=at(6))


def test_tasks_of_the_own_paper_hang_on_the_assignment_they_serve(place: Place):
    _row, document = issued_paper(place)
    text = document.texts.get()

    found = {proposal["title"]: proposal["serves"] for proposal in propose(text, place.north, at(8).date())}

    by_hand = [
        {"title": "Nâng cao chất lượng sinh hoạt chi bộ", "due_on": DUE, "serves": assignment_of_task(place, 0)},
    ]
    issue = actions.prepare_issue(document, place.north, by_hand, by=place.officer, at=at(8))
    actions.issue_tasks(issue.pk, by=place.cast.north_leader, at=at(8))
    task = Task.objects.get(issue=issue)
    steps = way_up(Assignment.objects.filter(task=task).first(), visible_assignments(place.cast.leader, DAY))

    assert all(served is None or served.held_by_id == place.north.pk for served in found.values())
    assert [step.assignment.task_id for step in steps] == [task.pk, assignment_of_task(place, 0).task_id]
    assert [clause.pk for clause in steps[-1].clauses] == [place.clauses[0].pk]


def assignment_of_task(place: Place, number: int) -> Assignment:
    task = place.issue.tasks.order_by("position")[number]
    return Assignment.objects.get(task=task, unit=place.north)


def test_the_words_of_an_answer_find_the_assignment_they_serve(place: Place):
    _row, document = issued_paper(place)

    known = serving(document, place.north)

    assert served_by("Nâng cao chất lượng sinh hoạt chi bộ;", known) == assignment_of_task(place, 0)
    assert served_by("Kiểm tra mỗi quý một lần", known) == assignment_of_task(place, 1)
    assert served_by("Việc khác hẳn", known) is None


def test_from_a_clause_to_the_work_at_every_level(place: Place):
    _row, document = issued_paper(place)
    rows: list[dict[str, Any]] = [{"title": "Việc của nhánh", "due_on": DUE, "serves": assignment_of_task(place, 0)}]
    issue = actions.prepare_issue(document, place.north, rows, by=place.officer, at=at(8))
    actions.issue_tasks(issue.pk, by=place.cast.north_leader, at=at(8))

    seen = tasks_below([place.clauses[0].pk], place.cast.leader, DAY)
    by_stranger = tasks_below([place.clauses[0].pk], place.cast.south_leader, DAY)

    assert [(depth, task.title) for depth, task in seen] == [(0, POINTS[0]), (1, "Việc của nhánh")]
    assert [task.title for _depth, task in by_stranger] == [POINTS[0]]


def test_coverage_counts_each_branch_and_clauses_without_work(place: Place):
    row, document = issued_paper(place)
    given = assignment_of_task(place, 0)
    actions.acknowledge(given.pk, by=place.cast.north_leader, at=at(8))
    actions.update_progress(given.pk, percent=40, text="Đang làm", by=place.cast.north_leader, at=at(8))
    rows = [{"title": "Việc của nhánh", "due_on": DUE, "serves": given}]
    issue = actions.prepare_issue(document, place.north, rows, by=place.officer, at=at(8))
    actions.issue_tasks(issue.pk, by=place.cast.north_leader, at=at(8))
    bloc = place.cast.tree.bloc
    send_document(place.document.pk, bloc, Order(selection="grassroots"), by=place.cast.officer, at=at(8))

    branches = {one.unit.pk: one for one in branch_rows(place.document, place.cast.tree.bloc)}
    clauses = clause_rows(place.document, place.cast.leader, DAY)

    north, south = branches[place.north.pk], branches[place.cast.tree.south.pk]
    assert (north.given, north.reported, north.done, north.tasks, north.papers) == (2, 1, 0, 1, 1)
    assert north.own == row.paper == document
    assert (north.sent, north.received, north.studied) == (2, 0, 0)
    assert (south.given, south.reported, south.tasks, south.own) == (2, 0, 0, None)
    assert [(one.clause.label, one.tasks) for one in clauses] == [("II", 0), ("1", 1), ("2", 1), ("3", 0)]


def test_the_page_takes_answers_and_keeps_what_was_typed_when_one_is_wrong(place: Place, client: Any):
    client.force_login(place.officer)
    url = reverse("tasks:concretise", args=[place.document.pk])
    first, second = place.clauses[0].pk, place.clauses[1].pk
    typed = {f"kind-{first}": "taken", f"kind-{second}": "adapted", f"words-{second}": " "}

    wrong = client.post(url, typed)
    right = client.post(url, typed | {f"words-{second}": "Mỗi quý một lần.", "draft": "1"})

    assert wrong.status_code == 422 and b'value="adapted" checked' in wrong.content
    assert Concretising.objects.get().draft_id and right.status_code == 302
    assert client.get(url).status_code == 200
    assert client.get(reverse("tasks:clause", args=[first])).status_code == 200


def test_whoever_guides_the_bloc_sees_the_branches_and_a_focal_point_only_clauses(place: Place, client: Any):
    url = reverse("tasks:coverage", args=[place.document.pk])
    client.force_login(place.cast.leader)
    above = client.get(url).content.decode()
    client.force_login(make_holder(place.north, Role.FOCAL))
    below = client.get(url).content.decode()

    assert "Đảng bộ Nam" in above and "Đảng bộ Nam" not in below
    assert 'id="clauses-title"' in above and 'id="clauses-title"' in below


def test_a_paper_written_elsewhere_is_named_only_when_the_unit_holds_it(place: Place):
    row = place.answer((0, TAKEN, "", ""))
    own = make_document(place.north, symbol="05-KH/ĐUB")

    with pytest.raises(Refused):
        actions.name_paper(row.pk, place.document, by=place.officer, at=at(6))
    named = actions.name_paper(row.pk, own, by=place.officer, at=at(6))

    assert named.paper == own
    with pytest.raises(Refused):
        actions.draft_programme(row.pk, by=place.officer, at=at(6))


def test_a_programme_still_being_written_leaves_with_the_document_whose_words_it_holds(place: Place):
    other = make_document(place.cast.tree.bloc, symbol="04-NQ/ĐUTHU", published="all")
    first = clauses_of(other)[0]
    row = actions.answer_clauses(other, place.north, {first.pk: {"kind": TAKEN}}, by=place.officer, at=at(5))
    draft = actions.draft_programme(row.pk, by=place.officer, at=at(6))

    removed = remove_work(other)

    assert removed["documents.draft"] == [draft.pk] and not Draft.objects.filter(pk=draft.pk).exists()


def newer_text(document: Document, *points: str) -> list[Clause]:
    """A further text with these points under the same heading."""
    words = "\n".join(["II. NHIỆM VỤ", *points])
    version = document.texts.count() + 1
    text = DocumentText.objects.create(
        document=document, version=version, sha256=f"{version:064d}", text=words, created_at=NOON
    )
    parent = Clause.objects.create(
        text=text, kind="roman", label="II", heading="NHIỆM VỤ", position=0, start=0, end=len(words)
    )
    spans = [(point, words.index(point)) for point in points]
    rows = [
        Clause(
            text=text, parent=parent, kind="arabic", label=point.split(".")[0], position=place, depth=1, start=start,
            end=start + len(point),
        )
        for place, (point, start) in enumerate(spans, start=1)
    ]  # fmt: skip
    return list(Clause.objects.bulk_create(rows))


def test_answers_go_over_to_a_new_text_where_words_are_the_same_and_the_rest_is_to_answer_anew(place: Place):
    row = place.answer(
        (0, TAKEN, "", ""), (1, ADAPTED, "Ba lần mỗi năm", ""), (2, NOT, "", "Không có chi bộ ngoài nước")
    )
    changed = "2. Kiểm tra ít nhất bốn lần mỗi năm."
    clauses = newer_text(place.document, POINTS[0], changed, "4. Sơ kết hằng quý.")

    lines, gone = answered(place.document, row)

    assert [(bool(line.answer), bool(line.before)) for line in lines] == [(True, False), (False, True), (False, False)]
    assert (lines[1].before.words, lines[1].before_words) == ("Ba lần mỗi năm", POINTS[1])
    assert [line.answer.reason for line in gone] == ["Không có chi bộ ngoài nước"]

    given = {clauses[0].pk: {"kind": TAKEN}, clauses[1].pk: {"kind": ADAPTED, "words": "Bốn lần"}}
    actions.answer_clauses(place.document, place.north, given, by=place.officer, at=at(6))
    actions.answer_clauses(place.document, place.north, {clauses[0].pk: {"kind": ""}}, by=place.officer, at=at(6))

    lines, gone = answered(place.document, row)
    assert [line.answer.words if line.answer else None for line in lines] == [None, "Bốn lần", None]
    assert not lines[0].before and not lines[1].before and len(gone) == 1


def test_work_from_the_old_text_is_still_served_by_answers_to_the_new_one(place: Place):
    place.answer((0, TAKEN, "", ""))
    paper = make_document(place.north, number="05", symbol="05-KH/ĐUTHU")
    Concretising.objects.update(result=paper)
    before = serving(paper, place.north)

    newer_text(place.document, *POINTS)

    assert before and serving(paper, place.north) == before


def test_the_page_shows_the_old_answer_beside_a_clause_that_changed(place: Place, client: Any):
    place.answer((0, TAKEN, "", ""), (1, ADAPTED, "Ba lần mỗi năm", ""))
    newer_text(place.document, POINTS[0], "2. Kiểm tra ít nhất bốn lần mỗi năm.")
    client.force_login(place.officer)

    response = client.get(reverse("tasks:concretise", args=[place.document.pk]) + f"?don-vi={place.north.pk}")

    page = response.content.decode()
    assert (response.context["answered"], response.context["anew"]) == (1, 1)
    assert "Ba lần mỗi năm" in page and POINTS[1] in page

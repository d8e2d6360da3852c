"""Drafts: begun, changed, overtaken, put aside, issued; what is refused leaves nothing behind."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils import translation

from trienkhai.audit.models import Act
from trienkhai.common.models import Installation
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import Overtaken, change_draft, drop_draft, quarantine_document
from trienkhai.documents.layouts import WORTHLESS
from trienkhai.documents.models import Document, Draft, DraftState, DraftVersion, System
from trienkhai.documents.queries.drafts import changes_between, habits_of, layout_of
from trienkhai.documents.reader import read_text
from trienkhai.documents.reader.files import open_document
from trienkhai.documents.rules_drafting import visible_drafts
from trienkhai.documents.tests.make import stored
from trienkhai.documents.tests.make_drafts import WORDS, begin, finish
from trienkhai.norms.models import Norm
from trienkhai.orgs.models import Holding, Role
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_holder
from trienkhai.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are looked at in the language of the sources."""
    with translation.override("en"):
        yield


@pytest.fixture
def tree() -> Tree:
    return Tree()


@pytest.fixture
def clerk(tree: Tree) -> Account:
    return make_holder(tree.bloc, Role.CLERK)


def change(draft: Draft, by: Account, *, base: int = 0, **words: Any) -> Draft:
    return change_draft(draft.pk, WORDS | words, base=base or draft.version, by=by, at=NOON)


def test_a_draft_keeps_every_version_and_who_stored_it(tree: Tree, clerk: Account):
    officer = make_holder(tree.bloc, Role.OFFICER)
    draft = begin(tree.bloc, clerk)

    changed = change(draft, officer, title="về việc khác")
    again = change(changed, officer, title="về việc khác")

    assert again.version == 2
    assert [(row.number, row.by, row.words["title"]) for row in draft.versions.order_by("number")] == [
        (1, clerk, WORDS["title"]),
        (2, officer, "về việc khác"),
    ]
    assert list(Act.objects.filter(verb__startswith="draft.").values_list("verb", flat=True).order_by("pk")) == [
        "draft.begun",
        "draft.changed",
    ]


def test_the_second_of_two_writers_is_told_and_the_first_text_stays(tree: Tree, clerk: Account):
    draft = begin(tree.bloc, clerk)
    change(draft, clerk, body="Chữ của người thứ nhất")

    with pytest.raises(Overtaken) as told:
        change(draft, clerk, base=1, body="Chữ của người thứ hai")

    assert told.value.draft.body == "Chữ của người thứ nhất"
    assert DraftVersion.objects.count() == 2


def test_only_writers_of_the_unit_see_and_change_a_draft(tree: Tree, clerk: Account):
    draft = begin(tree.bloc, clerk)
    others = [
        make_holder(tree.north, Role.LEADER),
        make_holder(tree.bloc, Role.FOCAL),
        make_holder(tree.bloc, Role.ADMIN),
    ]

    for other in others:
        assert not visible_drafts(other, DAY).exists()
        with pytest.raises(Refused):
            change(draft, other, title="khác")

    assert visible_drafts(make_holder(tree.bloc, Role.LEADER), DAY).get() == draft


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"title": "  "}, "title"),
        ({"issuer_name": ""}, "issuer_name"),
        ({"kind": "poem"}, "kind"),
        ({"system": "state", "kind": "conclusion", "authority": ""}, "kind"),
        ({"system": "church"}, "system"),
        ({"urgency": "Rất gấp"}, "urgency"),
        ({"authority": "TM. Đảng ủy"}, "authority"),
        ({"authority": "K/T Ban Thường vụ"}, "authority"),
        ({"system": "state", "authority": "T/M Ủy ban nhân dân"}, "authority"),
        ({"title": "x" * 1001}, "title"),
        ({"body": "MẬT\n\nNội dung"}, "body"),
    ],
)
def test_words_that_the_layout_cannot_take_are_told_at_their_field(tree: Tree, clerk: Account, words: dict, field: str):
    with pytest.raises(ValidationError) as told:
        begin(tree.bloc, clerk, **words)

    assert list(told.value.message_dict) == [field]
    assert not Draft.objects.exists()


def test_the_signer_is_a_leader_of_the_unit_whose_name_and_title_are_printed(tree: Tree, clerk: Account):
    leader = make_holder(tree.bloc, Role.LEADER)
    stranger = make_holder(tree.north, Role.LEADER)

    draft = begin(tree.bloc, clerk, signer=Holding.objects.get(account=leader), signer_role="", signer_name="")

    assert (draft.signer_name, draft.signer_role) == (leader.name, Holding.objects.get(account=leader).post.title)
    with pytest.raises(ValidationError, match="leader"):
        begin(tree.bloc, clerk, signer=Holding.objects.get(account=stranger))


def test_a_draft_put_aside_is_changed_no_more(tree: Tree, clerk: Account):
    draft = begin(tree.bloc, clerk)

    assert drop_draft(draft.pk, by=clerk, at=NOON).state == DraftState.DROPPED

    with pytest.raises(Refused, match="copy"):
        change(draft, clerk, title="khác")
    with pytest.raises(Refused, match="copy"):
        finish(draft, clerk)


def test_a_finished_draft_is_an_outgoing_document_with_word_file_pdf_text_and_links(tree: Tree, clerk: Account):
    draft = begin(tree.bloc, clerk)

    document = finish(draft, clerk)

    assert (document.symbol, document.number, document.issued_on) == ("01-KH/ĐUTHU", "01", DAY)
    assert (document.issuer, document.doc_type, document.signer_name) == (tree.bloc, "Kế hoạch", "Trần Minh Thử")
    assert document.entries.get().book == "out"
    assert [row.file.name for row in document.files.order_by("pk")] == ["01-KH-ĐUTHU.docx", "01-KH-ĐUTHU.pdf"]
    assert document.links.get().symbol == "12-NQ/ĐUTHU"
    text = document.texts.get()
    assert len(text.reading["tasks"]) == 5
    assert text.clauses.filter(kind="row").count() == 3
    assert Draft.objects.get().document == document
    for row in document.files.select_related("file"):
        read = read_text(open_document(BytesIO(default_storage.open(row.file.path).read()), row.file.name).text)
        assert (read.symbol, read.doc_type, read.date) == ("01-KH/ĐUTHU", "Kế hoạch", DAY.isoformat())


def test_issuing_twice_gives_the_same_document(tree: Tree, clerk: Account):
    draft = begin(tree.bloc, clerk)

    assert finish(draft, clerk) == finish(draft, clerk)

    assert Document.objects.count() == 1
    assert Act.objects.filter(verb="draft.finished").count() == 1


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ({"not_secret": False}, "secret"),
        ({"number": "năm"}, "digit"),
        ({"issued_on": date(2017, 2, 1)}, "to come"),
        ({"base": 7}, "stored the draft"),
    ],
)
def test_what_cannot_be_issued_leaves_no_document_and_no_file(
    tree: Tree, clerk: Account, named: dict[str, Any], sentence: str
):
    draft = begin(tree.bloc, clerk)
    before = stored()

    with pytest.raises((ValidationError, Overtaken), match=sentence):
        finish(draft, clerk, **named)

    assert stored() == before
    assert Draft.objects.get().is_open


def test_a_number_that_was_used_is_refused_and_a_given_one_is_taken(tree: Tree, clerk: Account):
    first = finish(begin(tree.bloc, clerk), clerk, number="05a")

    with pytest.raises(ValidationError, match="05a-KH/ĐUTHU"):
        finish(begin(tree.bloc, clerk), clerk, number="05a")

    assert (first.symbol, first.number) == ("05a-KH/ĐUTHU", "05a")
    assert Document.objects.count() == 1


def test_a_draft_that_lacks_what_every_paper_needs_is_not_issued(tree: Tree, clerk: Account):
    draft = begin(tree.bloc, clerk, body="", place="", signer_name="")

    with pytest.raises(ValidationError, match="Place, Body of the paper, Signer's name"):
        finish(draft, clerk)


def test_a_document_locked_away_takes_its_draft_with_it(tree: Tree, clerk: Account):
    document = finish(begin(tree.bloc, clerk), clerk)

    quarantine_document(document.pk, by=clerk, at=NOON)

    assert not Draft.objects.exists()
    assert not DraftVersion.objects.exists()


def test_a_sample_says_in_name_and_text_that_it_is_worthless(tree: Tree, clerk: Account):
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True})

    document = finish(begin(tree.bloc, clerk), clerk)

    file = document.files.order_by("pk").first().file
    intake = open_document(BytesIO(default_storage.open(file.path).read()), file.name)
    assert file.name.startswith(WORTHLESS)
    assert intake.margins.count(WORTHLESS) == 4


@pytest.mark.parametrize(
    ("system", "day", "name", "nearest"),
    [
        ("party", date(2017, 1, 3), "HD 36-HD/VPTW", True),
        ("party", date(2026, 5, 26), "HD 36-HD/VPTW", False),
        ("party", date(2026, 5, 27), "HD 05-HD/VPTW", False),
        ("state", date(2019, 1, 1), "NĐ 30/2020/NĐ-CP", True),
        ("state", date(2026, 1, 1), "NĐ 30/2020/NĐ-CP", False),
    ],
)
def test_the_layout_is_that_of_the_papers_day_or_the_nearest_known(system: str, day: date, name: str, nearest: bool):
    found = layout_of(system, on=day)

    assert (found.layout.name, found.nearest, found.grade) == (name, nearest, "G")


def test_an_office_sets_its_own_measures_for_its_branch(tree: Tree):
    shipped = Norm.objects.get(key="document_layout.state")
    own = shipped.value | {"margins": shipped.value["margins"] | {"top": 25}}
    fields = {"key": shipped.key, "valid_from": date(2021, 1, 1), "value": own, "source": "Quy chế", "grade": "L"}
    Norm.objects.create(place=tree.north.path, **fields)

    assert layout_of("state", on=date(2022, 1, 1), place=tree.north1.path).layout.margins["top"] == 25
    assert layout_of("state", on=date(2022, 1, 1), place=tree.south1.path).layout.margins["top"] == 20


def test_a_new_draft_begins_with_what_the_unit_wrote_last(tree: Tree, clerk: Account):
    assert habits_of(tree.north)["parent_name"] == tree.bloc.name

    begin(tree.bloc, clerk, place="Nơi khác")

    assert habits_of(tree.bloc)["place"] == "Nơi khác"


def test_changes_between_two_texts_name_the_fields_that_differ():
    theirs = {"title": "a", "body": "x", "issued_on": None}
    found = changes_between(theirs, {"title": "b", "body": "x", "issued_on": ""}, date(2017, 12, 15))

    assert [(row.name, row.theirs, row.mine) for row in found] == [("title", "a", "b")]


def test_changes_between_two_texts_are_written_as_people_read_them():
    found = changes_between({}, {"system": "party", "kind": "plan", "issued_on": "2017-12-05"}, date(2017, 12, 15))

    assert [row.mine for row in found] == [str(System.PARTY.label), "Kế hoạch", "05/12/2017"]

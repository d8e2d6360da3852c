"""An office's own words: who changes them, where they hold, what the page shows."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.documents import actions
from trienkhai.documents.models import OwnPhrase
from trienkhai.documents.queries import own_phrases
from trienkhai.documents.tests.make import paper, register
from trienkhai.orgs.models import Role, Span
from trienkhai.orgs.tests.make import NOON, Tree, make_holder
from trienkhai.people.models import Account

pytestmark = pytest.mark.django_db
PAGE = "/van-ban/may-doc"
SENTENCE = "Ủy thác cho Ban Tổ chức Đảng ủy lập sổ theo dõi đảng viên trước ngày 30/6/2017."


@pytest.fixture
def tree() -> Tree:
    return Tree()


@pytest.fixture
def clerk(tree: Tree) -> Account:
    return make_holder(tree.bloc, Role.CLERK)


def add(unit, by, kind="duty", words="ủy thác cho", **values):
    return actions.add_phrase(unit, kind=kind, words=words, by=by, at=NOON, **values)


def signed_in(account: Account) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="vi")
    client.force_login(account)
    return client


def form_of(unit, **fields):
    return {"unit": unit.pk, "kind": "duty", "words": "ủy thác cho", "abbr": "", "sample": ""} | fields


def test_words_hold_at_their_unit_and_below_and_leave_one_act(tree, clerk):
    add(tree.bloc, clerk)
    add(tree.bloc, clerk, kind="doc_type", words=" Quy  ước ", abbr="QƯ")
    add(tree.north, make_holder(tree.north, Role.CLERK), kind="product", words="sổ theo dõi")

    assert own_phrases(tree.north1).products == ("sổ theo dõi",)
    assert own_phrases(tree.north1).duties == ("ủy thác cho",)
    assert own_phrases(tree.south1).products == ()
    assert own_phrases(tree.bloc).types == (("Quy ước", "QƯ"),)
    assert Act.objects.filter(verb="document.phrase_added").count() == 3


def test_a_document_registered_afterwards_is_read_with_the_words(tree, clerk):
    text = paper().replace("NGHỊ QUYẾT\n", "QUY ƯỚC\n")
    before = register(tree.bloc, clerk, text=text.replace("12-NQ", "11-QƯ"))

    add(tree.bloc, clerk, kind="doc_type", words="Quy ước", abbr="QƯ")
    after = register(tree.bloc, clerk, text=text.replace("12-NQ", "13-QƯ"))

    before.refresh_from_db()
    assert (before.doc_type == "Quy ước", after.doc_type) == (False, "Quy ước")


WRONG = [
    ("words", {"words": "Ủy Thác  cho"}),
    ("words", {"words": " "}),
    ("words", {"words": "a 1"}),
    ("words", {"words": "x" * 61}),
    ("kind", {"kind": "verb"}),
    ("abbr", {"words": "trao cho", "abbr": "TC"}),
]


@pytest.mark.parametrize(("field", "values"), WRONG)
def test_wrong_words_are_refused_at_their_field(tree, clerk, field, values):
    add(tree.bloc, clerk)

    with pytest.raises(ValidationError) as fault:
        add(tree.bloc, clerk, **values)

    assert list(fault.value.message_dict) == [field]
    assert OwnPhrase.objects.count() == 1


def test_only_the_clerk_and_the_administrator_of_the_branch_change_the_words(tree, clerk):
    phrase = add(tree.north, make_holder(tree.bloc, Role.ADMIN))
    others = [
        make_holder(tree.north, Role.OFFICER),
        make_holder(tree.north, Role.LEADER),
        make_holder(tree.south, Role.ADMIN),
        make_holder(tree.bloc, Role.ADMIN, reach=Span.OWN),
        clerk,
    ]

    for account in others:
        with pytest.raises(Refused):
            add(tree.north, account, words="trao cho")
        with pytest.raises(Refused):
            actions.remove_phrase(phrase.pk, by=account, at=NOON)
        assert signed_in(account).post(f"{PAGE}/{phrase.pk}/bo").status_code == 404

    assert [row.words for row in OwnPhrase.objects.all()] == ["ủy thác cho"]


def test_words_are_tried_on_a_sentence_without_being_kept(tree, clerk):
    response = signed_in(clerk).post(PAGE, form_of(tree.bloc, sample=SENTENCE, **{"try": "1"}))

    (_now, now), (_then, then) = response.context["trials"]
    assert now.tasks == []
    assert [task.lead for task in then.tasks] == ["Ban Tổ chức Đảng ủy"]
    assert not OwnPhrase.objects.exists()


def test_words_are_added_shown_and_removed_by_the_page(tree, clerk):
    client = signed_in(clerk)

    added = client.post(PAGE, form_of(tree.bloc), follow=True)
    again = client.post(PAGE, form_of(tree.bloc))
    phrase = OwnPhrase.objects.get()
    removed = client.post(f"{PAGE}/{phrase.pk}/bo", follow=True)

    assert [row.words for row, removable in added.context["rows"] if removable] == ["ủy thác cho"]
    assert again.status_code == 422 and again.context["form"].errors["words"]
    assert removed.context["rows"] == []
    assert client.post(PAGE, form_of(tree.bloc, **{"try": "1"})).context["form"].errors["sample"]


def test_an_administrator_opens_the_words_of_a_unit_below_and_nobody_those_of_another_branch(tree):
    admin = signed_in(make_holder(tree.bloc, Role.ADMIN))
    north = signed_in(make_holder(tree.north, Role.ADMIN))

    assert admin.get(f"{PAGE}?don-vi={tree.south1.pk}").context["unit"] == tree.south1
    assert north.get(f"{PAGE}?don-vi={tree.south1.pk}").context["unit"] == tree.north
    assert north.post(PAGE, form_of(tree.south1)).status_code == 422
    assert signed_in(make_holder(tree.bloc, Role.OFFICER)).get(PAGE).status_code == 404


def test_words_of_units_above_are_shown_but_not_removable(tree, clerk):
    add(tree.bloc, clerk)

    rows = signed_in(make_holder(tree.north, Role.CLERK)).get(PAGE).context["rows"]

    assert [(row.words, removable) for row, removable in rows] == [("ủy thác cho", False)]

"""The inbox: whose it is, in which words, what marks it read."""

import re
from pathlib import Path

import pytest

import trienkhai
from trienkhai.notices.actions import tell
from trienkhai.notices.models import Notice
from trienkhai.notices.wording import SENTENCES, sentence
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, Tree, make_holder
from trienkhai.tasks import actions
from trienkhai.tasks.tests.make import Cast, assignment_of, at, make_issue
from trienkhai.tasks.transitions import VERBS, Who

pytestmark = pytest.mark.django_db


def told(unit, number: int = 1) -> None:
    for index in range(number):
        tell(unit.pk, [Role.FOCAL], "report_approved", url="/nhiem-vu/1", at=NOON, task=f"Việc {index}")


def test_inbox_shows_the_notices_of_ones_posts_unread_first(client):
    tree = Tree()
    lan = make_holder(tree.north1, Role.FOCAL)
    make_holder(tree.south1, Role.FOCAL)
    told(tree.north1, 2)
    told(tree.south1)
    Notice.objects.filter(pk=Notice.objects.order_by("-pk").filter(post__unit=tree.north1).first().pk).update(
        read_at=NOON
    )
    client.force_login(lan)

    rows = client.get("/hop-thu").context["rows"]

    assert [notice.params["task"] for notice, _words, _icon in rows] == ["Việc 0", "Việc 1"]


def test_reading_the_inbox_marks_nothing_and_the_button_marks_all_of_ones_own(client):
    tree = Tree()
    lan = make_holder(tree.north1, Role.FOCAL)
    make_holder(tree.south1, Role.FOCAL)
    told(tree.north1, 2)
    told(tree.south1)
    client.force_login(lan)

    client.get("/hop-thu")
    before = Notice.objects.filter(read_at=None).count()
    client.get("/hop-thu/da-doc")
    client.post("/hop-thu/da-doc")

    assert before == 3
    assert Notice.objects.filter(read_at=None).count() == 1


def test_following_a_notice_marks_it_read_and_leads_there(client):
    tree = Tree()
    lan = make_holder(tree.north1, Role.FOCAL)
    stranger = make_holder(tree.south1, Role.FOCAL)
    told(tree.north1, 2)
    first = Notice.objects.order_by("pk").first()

    client.force_login(stranger)
    foreign = client.post(f"/hop-thu/{first.pk}")
    client.force_login(lan)
    own = client.post(f"/hop-thu/{first.pk}")

    assert foreign["Location"] == "/hop-thu"
    assert own["Location"] == "/nhiem-vu/1"
    assert Notice.objects.filter(read_at=None).count() == 1


def test_menu_counts_the_unread(client):
    tree = Tree()
    lan = make_holder(tree.north1, Role.FOCAL)
    told(tree.north1, 3)
    client.force_login(lan)

    menu = client.get("/hop-thu").context["menu"]

    assert [row["count"] for row in menu if row["url"] == "/hop-thu"] == [3]


def test_inbox_answers_htmx_with_its_part(client):
    tree = Tree()
    client.force_login(make_holder(tree.north1, Role.FOCAL))

    part = client.get("/hop-thu", headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in part and 'id="inbox"' in part


def test_every_kind_of_notice_has_its_sentence():
    sources = [path.read_text() for path in Path(trienkhai.__file__).parent.rglob("*/actions/*.py")]
    literal = {kind for text in sources for kind in re.findall(r'\btell(?:_units)?\((?:[^"]*?,)\s*"([a-z_]+)",', text)}
    built = {verb.done.replace(".", "_") for verb in VERBS.values() if verb.who != Who.HOLDER}

    assert {"report_submitted", "request_made", "issue_submitted"} <= literal
    assert literal | built <= set(SENTENCES)


def test_sentences_of_a_whole_way_leave_no_word_open():
    cast = Cast()
    row = assignment_of(make_issue(cast), cast.tree.north1)
    lan = cast.holder_of(row)
    actions.acknowledge(row.pk, by=lan, at=at(4))
    actions.submit_report(row.pk, text="Đã xong", by=lan, at=at(5))
    actions.return_report(row.pk, reason="Thiếu biên bản", by=cast.north_leader, at=at(6))

    sentences = [sentence(notice) for notice in Notice.objects.all()]

    assert sentences and all("–" not in words and "%(" not in words for words in sentences)

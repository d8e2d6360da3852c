"""Pages of posts, people, deputies and numbers of members, as ordinary users read them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trienkhai.audit.models import Act
from trienkhai.common.models import Installation
from trienkhai.orgs.actions import add_training, appoint, create_post, delegate, end_holding
from trienkhai.orgs.models import Holding, Manner, Role, Term
from trienkhai.orgs.queries_posts import acts_in_words
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_account, make_holder

pytestmark = pytest.mark.django_db
SUMMER = date(2017, 6, 1)


@pytest.fixture
def tree() -> Tree:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": DAY})
    return Tree()


@pytest.fixture
def admin(tree: Tree):
    return make_holder(tree.bloc, Role.ADMIN)


def rows(client, query: str = "") -> list[str]:
    return [line.post.title for line in client.get(f"/chuc-danh{query}").context["lines"]]


def post_at(unit, title: str, admin, **fields):
    return create_post(unit, title=title, role=Role.FOCAL, **fields, by=admin, at=NOON)


def test_the_list_is_narrowed_by_unit_class_role_state_and_name(client, tree, admin):
    focal = make_holder(tree.north, Role.FOCAL)
    kept = post_at(tree.north1, "Bí thư", admin, classes=["key"])
    lan = make_account("Trần Thị Lan")
    appoint(kept, lan, valid_from=DAY, valid_to=date(2017, 2, 1), by=admin, at=NOON)
    post_at(tree.north1, "Phó Bí thư", admin, seats=2)
    post_at(tree.south1, "Nơi khác", admin)
    client.force_login(focal)

    assert "Nơi khác" not in rows(client) and {"Bí thư", "Phó Bí thư"} < set(rows(client))
    assert rows(client, f"?don-vi={tree.south.pk}") == ["Nơi khác"]
    assert rows(client, "?lop=key") == rows(client, "?q=tran lan") == rows(client, "?tinh-trang=ending") == ["Bí thư"]
    assert rows(client, "?tinh-trang=vacant") == ["Phó Bí thư"]
    assert rows(client, "?tinh-trang=over") == rows(client, "?vai=leader") == rows(client, "?q=khong ai") == []
    assert "Bí thư" not in rows(client, "?chi=1")
    assert [tile["count"] for tile in client.get("/chuc-danh").context["tiles"]] == [1, 1, 0]


def test_a_post_of_the_term_ends_soon_with_its_term(client, tree, admin):
    post = post_at(tree.north, "Bí thư", admin, term_bound=True)
    appoint(post, make_account(), valid_from=DAY, by=admin, at=NOON)
    client.force_login(make_holder(tree.north, Role.CLERK))
    assert rows(client, "?tinh-trang=ending") == []

    Term.objects.create(unit=tree.north, name="2012–2017", starts_on=date(2012, 1, 1), ends_on=date(2017, 3, 1))

    assert rows(client, "?tinh-trang=ending") == ["Bí thư"]
    assert "01/03/2017" in client.get("/chuc-danh").content.decode()


def test_more_holders_than_seats_that_came_by_a_file_are_shown(client, tree, admin):
    post = post_at(tree.north, "Bí thư", admin)
    for name in ("Một", "Hai"):
        Holding.objects.create(post=post, account=make_account(name), valid_from=DAY)
    client.force_login(make_holder(tree.north, Role.CLERK))

    assert rows(client, "?tinh-trang=over") == ["Bí thư"]


def test_the_list_of_a_past_day_shows_who_held_the_posts_then(client, tree, admin):
    post = post_at(tree.north, "Bí thư", admin)
    old, new = make_account("Người Cũ"), make_account("Người Mới")
    appoint(post, old, valid_from=date(2015, 1, 1), valid_to=DAY, by=admin, at=NOON)
    appoint(post, new, valid_from=DAY, by=admin, at=NOON)
    client.force_login(make_holder(tree.north, Role.CLERK))

    then = client.get(f"/chuc-danh?don-vi={tree.north.pk}&ngay=2016-05-01").content.decode()
    who = client.get(f"/don-vi/{tree.north.pk}/chiu-trach-nhiem?ngay=2016-05-01").content.decode()
    before = client.get(f"/don-vi/{tree.north.pk}/chiu-trach-nhiem?ngay=2009-05-01").content.decode()

    for text in (then, who):
        assert "Người Cũ" in text and "Người Mới" not in text
    assert "Người Cũ" not in before


@pytest.mark.parametrize("asked", ["9999-12-31", "0001-01-01", "31/12/2017", "x" * 300])
def test_a_day_no_calendar_knows_is_today(client, tree, asked):
    client.force_login(make_holder(tree.north, Role.CLERK))

    answers = [client.get(path, {"ngay": asked}) for path in ("/chuc-danh", "/dang-vien")]

    assert [(answer.status_code, answer.context["on"]) for answer in answers] == [(200, DAY)] * 2


@pytest.mark.parametrize("query", ["don-vi=abc", "don-vi=99999999", "don-vi=999999999999999999999"])
def test_a_unit_nobody_knows_is_not_found(client, tree, query):
    client.force_login(make_holder(tree.north, Role.CLERK))

    assert client.get(f"/chuc-danh?{query}").status_code == 404


def test_the_list_takes_as_many_queries_for_three_posts_as_for_one(client, tree, admin):
    clerk = make_holder(tree.north, Role.CLERK)
    client.force_login(clerk)
    url = f"/chuc-danh?don-vi={tree.north.pk}"
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(3):
        post = post_at(tree.north1, f"Chức danh {number}", admin, classes=["key"])
        held = appoint(post, make_account(), valid_from=DAY, by=admin, at=NOON)
        delegate(held, make_account(), acts=["approve"], valid_from=DAY, valid_to=SUMMER, by=admin, at=NOON)

    with CaptureQueriesContext(connection) as many:
        client.get(url)

    assert len(few) == len(many)


def test_the_page_of_a_person_names_both_where_a_deputy_acted(client, tree, admin):
    leader, deputy = make_holder(tree.north, Role.LEADER), make_account("Phạm Văn Phó")
    holding = Holding.objects.get(account=leader)
    days = {"acts": ["approve", "return", "reopen"], "valid_from": DAY, "valid_to": SUMMER}
    delegate(holding, deputy, **days, by=leader, at=NOON)
    client.force_login(make_holder(tree.south1, Role.MEMBER))

    page = client.get(f"/can-bo/{deputy.pk}").content.decode()
    of_leader = client.get(f"/can-bo/{leader.pk}").content.decode()

    for text in (page, of_leader):
        assert f"Phạm Văn Phó làm thay {leader.name}" in text
        assert "Duyệt, trả lại kết quả và báo cáo" in text


def test_courses_and_reasons_are_for_the_office_of_the_unit(client, tree, admin):
    focal = make_holder(tree.north, Role.FOCAL)
    course = {"kind": "theory_high", "finished_on": DAY, "issued_by": "Học viện Minh Họa"}
    add_training(focal, **course, by=admin, at=NOON)
    end_holding(Holding.objects.get(account=focal).pk, on=SUMMER, ending="retired", by=admin, at=NOON)
    address, said = f"/can-bo/{focal.pk}", ("Học viện Minh Họa", "Nghỉ hưu")

    for person, may in ((make_holder(tree.north, Role.LEADER), True), (make_holder(tree.south, Role.LEADER), False)):
        client.force_login(person)
        page = client.get(address).content.decode()
        assert said[0] not in page and (said[1] in page) is may
        answer = client.post(f"{address}/boi-duong")
        assert answer.status_code == (200 if may else 404)
        assert (said[0] in answer.content.decode()) is may
    assert Act.objects.filter(verb="training.read").count() == 1


def test_an_office_sees_why_only_for_its_own_units(client, tree, admin):
    person = make_holder(tree.south, Role.FOCAL)
    make_holder(tree.north, Role.FOCAL, account=person)
    end_holding(
        Holding.objects.get(account=person, post__unit=tree.south).pk, on=SUMMER, ending="moved", by=admin, at=NOON
    )
    client.force_login(make_holder(tree.north, Role.LEADER))

    assert "Điều động" not in client.get(f"/can-bo/{person.pk}").content.decode()


def test_whoever_holds_no_post_finds_nobody(client, tree):
    person = make_holder(tree.north, Role.LEADER)
    client.force_login(make_account())

    paths = ("/chuc-danh", f"/can-bo/{person.pk}", "/uy-quyen", "/dang-vien")
    assert [client.get(path).status_code for path in paths] == [404] * 4


def test_people_are_found_by_name_without_accents_while_they_hold_a_post(client, tree):
    make_holder(tree.north, Role.LEADER, account=make_account("Đặng Thị Thủy"))
    make_holder(tree.north, Role.LEADER, account=make_account("Đặng Thị Thúy"), valid_to=DAY)
    client.force_login(make_holder(tree.south1, Role.FOCAL))

    found = client.get("/tim?q=dang thuy").content.decode()

    assert "Đặng Thị Thủy" in found and "Đặng Thị Thúy" not in found


def test_forms_say_what_is_wrong_at_their_fields_and_store_nothing(client, tree, admin):
    post = post_at(tree.north, "Bí thư", admin)
    held = appoint(post, make_account("Người Cũ"), valid_from=DAY, by=admin, at=NOON)
    other = make_account("Người Mới")
    client.force_login(admin)
    give = {"account": other.username, "manner": "holds", "valid_from": "2017-01-05"}
    turn = {"account": "khong-co", "manner": "holds", "on": "2017-01-05"}
    deputy = {"account": other.username, "bundles": ["approve"], "valid_from": "2017-01-05", "last_day": "2017-01-01"}

    answers = [
        client.post(f"/chuc-danh/{post.pk}/giao", give),
        client.post(f"/giu-chuc/{held.pk}/ban-giao", turn),
        client.post(f"/giu-chuc/{held.pk}/uy-quyen", deputy),
        client.post(f"/giu-chuc/{held.pk}/uy-quyen", deputy | {"bundles": ["all"]}),
        client.post(f"/chuc-danh/{post.pk}/sua", {"title": "", "role": "x", "reach": "own", "seats": "0"}),
    ]

    assert [answer.status_code for answer in answers] == [422] * 5
    assert "Người Cũ" in answers[0].content.decode()
    assert Holding.objects.filter(post=post).count() == 1


def test_a_post_is_handed_over_and_a_deputy_set_and_ended_by_forms(client, tree, admin):
    post = post_at(tree.north, "Bí thư", admin)
    held = appoint(post, make_account("Người Cũ"), valid_from=DAY, by=admin, at=NOON)
    new, deputy = make_account("Người Mới"), make_account("Người Thay")
    client.force_login(admin)

    turned = client.post(
        f"/giu-chuc/{held.pk}/ban-giao", {"account": new.username, "manner": "acting", "on": "2017-02-01"}
    )
    follower = Holding.objects.get(account=new)
    words = {"account": deputy.username, "bundles": ["approve", "issue"], "valid_from": "2017-02-01"}
    client.post(f"/giu-chuc/{follower.pk}/uy-quyen", words | {"last_day": "9999-12-31"})
    given = Holding.objects.get(account=deputy)
    listed = client.get("/uy-quyen").content.decode()
    client.post(f"/giu-chuc/{given.pk}/ket-thuc", {"on": "2017-02-01"})

    assert turned["Location"] == f"/chuc-danh/{post.pk}"
    assert (follower.manner, follower.valid_from) == (Manner.ACTING, date(2017, 2, 1))
    assert given.acts == ["approve", "issue", "reopen", "return"] and "Người Thay" in listed
    given.refresh_from_db()
    assert given.valid_from == given.valid_to
    assert "Người Thay" not in client.get("/uy-quyen").content.decode()


def test_numbers_of_members_are_told_by_a_form_and_shown_on_the_unit(client, tree):
    clerk = make_holder(tree.north1, Role.CLERK)
    client.force_login(clerk)

    assert (
        client.post(f"/dang-vien/{tree.north1.pk}/nhap", {"counted_on": "2017-01-03", "full": "9"}).status_code == 422
    )
    words = {"counted_on": "2017-01-03", "full": "1200", "probationary": "3"}
    assert client.post(f"/dang-vien/{tree.north1.pk}/nhap", words).status_code == 302

    assert client.get("/dang-vien").context["whole"].numbers == {"full": 1200, "probationary": 3}
    assert "1.200" in client.get(f"/don-vi/{tree.north1.pk}").content.decode()
    assert client.get(f"/dang-vien?don-vi={tree.south1.pk}").status_code == 404


def test_acts_of_a_deputy_are_told_in_bundles_and_single_words(tree):
    assert acts_in_words(["approve", "return", "reopen"], DAY, "vi") == ["Duyệt, trả lại kết quả và báo cáo"]
    assert acts_in_words(["approve"], DAY, "vi") == ["Duyệt, trả lại kết quả và báo cáo"]
    assert acts_in_words(["ladder"], DAY, "vi") == ["ladder"]
    assert acts_in_words([], DAY, "vi") == []

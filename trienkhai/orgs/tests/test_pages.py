"""The tree, the page of a unit, and what an administrator changes there."""

from datetime import date

import pytest

from trienkhai.audit.models import Act
from trienkhai.common import clock
from trienkhai.common.models import Installation
from trienkhai.orgs import actions
from trienkhai.orgs.models import Holding, Post, Role, Unit, UnitVersion
from trienkhai.orgs.tests.make import NOON, Tree, make_account, make_holder, make_unit

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def unit_values(unit: Unit, **changes: str) -> dict[str, str]:
    """What the form of a unit sends when nothing was changed, with `changes`."""
    present = unit.present
    values = {
        "name": present.name,
        "short_name": present.short_name,
        "code": present.code,
        "kind": present.kind,
        "sector": present.sector,
        "relation": present.relation,
        "parent": present.parent.code if present.parent else "",
    }
    return values | changes


def test_tree_starts_at_ones_own_unit_with_its_children(client):
    tree = Tree()
    client.force_login(make_holder(tree.north, Role.LEADER))

    page = client.get("/to-chuc").content.decode()

    assert "Đảng bộ Bắc Một" in page and "Chi bộ Bắc Hai" in page
    assert "Đảng bộ Nam Một" not in page


def test_branch_comes_alone_for_htmx_and_as_a_link_without_it(client):
    tree = Tree()
    client.force_login(make_holder(tree.bloc, Role.LEADER))

    part = client.get(f"/to-chuc/{tree.north.pk}/nhanh", headers=HTMX).content.decode()
    sent = client.get(f"/to-chuc/{tree.north.pk}/nhanh")
    whole = client.get(sent["Location"]).content.decode()

    assert "<html" not in part and "Đảng bộ Bắc Một" in part
    assert f"mo={tree.north.pk}" in sent["Location"]
    assert "Đảng bộ Bắc Một" in whole and "Đảng bộ Nam Một" not in whole


def test_attached_bodies_stand_apart_and_are_not_counted(client):
    tree = Tree()
    client.force_login(make_holder(tree.bloc, Role.LEADER))

    top = client.get("/to-chuc").context["tops"][0]

    assert top.count == 3
    assert [node.version.name for node in top.attached] == ["Văn phòng"]


def test_tree_of_a_past_day_shows_the_names_and_places_of_that_day(client):
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)
    later = clock.moment(date(2017, 6, 1))
    actions.change_unit(tree.north1.pk, {"name": "Đảng bộ Tên Mới", "parent": tree.south}, by=admin, at=later)
    client.force_login(admin)

    before = client.get(f"/to-chuc?ngay=2017-05-31&mo={tree.north.pk}").content.decode()
    after = client.get(f"/to-chuc?ngay=2017-06-01&mo={tree.south.pk}").content.decode()

    assert ">Đảng bộ Bắc Một</a>" in before and ">Đảng bộ Tên Mới</a>" not in before
    assert ">Đảng bộ Tên Mới</a>" in after and ">Đảng bộ Bắc Một</a>" not in after


def test_search_finds_without_accents_and_names_the_units_above(client):
    tree = Tree()
    client.force_login(make_holder(tree.south, Role.FOCAL))

    (top,) = client.get("/to-chuc?tim=bac hai").context["found"]
    (middle,) = top.main
    (hit,) = middle.main

    assert [node.version.name for node in (top, middle, hit)] == ["Đảng bộ Khối Thử", "Đảng bộ Bắc", "Chi bộ Bắc Hai"]
    assert [piece.words for piece in hit.name if piece.found] == ["Bắc", "Hai"]


def test_tree_is_read_with_as_many_queries_for_three_children_as_for_thirteen(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    tree = Tree()
    client.force_login(make_holder(tree.bloc, Role.LEADER))
    with CaptureQueriesContext(connection) as few:
        client.get("/to-chuc")
    for _number in range(10):
        make_unit(tree.bloc)

    with CaptureQueriesContext(connection) as many:
        client.get("/to-chuc")

    assert len(few) == len(many)


def test_nobody_without_a_post_looks_units_up(client):
    tree = Tree()
    client.force_login(make_account())

    assert client.get(f"/don-vi/{tree.bloc.pk}").status_code == 404
    assert client.get("/to-chuc").context["tops"] == []
    assert client.get(f"/to-chuc/{tree.bloc.pk}/nhanh").status_code == 404


def test_unit_page_shows_posts_versions_children_and_writes_nothing(client):
    tree = Tree()
    leader = make_holder(tree.north, Role.LEADER)
    client.force_login(leader)
    acts = Act.objects.count()

    response = client.get(f"/don-vi/{tree.north.pk}")
    page = response.content.decode()

    assert [unit.code for unit in response.context["children"]] == ["K.B.2", "K.B.1"]
    assert leader.name in page
    assert f"/bang-dieu-hanh/{tree.north.pk}" in page
    assert "/sua" not in page
    assert Act.objects.count() == acts


def test_board_link_is_absent_where_the_work_is_not_seen(client):
    tree = Tree()
    client.force_login(make_holder(tree.north, Role.LEADER))

    assert f"/bang-dieu-hanh/{tree.south.pk}" not in client.get(f"/don-vi/{tree.south.pk}").content.decode()


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICER, Role.FOCAL, Role.INSPECTOR])
def test_only_administrators_meet_the_forms(client, role):
    tree = Tree()
    client.force_login(make_holder(tree.bloc, role))
    post = Post.objects.first()

    for path in (f"/don-vi/{tree.north.pk}/sua", f"/don-vi/{tree.north.pk}/them", f"/chuc-danh/{post.pk}/giao"):
        assert client.get(path).status_code == 404
        assert client.post(path, {}).status_code == 404


def test_administrator_of_another_branch_meets_no_form(client):
    tree = Tree()
    client.force_login(make_holder(tree.south, Role.ADMIN))

    assert client.post(f"/don-vi/{tree.north.pk}/sua", unit_values(tree.north, name="Khác")).status_code == 404
    assert client.get(f"/don-vi/{tree.south1.pk}/sua").status_code == 200


def test_change_of_a_name_makes_a_new_version_and_one_act(client):
    tree = Tree()
    client.force_login(make_holder(tree.bloc, Role.ADMIN))

    response = client.post(f"/don-vi/{tree.north.pk}/sua", unit_values(tree.north, name="Đảng bộ Miền Bắc"))

    assert response["Location"] == f"/don-vi/{tree.north.pk}"
    assert Unit.objects.get(pk=tree.north.pk).name == "Đảng bộ Miền Bắc"
    assert UnitVersion.objects.filter(unit=tree.north).count() == 2
    assert Act.objects.filter(verb="unit.changed", target_id=tree.north.pk).count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "K.N"}, "code"),
        ({"parent": "K.B.1"}, "parent"),
        ({"parent": "K.B"}, "parent"),
        ({"parent": "không-có"}, "parent"),
        ({"parent": ""}, "parent"),
        ({"name": ""}, "name"),
        ({"kind": "lạ"}, "kind"),
    ],
)
def test_a_wrong_change_is_told_at_its_field_and_nothing_is_stored(client, changes, field):
    tree = Tree()
    client.force_login(make_holder(tree.bloc, Role.ADMIN))
    versions, acts = UnitVersion.objects.count(), Act.objects.count()

    response = client.post(f"/don-vi/{tree.north.pk}/sua", unit_values(tree.north, **changes))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert (UnitVersion.objects.count(), Act.objects.count()) == (versions, acts)


def test_ninth_level_is_refused_by_move_and_by_a_new_unit(client):
    tree = Tree()
    deep = tree.south
    for _level in range(6):
        deep = make_unit(deep)
    client.force_login(make_holder(tree.bloc, Role.ADMIN))
    units = Unit.objects.count()

    moved = client.post(f"/don-vi/{tree.north.pk}/sua", unit_values(tree.north, parent=deep.code))
    new = {"name": "Mới", "code": "M", "kind": "cell", "relation": "subordinate", "established_on": "2017-01-01"}
    added = client.post(f"/don-vi/{deep.pk}/them", new)

    assert (moved.status_code, added.status_code) == (422, 422)
    assert list(moved.context["form"].errors) == ["parent"]
    assert Unit.objects.count() == units
    assert Unit.objects.get(pk=tree.north1.pk).path == tree.north1.path


def test_new_unit_is_stored_below_with_its_act(client):
    tree = Tree()
    client.force_login(make_holder(tree.bloc, Role.ADMIN))
    values = {"name": "Chi bộ Mới", "code": "K.B.9", "kind": "cell", "relation": "subordinate"}

    client.post(f"/don-vi/{tree.north.pk}/them", values | {"established_on": "2017-01-01"})
    again = client.post(f"/don-vi/{tree.north.pk}/them", values | {"established_on": "2017-01-01"})

    unit = Unit.objects.get(present__code="K.B.9")
    assert unit.path.startswith(tree.north.path)
    assert again.status_code == 422 and list(again.context["form"].errors) == ["code"]


def test_post_is_made_given_and_ended(client):
    tree = Tree()
    client.force_login(make_holder(tree.bloc, Role.ADMIN))
    lan = make_account("Trần Thị Lan")
    title = {"title": "Đầu mối mới", "role": "focal", "reach": "own"}

    client.post(f"/don-vi/{tree.north1.pk}/chuc-danh", title)
    twice = client.post(f"/don-vi/{tree.north1.pk}/chuc-danh", title)
    post = Post.objects.get(title="Đầu mối mới")
    given = {"account": lan.username, "manner": "holds", "valid_from": "2017-01-01"}
    client.post(f"/chuc-danh/{post.pk}/giao", given)
    holding = Holding.objects.get(post=post)
    wrong = client.post(f"/giu-chuc/{holding.pk}/ket-thuc", {"on": "2016-12-31"})
    client.post(f"/giu-chuc/{holding.pk}/ket-thuc", {"on": "2017-06-01"})

    holding.refresh_from_db()
    assert list(twice.context["form"].errors) == ["title"]
    assert list(wrong.context["form"].errors) == ["on"]
    assert (holding.account, holding.valid_to) == (lan, date(2017, 6, 1))


def test_post_is_not_given_to_an_unknown_person_or_backwards(client):
    tree = Tree()
    client.force_login(make_holder(tree.bloc, Role.ADMIN))
    post = Post.objects.create(unit=tree.north, title="Trống", role=Role.FOCAL)
    values = {"account": "không-có", "manner": "holds", "valid_from": "2017-01-01"}

    unknown = client.post(f"/chuc-danh/{post.pk}/giao", values)
    lan = make_account()
    backwards = client.post(
        f"/chuc-danh/{post.pk}/giao", values | {"account": lan.username, "valid_to": "2016-12-01"}, headers=HTMX
    )

    assert list(unknown.context["form"].errors) == ["account"]
    assert list(backwards.context["form"].errors) == ["valid_to"]
    assert "<html" not in backwards.content.decode()
    assert not post.holdings.exists()


def test_day_of_the_demo_is_the_day_of_the_tree(client):
    tree = Tree()
    Installation.objects.create(pk=1, is_demo=True, demo_today=NOON.date())
    client.force_login(make_holder(tree.bloc, Role.LEADER))

    assert client.get("/to-chuc").context["look"].on == NOON.date()

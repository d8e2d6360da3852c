"""The explanation of who may see a thing says what the lists say, for everyone in the small organisation."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Q

from tests.world import World
from trienkhai.documents.models import Document, Published, Slip
from trienkhai.orgs import explaining
from trienkhai.orgs.actions import delegate
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.orgs.tests.make import NOON, Tree, make_account, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks.models import Assignment, Share, ShareKind
from trienkhai.tasks.tests.make import make_document

pytestmark = pytest.mark.django_db
DAY = date(2017, 3, 10)


def fill(world: Any) -> None:
    """More ways to see: delegates for some acts only, slips to a person and a post, documents published, watches."""
    tree = world.tree
    for published in Published.values:
        make_document(tree.south, symbol=f"{published}-NQ/ĐUTHU", published=published)
    issued = make_document(tree.south1, symbol="77-NQ/ĐUTHU", published="no")
    Document.objects.filter(pk=issued.pk).update(issuer=tree.north2)
    leader = Holding.objects.get(account=world.person(Role.LEADER, "own"))
    span = {"valid_from": date(2017, 1, 1), "valid_to": date(2018, 1, 1), "by": leader.account, "at": NOON}
    delegate(leader, make_account(), acts=["approve"], **span)
    delegate(leader, make_account(), acts=["handle"], **span)
    clerk = Holding.objects.get(account=world.person(Role.CLERK, "foreign"))
    who = {"prepared_by": clerk.account, "leader": leader.account, "given_at": NOON, "instruction": "Biết"}
    Slip.objects.create(entry=world.entry, position=8, unit=tree.south, post=clerk.post, **who)
    Slip.objects.create(entry=world.entry, position=9, unit=tree.south, person=world.stranger, **who)
    Share.objects.create(task=world.assignment.task, unit=tree.south2, kind=ShareKind.WATCH)
    make_holder(tree.south2, Role.FOCAL)
    make_holder(tree.south2, Role.MEMBER)
    make_holder(tree.north1, Role.CLERK, valid_to=date(2017, 2, 1))
    make_account()
    closed = make_holder(tree.bloc, Role.LEADER)
    Account.objects.filter(pk=closed.pk).update(is_active=False)


def test_for_every_account_the_explanation_is_the_list():
    world = World()
    fill(world)
    people = list(Account.objects.order_by("pk"))
    things = {
        "van-ban": Document.objects.all(),
        "nhiem-vu": Assignment.objects.all(),
        "don-vi": Unit.objects.filter(path__isnull=False),
    }
    wrong, seen = [], 0
    for name, rows in things.items():
        kind = explaining.kind_of(name)
        assert kind is not None
        visible = {person.pk: set(kind.visible(person, DAY).values_list("pk", flat=True)) for person in people}
        for thing in kind.things().filter(pk__in=rows.values("pk")):
            ways = explaining.ways_of(kind, thing, DAY)
            told = {pk for way in ways for pk in way.holdings.values_list("account", flat=True)}
            lists = {pk for pk, ids in visible.items() if thing.pk in ids}
            seen += len(lists)
            wrong += [(name, str(thing), pk) for pk in told ^ lists]

    assert wrong == [] and seen > 200


def test_reasons_name_the_post_the_reach_and_the_rule_and_groups_count_people(django_assert_max_num_queries):
    world = World()
    kind, officer = explaining.kind_of("nhiem-vu"), world.person(Role.OFFICER, "own")
    assert kind is not None
    thing = kind.things().get(pk=world.assignment.pk)

    reasons = explaining.reasons_of(kind, thing, officer, DAY)
    assert len(reasons) == 2 and world.tree.north.name in reasons[0].sentence and reasons[0].until is None
    assert explaining.reasons_of(kind, thing, world.stranger, DAY) == []
    few = explaining.groups_of(kind, thing, DAY)
    for _number in range(12):
        make_holder(world.tree.north1, Role.FOCAL)
    with django_assert_max_num_queries(2 * 4):
        groups = explaining.groups_of(kind, thing, DAY)
    assert groups[0].count == few[0].count + 12 and len(groups[0].first) == explaining.FIRST


def test_a_delegate_is_told_in_whose_name():
    world = World()
    leader = Holding.objects.select_related("account").get(account=world.person(Role.LEADER, "own"))
    deputy = make_account("Phạm Văn Thay")
    delegate(
        leader, deputy, acts=["approve"], valid_from=DAY, valid_to=DAY + timedelta(days=9), by=leader.account, at=NOON
    )
    kind = explaining.kind_of("don-vi")
    assert kind is not None

    reasons = explaining.reasons_of(kind, world.tree.north1, deputy, DAY)

    assert [leader.account.name in row.sentence for row in reasons] == [True]
    assert reasons[0].until == DAY + timedelta(days=9)


@pytest.mark.usefixtures("today")
def test_the_page_tells_an_administrator_reasons_and_no_title(client):
    world = World()
    address = f"/ai-duoc-xem/van-ban/{world.upper.pk}"
    Document.objects.filter(pk=world.upper.pk).update(title="Nội dung không dành cho quản trị")
    client.force_login(world.person(Role.ADMIN, "bloc"))
    username = world.person(Role.CLERK, "own").username

    page = client.get(f"{address}?ten={username}").content.decode()

    assert "Được xem" in page and "sổ văn bản" in page
    assert "Nội dung không dành" not in page and world.upper.symbol not in page
    strange = client.get(f"{address}?ten={world.stranger.username}").content.decode()
    assert "Không được xem" in strange
    assert "Không có tài khoản" in client.get(f"{address}?ten=ai-do").content.decode()
    client.force_login(world.person(Role.OFFICER, "bloc"))
    assert world.upper.symbol in client.get(address).content.decode()
    assert f"/van-ban/{world.upper.pk}" in client.get(address).content.decode()


def test_odd_addresses_find_nothing(client, today):
    client.force_login(make_holder(Tree().bloc, Role.ADMIN))

    for address in ("khac/1", "van-ban/999999", "van-ban/0", "don-vi/99999999999999999999"):
        assert client.get(f"/ai-duoc-xem/{address}").status_code == 404, address


def test_a_post_handed_over_moves_the_sight_and_the_queue_and_not_the_history(client, today):
    world = World()
    old, north1 = world.holder, world.tree.north1
    held = Holding.objects.get(account=old)
    new, at_work = make_account("Người Kế Nhiệm"), f"/nhiem-vu/{world.assignment.pk}"
    Holding.objects.create(post=held.post, account=new, valid_from=today)
    client.force_login(old)
    assert client.get(at_work).status_code == 200

    Holding.objects.filter(pk=held.pk).update(valid_to=today)

    assert client.get(at_work).status_code == 404
    assert world.assignment.task.title not in client.get("/viec-cua-toi").content.decode()
    client.force_login(new)
    page = client.get(at_work).content.decode()
    assert old.name in page and north1.name in page
    assert Assignment.objects.filter(Q(held_by=north1)).exists()
    open_work = Assignment.objects.filter(held_by=north1, state="assigned").select_related("task")
    mine = client.get("/viec-cua-toi").content.decode()
    assert open_work and all(row.task.title in mine for row in open_work)

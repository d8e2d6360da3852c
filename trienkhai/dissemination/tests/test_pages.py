"""The pages: the form that sends, the member's page, results with commas, what each person is shown."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from trienkhai.common.models import Installation
from trienkhai.dissemination import actions
from trienkhai.dissemination.actions import Order, SessionDetails, send_document
from trienkhai.dissemination.models import Attendance, Receipt, Sending, StudyPlan, StudySession
from trienkhai.dissemination.queries.sending import last_sendings
from trienkhai.dissemination.rules import own_sendings
from trienkhai.dissemination.tests.make import LATER, Cast, add_text, receipt_of
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks.tests.make import at, make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """On a demo's day, so that the pages speak of the days the rows have."""
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": date(2017, 1, 10)})
    return Cast()


def test_the_form_counts_before_it_sends_and_then_sends_in_one_act(cast: Cast, client):
    client.force_login(cast.clerk)
    address = reverse("dissemination:send", args=[cast.document.pk])
    given = {
        "groups": ["grassroots"],
        "without": "Chi bộ Bắc Hai",
        "acknowledge_by": "2017-01-20",
        "note": "Triển khai",
    }
    assert client.get(address).status_code == 200

    counted = client.post(address, given | {"preview": "1"})
    assert counted.context["counts"].units == 4 and not Sending.objects.exists()
    sent = client.post(address, given)

    row = Sending.objects.get()
    assert sent.url == reverse("dissemination:sending", args=[row.pk])
    assert (row.count, row.acknowledge_by, row.selection) == (4, date(2017, 1, 20), "grassroots - unit:K.B.2")
    assert client.post(address, given).status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"groups": []},
        {"units": "không có đơn vị này"},
        {"acknowledge_by": "2017-01-01"},
        {"acknowledge_by": "hôm nay"},
        {"acknowledge_by": "9000-01-01"},
        {"note": "x" * 1001},
    ],
)
def test_a_wrong_form_says_so_beside_the_field_and_stores_nothing(cast: Cast, client, wrong):
    client.force_login(cast.clerk)
    address = reverse("dissemination:send", args=[cast.document.pk])

    answer = client.post(address, {"groups": ["grassroots"]} | wrong)

    assert answer.status_code == 422
    assert not Sending.objects.exists()


def test_for_a_new_version_the_sender_chooses_who_gets_it_again(cast: Cast, client):
    cast.send()
    cast.acknowledge(cast.tree.north1)
    client.force_login(cast.clerk)
    address = reverse("dissemination:send", args=[cast.document.pk])
    assert 'name="reopens"' not in client.get(address).content.decode()
    add_text(cast.document)
    assert 'name="reopens"' in client.get(address).content.decode()

    wrong = client.post(address, {"groups": ["grassroots"], "reopens": "selection"})
    assert wrong.status_code == 422
    client.post(address, {"groups": ["grassroots"], "reopens": "selection", "lai-units": "K.N.1"})

    assert [row.unit.code for row in Sending.objects.latest("pk").receipts.all()] == ["K.N.1"]


def test_the_unit_finds_what_to_acknowledge_in_its_work_and_on_the_documents_page(cast: Cast, client):
    cast.send(acknowledge_by=date(2017, 1, 10))
    client.force_login(cast.focal[cast.tree.north1.pk])
    receipt = receipt_of(cast.document, cast.tree.north1)
    address = reverse("dissemination:acknowledge", args=[receipt.pk])
    button = f'action="{address}"'

    pages = [reverse("tasks:mine"), reverse("dissemination:mine"), reverse("documents:detail", args=[cast.document.pk])]
    assert all(button in client.get(page).content.decode() for page in pages)
    client.post(address, {"back": "mine"})

    assert all(button not in client.get(page).content.decode() for page in pages)
    assert client.post(address).status_code == 409


def test_a_member_sees_what_its_cell_studies_with_materials_and_reads_the_document(cast: Cast, client):
    cast.send()
    unit, focal = cast.tree.north1, cast.focal[cast.tree.north1.pk]
    member = make_holder(unit, Role.MEMBER)
    client.force_login(member)
    document = reverse("documents:detail", args=[cast.document.pk])
    assert client.get(document).status_code == 404
    plan = actions.make_plan(cast.document, unit, by=focal, at=at(5))
    actions.plan_session(plan.pk, SessionDetails(at(12), "Hội trường tầng 2"), by=focal, at=at(5))

    mine = client.get(reverse("dissemination:mine")).content.decode()

    assert "Hội trường tầng 2" in mine and reverse("dissemination:plan", args=[plan.pk]) in mine
    assert reverse("dissemination:session_result", args=[StudySession.objects.get().pk]) not in mine
    assert client.get(document).status_code == 200
    assert client.get(reverse("dissemination:plan", args=[plan.pk])).status_code == 200
    assert client.get(reverse("dissemination:session_add", args=[plan.pk])).status_code == 409
    client.force_login(make_holder(cast.tree.north2, Role.MEMBER))
    assert client.get(reverse("dissemination:plan", args=[plan.pk])).status_code == 404
    assert client.get(document).status_code == 404


def test_a_session_is_set_and_told_by_forms(cast: Cast, client):
    cast.send()
    focal = cast.focal[cast.tree.north1.pk]
    client.force_login(focal)
    client.post(reverse("dissemination:plan_make", args=[cast.document.pk]), {"finish_by": "20/01/2017", "note": "Học"})
    plan = StudyPlan.objects.get()
    given = {"kind": "main", "day": "2017-01-09", "hour": "14:30", "place": "Hội trường", "form": "mixed"}
    for wrong in ({"day": "30/2/2017"}, {"hour": "25:00"}, {"place": ""}, {"kind": "x"}, {"day": "9999-12-31"}):
        answer = client.post(reverse("dissemination:session_add", args=[plan.pk]), given | wrong)
        assert answer.status_code == 422, wrong
    client.post(reverse("dissemination:session_add", args=[plan.pk]), given)

    session = StudySession.objects.get()
    assert timezone.localtime(session.starts_at).strftime("%d/%m/%Y %H:%M") == "09/01/2017 14:30"
    address = reverse("dissemination:session_result", args=[session.pk])
    for number in ("2,5", "1.23", "-1", "chín", "1e3", "99999999999"):
        told = {"convened_members": number, "attended_members": "1"}
        assert client.post(address, told).status_code == 422, number
    assert client.post(address, {"convened_members": "9", "attended_members": "10"}).status_code == 422
    assert not Attendance.objects.exists()
    client.post(address, {"convened_members": "1.205", "attended_members": "1,200", "absent_duty": "5"})

    row = Attendance.objects.get()
    assert (row.audience, row.convened, row.attended) == ("members", 1205, 1200)
    page = client.get(reverse("dissemination:plan", args=[plan.pk])).content.decode()
    assert "99,58 %" in page


def test_the_study_page_of_a_branch_drills_down_within_ones_reach_only(cast: Cast, client):
    cast.send("children + grassroots")
    cast.hold(cast.tree.north1, {"members": (10, 9)})
    address = reverse("dissemination:study", args=[cast.document.pk])
    tree = cast.tree
    client.force_login(cast.north_leader)

    page = client.get(address)
    assert (page.context["unit"].pk, page.context["table"].total.units) == (tree.north.pk, 3)
    assert client.get(f"{address}?don-vi={tree.north1.pk}").context["table"].total.turnout.attended == 9
    assert client.get(f"{address}?don-vi={tree.south1.pk}").status_code == 404
    assert client.get(f"{address}?don-vi=abc").status_code == 200
    client.force_login(make_holder(tree.north, Role.FOCAL))
    alone = client.get(address).context
    assert (alone["table"].total.units, alone["missing"]) == (1, None)


def test_the_senders_page_shows_the_missing_of_a_branch_and_reminds(cast: Cast, client):
    sent = cast.send()
    cast.acknowledge(cast.tree.south1)
    client.force_login(cast.clerk)
    address = reverse("dissemination:sending", args=[sent.pk])

    page = client.get(f"{address}?don-vi={cast.tree.south.pk}")
    assert [row.unit.name for row in page.context["missing"]] == ["Đảng bộ Nam Hai"]
    assert page.context["figures"].sent == 2
    client.post(reverse("dissemination:remind", args=[sent.pk]))

    sent.refresh_from_db()
    assert sent.reminded_on == date(2017, 1, 10)
    assert client.post(reverse("dissemination:remind", args=[sent.pk])).status_code == 409


def test_plans_are_found_by_words_and_only_by_those_who_see_them(cast: Cast, client):
    cast.send()
    cast.plan(cast.tree.north1)
    focal, other = cast.focal[cast.tree.north1.pk], cast.focal[cast.tree.south1.pk]
    address = reverse("common:search") + "?q=thu nghiem"

    found = []
    for person in (focal, other):
        client.force_login(person)
        found.append("/quan-triet/ke-hoach/" in client.get(address).content.decode())

    assert found == [True, False]
    assert Receipt.objects.filter(acknowledged_at=None).count() == 5


def test_what_own_units_sent_down_stands_with_its_figures_each_document_once(
    cast: Cast, client, kept_hints, django_assert_num_queries, django_assert_max_num_queries
):
    cast.send()
    cast.acknowledge(cast.tree.north1)
    last = cast.send("unit:K.B", when=at(6))

    found = last_sendings(own_sendings(cast.leader, LATER), LATER, 20)

    assert [(row.pk, figures.sent, figures.acknowledged) for row, figures in found] == [(last.pk, 6, 1)]
    assert list(own_sendings(cast.north_leader, LATER)) == []
    client.force_login(cast.leader)
    mine = reverse("dissemination:mine")
    client.get(reverse("common:search"))
    with django_assert_max_num_queries(16) as counted:
        page = client.get(mine).content.decode()
    assert reverse("dissemination:sending", args=[last.pk]) in page
    for number in (2, 3):
        document = make_document(cast.tree.bloc, symbol=f"0{number}-NQ/ĐUTHU")
        send_document(document.pk, cast.tree.bloc, Order("children"), by=cast.clerk, at=at(7))
    with django_assert_num_queries(len(counted)):
        client.get(mine)

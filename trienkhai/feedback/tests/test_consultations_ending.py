"""A consultation is withdrawn, its day moved, a closed one opened again until its summary is issued."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from trienkhai.audit.models import Act
from trienkhai.common.models import Installation
from trienkhai.common.verdict import Refused
from trienkhai.documents.tests.make_drafts import finish
from trienkhai.feedback import actions, papers
from trienkhai.feedback import rules_consulting as rules
from trienkhai.feedback.actions import Opinions, Said
from trienkhai.feedback.models import Asked, Consultation, MovedDay
from trienkhai.feedback.queries.consultations import closed_unanswered
from trienkhai.feedback.tests.make import DAY, House
from trienkhai.norms.loading import load_norms
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import make_holder
from trienkhai.orgs.tests.make_ending import end_unit
from trienkhai.tasks.tests.make import at

pytestmark = pytest.mark.django_db
ON = date(2017, 3, 10)
WHY = "Dự thảo phải viết lại."


@pytest.fixture
def house() -> House:
    load_norms()
    return House()


def asked_of(made: Consultation, unit: Unit) -> Asked:
    return Asked.objects.select_related("consultation").get(consultation=made, unit=unit)


def said_by(kind: str) -> set[int]:
    return set(Notice.objects.filter(kind=kind).values_list("post__holdings__account", flat=True))


def closed(house: House) -> Consultation:
    made = house.consultation()
    return actions.close_consultation(made.pk, reason="Gấp.", by=house.officer, at=at(10, 3))


def test_a_withdrawn_one_keeps_its_opinions_and_takes_no_more(house):
    made = house.consultation()
    opinion = house.opine(asked_of(made, house.tree.north1), by=house.focal, when=at(8, 3))
    other = make_holder(house.tree.north2, Role.FOCAL)

    row = actions.withdraw_consultation(made.pk, reason=WHY, by=house.officer, at=at(10, 3))

    assert row.withdrawn and row.closed_on == ON and row.closing_reason == WHY
    assert rules.visible_opinions(house.focal, ON).count() == rules.visible_opinions(house.officer, ON).count() == 2
    late = asked_of(made, house.tree.north2)
    whole = made.passages.get(position=0).pk
    with pytest.raises(Refused, match=r"rút|withdrawn"):
        actions.store_opinions(late.pk, Opinions({whole: Said("agrees")}), send=True, by=other, at=at(11, 3))
    with pytest.raises(Refused, match=r"rút|withdrawn"):
        actions.reply(opinion.pk, "taken", "", by=house.officer, at=at(11, 3))
    for act in (actions.withdraw_consultation, actions.close_consultation):
        with pytest.raises(Refused):
            act(made.pk, reason=WHY, by=house.officer, at=at(11, 3))
    with pytest.raises(Refused):
        actions.move_day(made.pk, date(2017, 3, 30), reason=WHY, by=house.officer, at=at(11, 3))
    assert not rules.wanted_opinions(other, ON).exists() and not rules.unanswered_opinions(house.officer, ON).exists()
    assert not closed_unanswered().exists() and WHY in papers.body_of(row, ON)
    assert Act.objects.filter(verb="consultation.withdrawn").count() == 1
    assert said_by("consultation_withdrawn") >= {house.focal.pk, other.pk}


@pytest.mark.parametrize("who", ["focal", "member", "stranger", "bloc_officer"])
def test_only_who_may_ask_withdraws_or_moves_the_day_and_never_without_a_reason(house, who):
    made = house.consultation()
    person, day = getattr(house, who), date(2017, 3, 30)

    for by, reason, fault in ((person, WHY, Refused), (house.officer, "  ", ValidationError)):
        with pytest.raises(fault):
            actions.withdraw_consultation(made.pk, reason=reason, by=by, at=at(10, 3))
        with pytest.raises(fault):
            actions.move_day(made.pk, day, reason=reason, by=by, at=at(10, 3))

    made.refresh_from_db()
    assert made.is_open and made.due_on == date(2017, 3, 20) and not MovedDay.objects.exists()
    assert not Act.objects.filter(verb__in=("consultation.withdrawn", "consultation.day_moved")).exists()


def test_a_moved_day_is_told_kept_with_its_reason_and_late_is_reckoned_from_it(house):
    made = house.consultation()

    actions.move_day(made.pk, date(2017, 3, 24), reason="Thêm thời gian.", by=house.leader, at=at(10, 3))
    row = actions.move_day(made.pk, date(2017, 3, 22), reason="Họp sớm hơn.", by=house.officer, at=at(11, 3))
    asked = asked_of(made, house.tree.north1)
    house.opine(asked, by=house.focal, when=at(22, 3))

    asked.refresh_from_db()
    assert row.due_on == date(2017, 3, 22) and not asked.is_late(row.due_on, date(2017, 3, 23))
    days = [(move.before.day, move.after.day, move.reopened) for move in made.moved_days.order_by("pk")]
    assert days == [(20, 24, False), (24, 22, False)]
    assert Act.objects.filter(verb="consultation.day_moved").count() == 2
    assert house.focal.pk in said_by("consultation_moved") and "22/03/2017" in papers.body_of(row, ON)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2017, 3, 9), "The day lies in the past."),
        (date(2017, 3, 5), "Opinions were asked for on %(day)s: they cannot be due before."),
        (date(2017, 3, 20), "Opinions are due on this day already."),
    ],
)
def test_a_day_in_the_past_before_the_start_or_the_same_is_refused_with_its_sentence(house, day, sentence):
    made = house.consultation()

    with pytest.raises(ValidationError) as fault:
        actions.move_day(made.pk, day, reason=WHY, by=house.officer, at=at(10, 3))

    assert re.search(gettext(sentence) % {"day": "06/03/2017"}, fault.value.message_dict["due_on"][0])
    assert Consultation.objects.get().due_on == date(2017, 3, 20)


def test_a_closed_one_opens_again_by_a_day_to_come(house):
    made = closed(house)

    row = actions.move_day(made.pk, date(2017, 3, 20), reason="Còn ý kiến.", by=house.officer, at=at(12, 3))
    house.opine(asked_of(made, house.tree.north1), by=house.focal, when=at(13, 3))

    assert row.is_open and row.closing_reason == "" and made.moved_days.get().reopened
    assert house.focal.pk in said_by("consultation_reopened")
    assert rules.unanswered_opinions(house.officer, date(2017, 3, 13)).count() == 1


def test_after_the_summary_or_the_document_was_issued_it_stays_closed(house):
    made, day = closed(house), date(2017, 3, 30)
    for symbol, issued, field in (
        ("", ON, "symbol"),
        ("5-BC", date(2017, 3, 12), "issued_on"),
        ("5-BC", DAY, "issued_on"),
    ):
        with pytest.raises(ValidationError) as fault:
            actions.tell_summary(made.pk, symbol, issued, by=house.officer, at=at(11, 3))
        assert list(fault.value.message_dict) == [field]
    with pytest.raises(Refused):
        actions.tell_summary(house.consultation().pk, "5-BC", ON, by=house.officer, at=at(11, 3))

    actions.tell_summary(made.pk, "5-BC/ĐU", ON, by=house.officer, at=at(11, 3))

    with pytest.raises(Refused, match="10/03/2017"):
        actions.move_day(made.pk, day, reason=WHY, by=house.officer, at=at(12, 3))
    with pytest.raises(Refused):
        actions.tell_summary(made.pk, "6-BC", ON, by=house.officer, at=at(12, 3))
    other = closed(house)
    finish(other.draft, house.officer, at=at(11, 3))
    with pytest.raises(Refused):
        actions.move_day(other.pk, day, reason=WHY, by=house.officer, at=at(12, 3))


def test_a_unit_that_ended_meanwhile_owes_nothing_when_it_opens_again(house):
    made = house.consultation(house.tree.north1, house.tree.north2)
    single = house.consultation(house.tree.north1)
    for row in (made, single):
        actions.close_consultation(row.pk, reason="Gấp.", by=house.officer, at=at(10, 3))
    admin = make_holder(house.tree.bloc, Role.ADMIN)
    end_unit(house.tree.north1.pk, house.tree.north2.pk, by=admin, at=at(11, 3))

    for row in (made, single):
        actions.move_day(row.pk, date(2017, 3, 30), reason="Còn ý kiến.", by=house.officer, at=at(13, 3))

    assert Asked.objects.get(consultation=made, unit=house.tree.north1).released_on == date(2017, 3, 13)
    assert Asked.objects.get(consultation=single).unit == house.tree.north2


def test_the_pages_offer_what_the_rules_allow_and_show_what_became_of_it(house, client):
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": ON})
    made = house.consultation()
    house.opine(asked_of(made, house.tree.north1), by=house.focal, when=at(8, 3))
    url = f"/y-kien/du-thao/{made.pk}"
    client.force_login(house.focal)
    shown = client.get(url).content.decode()
    assert f"{url}/rut" not in shown and f"{url}/doi-han" not in shown
    assert client.post(f"{url}/rut", {"reason": WHY}).status_code == 409

    client.force_login(house.officer)
    assert f"{url}/rut" in client.get(url).content.decode()
    for wrong in ({"due_on": "2017-03-01", "reason": WHY}, {"due_on": "2017-03-30"}, {"due_on": "x", "reason": WHY}):
        assert client.post(f"{url}/doi-han", wrong).status_code == 422
    assert client.post(f"{url}/doi-han", {"due_on": "2017-03-30", "reason": "Thêm thời gian."}).status_code == 302
    assert "Thêm thời gian." in client.get(url).content.decode()
    assert client.post(f"{url}/ban-hanh", {"symbol": "1", "issued_on": "2017-03-10"}).status_code == 409
    assert client.post(f"{url}/rut", {"reason": ""}).status_code == 422
    assert client.post(f"{url}/rut", {"reason": WHY}).status_code == 302

    client.force_login(house.focal)
    shown = client.get(url).content.decode()
    assert WHY in shown and "Gộp hai ý." in shown
    assert made.title.lower() in client.get("/y-kien/du-thao?trang-thai=da-rut").content.decode().lower()
    assert client.get(f"/y-kien/du-thao/don-vi/{made.asked.first().pk}").status_code == 409


def test_the_number_of_the_summary_stands_on_the_page(house, client):
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": ON})
    made = closed(house)
    url = f"/y-kien/du-thao/{made.pk}"
    client.force_login(house.officer)
    assert f"{url}/doi-han" in client.get(url).content.decode()

    client.post(f"{url}/ban-hanh", {"symbol": "5-BC/ĐU", "issued_on": "2017-03-10"})

    shown = client.get(url).content.decode()
    assert "5-BC/ĐU" in shown and f"{url}/doi-han" not in shown

"""What waits, is late or comes too late is counted as the rows behind it."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from trienkhai.common.models import Installation
from trienkhai.feedback import actions, papers
from trienkhai.feedback.models import Asked, ClauseOpinion, Proposal, ProposalStep
from trienkhai.feedback.queries import Wanted, narrowed
from trienkhai.feedback.queries.consultations import figures_of
from trienkhai.feedback.tests.make import DAY, House, easy, send
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Holding, Role
from trienkhai.orgs.tests.make import make_account, make_holder
from trienkhai.orgs.tests.make_ending import end_unit
from trienkhai.tasks.tests.make import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": DAY.replace(day=10)})
    made = House()
    made.receiving_everywhere()
    easy()
    return made


def test_before_the_day_a_consultation_ends_with_a_reason_unless_all_have_sent_and_the_silent_are_told(house):
    made = house.consultation()
    house.opine(made.asked.get(unit=house.tree.north1), by=house.focal, when=at(7, 3))
    opinion = ClauseOpinion.objects.get(stance="other")
    actions.reply(opinion.pk, "taken", "", by=house.officer, at=at(8, 3))
    for when in (at(8, 3), at(20, 3)):
        with pytest.raises(ValidationError) as fault:
            actions.close_consultation(made.pk, reason=" ", by=house.officer, at=when)
        assert list(fault.value.error_dict) == ["reason"]

    actions.close_consultation(made.pk, reason="Phải trình gấp.", by=house.officer, at=at(9, 3))

    make_holder(house.tree.north2, Role.FOCAL)
    told = Notice.objects.filter(kind__in=("consultation_closed", "consultation_missed"))
    assert {row.kind for row in told} == {"consultation_closed"}
    made.refresh_from_db()
    assert made.closing_reason == "Phải trình gấp."


def test_whoever_sent_nothing_is_told_of_the_end_and_after_the_day_no_reason_is_asked(house):
    make_holder(house.tree.north2, Role.FOCAL)
    made = house.consultation(house.tree.north2)

    actions.close_consultation(made.pk, by=house.officer, at=at(21, 3))

    assert Notice.objects.get(kind="consultation_missed").post.unit == house.tree.north2


def test_all_have_sent_so_it_ends_before_the_day_without_a_reason(house):
    made = house.consultation(house.tree.north1)
    whole = made.passages.get(position=0).pk
    said = actions.Opinions({whole: actions.Said("agrees")})
    actions.store_opinions(made.asked.get().pk, said, send=True, by=house.focal, at=at(7, 3))

    assert actions.close_consultation(made.pk, by=house.officer, at=at(8, 3)).closing_reason == ""


def test_the_table_adds_up_when_a_unit_is_expected_no_longer(house):
    tree, admin = house.tree, make_holder(house.tree.bloc, Role.ADMIN)
    made = house.consultation(tree.north1, tree.north2)
    end_unit(tree.north1.pk, tree.north2.pk, by=admin, at=at(8, 3))

    figures = figures_of(made, Asked.objects.all(), ClauseOpinion.objects.all())
    words = papers.body_of(made, date(2017, 3, 9))

    units = figures.units
    assert figures.asked == units["da-gui"] + units["chua-gui"] + units["khong-con"] == 2 and units["khong-con"] == 1
    assert "số đơn vị chưa gửi: 1; số đơn vị không còn phải gửi do sắp xếp tổ chức: 1." in words


def test_passing_on_after_the_day_stays_a_lateness(house, client):
    late, good = house.proposal(title="Trễ"), house.proposal(title="Đúng hạn")
    Proposal.objects.filter(pk=late.pk).update(due_on=date(2017, 3, 6))
    for one in (late, good):
        actions.pass_on(one.pk, house.tree.bloc, reason="Vượt thẩm quyền.", by=house.officer, at=at(7, 3))

    step = ProposalStep.objects.get(proposal=late)
    assert step.is_late and step.due_on == date(2017, 3, 6) and not ProposalStep.objects.get(proposal=good).is_late
    found = narrowed(Proposal.objects.all(), Wanted(state="tre"), date(2017, 3, 7), own=None, received=None)
    assert [row.title for row in found] == ["Trễ"]
    client.force_login(house.focal)
    listed, page = client.get("/y-kien?trang-thai=tre"), client.get(f"/y-kien/de-xuat/{late.pk}")
    assert [row.was_passed_late for row, _late in listed.context["rows"]] == [True]
    assert page.context["days"] == 4
    assert [stage.late_from for stage in page.context["way"]] == ["", house.tree.north.name]


def test_every_number_of_my_work_opens_its_rows(house, client):
    for number in range(2):
        made = actions.remark(house.tree.north, "Họp kéo dài.", by=house.member, at=at(6, 3))
        actions.remark(house.tree.bloc, "Của tôi.", by=house.officer, at=at(6, 3))
        send(house.tree.north, f"Việc {number}")
    actions.answer_remark(made.pk, "Đã rõ.", by=house.officer, at=at(7, 3))
    actions.release_letters(on=date(2017, 3, 7))
    for asked_about in range(2):
        opened = house.consultation()
        if asked_about:
            house.opine(opened.asked.get(unit=house.tree.north1), by=house.focal, when=at(7, 3))
    client.force_login(house.officer)

    work = client.get("/viec-cua-toi").content.decode()

    links = re.findall(r'href="(/y-kien/[^"]*trang-thai=[^"]*)">[^<]*[(]([0-9]+)[)]', work)
    assert len(links) == 3
    for url, count in links:
        assert len(client.get(url.replace("&amp;", "&")).context["rows"]) == int(count), url


def test_a_cut_list_leads_to_all_of_it(house, client):
    for number in range(13):
        house.proposal(title=f"Việc {number}")
    client.force_login(house.officer)
    address = "/y-kien?vai=nhan&amp;trang-thai=cho"

    assert f'href="{address}"' in client.get("/viec-cua-toi").content.decode()
    assert len(client.get(address.replace("&amp;", "&")).context["rows"]) == 13


def test_a_delegate_of_the_sender_sees_no_button_to_answer(house, client):
    both, delegate = make_holder(house.tree.north, Role.OFFICER), make_account()
    make_holder(house.tree.north1, Role.FOCAL, account=both)
    principal = Holding.objects.get(account=both, post__unit=house.tree.north)
    Holding.objects.create(
        post=principal.post, account=delegate, manner="delegated", principal=principal, valid_from=date(2017, 1, 1)
    )
    made = house.consultation()
    opinion = house.opine(made.asked.get(unit=house.tree.north1), by=both, when=at(7, 3))
    address = f"/y-kien/du-thao/y-kien/{opinion.pk}"
    for who, offered in ((delegate, False), (both, False), (house.officer, True)):
        client.force_login(who)
        assert (address in client.get(f"/y-kien/du-thao/{made.pk}").content.decode()) is offered

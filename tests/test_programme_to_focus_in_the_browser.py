"""The year's programme in a real browser: the officer writes it, the leader puts it in force, an item becomes a task
under a focus, a unit carries it out, and the page of the focus tells the leader how it stands; so does an indicator.
"""

from datetime import date
from typing import Any

import pytest

from tests.browser import fits, press, settled
from trienkhai.common.clock import moment
from trienkhai.documents.models import Document
from trienkhai.indicators.models import Holder, Indicator
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks.actions import set_focus
from trienkhai.tasks.models import Assignment, Focus, Issue, Programme
from trienkhai.tasks.tests.make import Cast, make_document

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def write_the_programme(officer: Any, leader: Any, unit: Unit, paper: Document) -> Programme:
    """One item of the year for a unit, from a document; the leader puts it in force."""
    officer.goto("/chuong-trinh/them")
    officer.check("input[name=kind][value=year]")
    officer.fill("input[name=starts_on]", "2017-01-01")
    press(officer, "main form button.primary")
    programme = Programme.objects.get()
    officer.goto(f"/chuong-trinh/{programme.pk}/them")
    officer.fill("textarea[name=title]", "Kiểm tra việc sinh hoạt chi bộ")
    officer.fill("input[name=due_on]", "2017-09-30")
    officer.select_option("select[name=unit]", str(unit.pk))
    officer.fill("input[name=product]", "Báo cáo kết quả kiểm tra")
    press(officer, "main form button.primary")
    officer.goto(f"/chuong-trinh/{programme.pk}/nguon")
    officer.select_option("select[name=document]", str(paper.pk))
    press(officer, "main form button.primary")
    leader.goto(f"/chuong-trinh/{programme.pk}")
    press(leader, "form[action$='/ban-hanh'] button.primary")
    assert Programme.objects.get().in_force and fits(leader)
    return programme


def open_a_focus(officer: Any) -> Focus:
    officer.goto("/trong-tam/them")
    officer.fill("input[name=title]", "Nâng cao chất lượng sinh hoạt chi bộ")
    officer.fill("textarea[name=goal]", "Mọi chi bộ được kiểm tra trong năm")
    officer.fill("input[name=valid_from]", "2017-01-01")
    press(officer, "main form button.primary")
    return Focus.objects.get()


def give_the_item_as_a_task(officer: Any, leader: Any, programme: Programme, focus: Focus) -> Assignment:
    officer.goto(f"/chuong-trinh/{programme.pk}")
    officer.check("input[name=items]")
    press(officer, "form[action$='/giao-viec'] .form-foot button")
    issue = Issue.objects.get()
    officer.goto(f"/giao-viec/viec/{issue.tasks.get().pk}")
    officer.select_option("select[name=focus]", str(focus.pk))
    press(officer, "main form.columns button.primary")
    officer.goto(f"/giao-viec/{issue.pk}")
    press(officer, "form[action$='/trinh'] button")
    leader.goto(f"/giao-viec/{issue.pk}")
    press(leader, "form[action$='/ban-hanh'] button")
    return Assignment.objects.get()


def tell_a_bottleneck(focal: Any, work: Assignment) -> None:
    focal.goto(f"/nhiem-vu/{work.pk}")
    press(focal, "form[action$='/tiep-nhan'] button")
    focal.goto(f"/nhiem-vu/{work.pk}/cap-nhat")
    focal.fill("input[name=percent]", "40")
    focal.fill("textarea[name=text]", "Đã kiểm tra 4 chi bộ")
    focal.fill("textarea[name=bottleneck]", "Thiếu cán bộ kiểm tra")
    press(focal, "main form button.primary")


def review(officer: Any, leader: Any, focus: Focus) -> None:
    """The page of the focus tells the bottleneck; what is decided stands there for the leader."""
    officer.goto(f"/trong-tam/{focus.pk}")
    assert "Thiếu cán bộ kiểm tra" in officer.locator("table.branches").inner_text() and fits(officer)
    press(officer, "a[href$='/kiem-diem']")
    officer.fill("textarea[name=found]", "Đảng bộ Bắc còn chậm")
    officer.fill("textarea[name=decision]", "Bổ sung hai cán bộ cho Đảng bộ Bắc")
    press(officer, "main form button.primary")
    leader.goto(f"/trong-tam/{focus.pk}")
    assert "Bổ sung hai cán bộ cho Đảng bộ Bắc" in leader.locator("section.decided").inner_text() and fits(leader)


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_from_the_programme_of_the_year_to_the_review_of_its_focus(desk, today: date, javascript: bool, width: int):
    cast = Cast()
    north = cast.tree.north
    worker = make_holder(north, Role.FOCAL)
    paper = make_document(cast.tree.bloc, doc_type="Chương trình", symbol="01-CTr/ĐUTHU", published="branch")
    officer, leader, focal = (
        desk(who, javascript=javascript, width=width) for who in (cast.officer, cast.leader, worker)
    )

    programme = write_the_programme(officer, leader, north, paper)
    focus = open_a_focus(officer)
    work = give_the_item_as_a_task(officer, leader, programme, focus)
    tell_a_bottleneck(focal, work)
    review(officer, leader, focus)

    leader.goto(f"/dau-viec/{programme.items.get().pk}")
    press(leader, f"a[href*='nhiem-vu={work.task_id}']")
    assert leader.locator(f"main a[href='/nhiem-vu/{work.pk}']").count() == 1


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_an_indicator_under_a_focus_from_its_target_to_the_first_tile(desk, today: date, javascript: bool, width: int):
    cast = Cast()
    bloc, north = cast.tree.bloc, cast.tree.north
    values = {"kind": "key", "title": "Phát triển đảng viên", "goal": "", "rhythm": "", "valid_from": date(2017, 1, 1)}
    focus = set_focus(bloc, values | {"last_day": None}, by=cast.officer, at=moment(today))
    officer, leader, focal = (
        desk(who, javascript=javascript, width=width)
        for who in (cast.officer, cast.leader, make_holder(north, Role.FOCAL))
    )

    officer.goto("/chi-tieu/them")
    for name, words in (("title", "Số đảng viên mới kết nạp"), ("code", "CT1"), ("measure", "đảng viên")):
        officer.fill(f"input[name={name}]", words)
    officer.select_option("select[name=period]", "month")
    officer.click("details:has(select[name=focus]) summary")
    officer.select_option("select[name=focus]", str(focus.pk))
    press(officer, "main form button.primary")
    indicator = Indicator.objects.get(focus=focus)
    officer.check("input[name=groups][value=children]")
    officer.fill("input[name='2017-02-01']", "6")
    press(officer, "main form button.primary")
    holder = Holder.objects.get(indicator=indicator, unit=north)
    focal.goto("/chi-tieu/nhap")
    focal.fill(f"input[name='h{holder.pk}-2017-02-01-number']", "7")
    press(focal, "main button[name=send]")
    leader.goto("/chi-tieu/duyet")
    leader.check("input[name='so-lieu']")
    press(leader, "main button[value=approve]")

    leader.goto(f"/trong-tam/{focus.pk}")
    part = leader.locator("#indicators")
    assert "Số đảng viên mới kết nạp" in part.inner_text() and fits(leader)
    assert part.locator("table.branches").first.locator("tbody tr").count() == 2
    press(leader, f"#indicators a[href^='/chi-tieu/{indicator.pk}/so-tong-hop?don-vi={bloc.pk}']")
    assert leader.locator("#shown-number").inner_text() == "7"
    leader.goto(f"/bang-dieu-hanh/{bloc.pk}" + ("" if javascript else "?phan=them"))
    settled(leader)
    assert "0/1" in leader.locator(f"#focus-{focus.pk}-indicators").inner_text() and fits(leader)
    press(leader, f"#focus-{focus.pk}-indicators")
    assert leader.url.endswith(f"/trong-tam/{focus.pk}?don-vi={bloc.pk}#indicators")

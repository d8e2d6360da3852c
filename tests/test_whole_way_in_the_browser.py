"""One whole way in a real browser, each step by the person whose it is, none of them an administrator.

The tracking officer uploads a document, confirms its tasks and submits; the leader issues to 841; a focal point
acknowledges and reports with a file; the unit it answers to approves; the bloc's leader sees the number change.
"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.browser import press
from trienkhai.common.models import Installation
from trienkhai.demo import organisation
from trienkhai.demo.building import store_people, store_units
from trienkhai.demo.documents import sources, write_documents
from trienkhai.demo.entries import PASSWORD
from trienkhai.orgs.models import Unit
from trienkhai.tasks.models import Assignment, Issue, State
from trienkhai.tasks.tally import recount

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def bloc() -> Unit:
    """The demo's 878 units and their people, on the day after its first resolution."""
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": date(2017, 1, 11)})
    units = store_units(organisation.units())
    store_people(organisation.posts(), units)
    return Unit.objects.select_related("present").get(pk=units["MH"].pk)


def paper(folder: Path) -> Path:
    """The first resolution of the demo as a .docx file."""
    files = write_documents(folder)
    return next(file for source, file in zip(sources(), files, strict=True) if source.symbol == "05-NQ/ĐUMH")


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_whole_way_from_the_paper_to_the_number_on_the_board(
    bloc: Unit, sign_in: Callable[..., Any], tmp_path: Path, javascript: bool, width: int
):
    officer = sign_in("chuyenvien", javascript=javascript, width=width)
    officer.goto("/van-ban/nhan")
    officer.set_input_files("input[type=file]", paper(tmp_path))
    for box in officer.locator("main form input[type=checkbox]").all():
        box.check()
    press(officer, "main form button.primary")
    assert "05-NQ/ĐUMH" in officer.content()

    press(officer, "form[action*='giao-viec/tu-van-ban'] button")
    issue = Issue.objects.get()
    assert issue.tasks.count() == 8
    assert officer.locator("blockquote.from-text").count() == 8
    press(officer, "form[action$='/bo'] button")
    press(officer, f"form[action='/giao-viec/{issue.pk}/trinh'] button")

    leader = sign_in("lanhdao", javascript=javascript, width=width)
    leader.goto(f"/giao-viec/{issue.pk}")
    press(leader, f"form[action='/giao-viec/{issue.pk}/ban-hanh'] button")
    grassroots = issue.tasks.get(position=2)
    assert Assignment.objects.filter(task=grassroots).count() == 841
    leader.goto(f"/bang-dieu-hanh/{bloc.pk}")
    before = leader.locator("main").inner_text()

    unit = Unit.objects.get(present__code="MH.01.001")
    work = Assignment.objects.get(task=grassroots, held_by=unit)
    focal = sign_in("daumoi", javascript=javascript, width=width)
    focal.goto(f"/nhiem-vu/{work.pk}")
    press(focal, f"form[action='/nhiem-vu/{work.pk}/tiep-nhan'] button, a[href='/nhiem-vu/{work.pk}/tiep-nhan']")
    if Assignment.objects.get(pk=work.pk).state == State.ASSIGNED:
        press(focal, "main form button.primary")
    focal.goto(f"/nhiem-vu/{work.pk}/bao-cao")
    evidence = tmp_path / "bien-ban.txt"
    evidence.write_text("Biên bản họp cấp ủy", encoding="utf-8")
    focal.fill("textarea[name=text]", "Đã xây dựng và ban hành chương trình hành động.")
    focal.set_input_files("input[type=file]", evidence)
    press(focal, "main form button.primary")

    branch = sign_in("lanhdao2", javascript=javascript, width=width)
    branch.goto("/duyet")
    assert branch.locator(f"main a[href*='{work.pk}']").count() >= 1
    branch.goto(f"/nhiem-vu/{work.pk}")
    assert "bien-ban.txt" in branch.content()
    branch.goto(f"/nhiem-vu/{work.pk}/duyet")
    press(branch, "main form button.primary")

    leader.goto(f"/bang-dieu-hanh/{bloc.pk}")
    after = leader.locator("main").inner_text()
    assert Assignment.objects.get(pk=work.pk).state == State.DONE
    assert after != before
    link = leader.locator(f"a[href*='o=done_on_time'][href*='bang={bloc.pk}']").first
    assert re.sub(r"\D", "", link.inner_text()) == "1"
    leader.goto(link.get_attribute("href"))
    assert leader.locator(f"main a[href='/nhiem-vu/{work.pk}']").count() >= 1
    assert recount() == []


def test_text_is_not_lost_when_the_session_ended_while_a_form_was_being_filled(bloc, sign_in, tmp_path):
    from django.contrib.sessions.models import Session

    officer = sign_in("vanthu")
    officer.goto("/van-ban/nhan")
    officer.fill("textarea[name=text]", "Nội dung đã gõ rất lâu")
    officer.wait_for_timeout(1500)
    Session.objects.all().delete()

    officer.goto("/van-ban/nhan")
    officer.fill("input[name=username]", "vanthu")
    officer.fill("input[name=password]", PASSWORD)
    officer.click("main button.primary")
    officer.wait_for_url("**/van-ban/nhan")
    officer.wait_for_timeout(800)

    assert "Nội dung đã gõ rất lâu" in officer.locator("textarea[name=text]").input_value()


def test_a_text_with_a_mark_of_secrecy_is_neither_stored_nor_kept_in_the_browser(bloc, sign_in, tmp_path):
    clerk = sign_in("vanthu")
    clerk.goto("/van-ban/nhan")
    clerk.fill("textarea[name=text]", "TUYỆT MẬT\n\nNỘI DUNG KHÔNG ĐƯỢC GIỮ LẠI\n\nSố 01-BC/ĐU")
    clerk.check("input[name=not_secret]")
    clerk.click("main form button.primary")
    clerk.wait_for_selector("main .error, main .strip.error")
    refused = clerk.content()

    clerk.goto("/van-ban/nhan")
    clerk.wait_for_timeout(500)

    assert "KHÔNG ĐƯỢC GIỮ LẠI" not in refused
    assert clerk.locator("textarea[name=text]").input_value() == ""
    kept = clerk.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")
    assert "KHÔNG ĐƯỢC GIỮ LẠI" not in kept

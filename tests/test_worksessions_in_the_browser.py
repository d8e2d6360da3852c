"""A working session in a real browser: the officer of the bloc plans it and makes the dossier, the unit tells its
difficulties, the conclusions go out in a notice, come to the unit as a task, and stand at the head of the next session.
On a wide screen and a phone.
"""

from datetime import date, timedelta

import pytest

from tests.browser import fits, press
from trienkhai.documents.models import Document
from trienkhai.tasks.models import Assignment, Issue
from trienkhai.worksessions.models import Dossier, Session
from trienkhai.worksessions.tests.make import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_from_the_dossier_to_the_task_and_to_the_next_session(desk, today: date, javascript: bool, width: int):
    cast = Cast()
    people = (cast.officer, cast.leader, cast.north_focal, cast.north_leader)
    officer, leader, focal, head = (desk(who, javascript=javascript, width=width) for who in people)

    session = plan(officer, cast, today)
    for box in officer.locator("main input[type=checkbox]").all():
        box.check()
    assert fits(officer)
    press(officer, "main form button.primary")
    assert session.participants.count() == 4

    focal.goto("/viec-cua-toi")
    press(focal, f".waiting a.button[href^='/buoi-lam-viec/buoi/{session.pk}']")
    press(focal, f"a[href='/buoi-lam-viec/buoi/{session.pk}/don-vi-neu']")
    focal.fill("[name=text]", "Thiếu cán bộ chuyên trách")
    assert fits(focal)
    press(focal, "main form button.primary")

    press(officer, f"a[href='/buoi-lam-viec/buoi/{session.pk}/lap-ho-so']")
    press(officer, "main form button.primary")
    dossier = Dossier.objects.get()
    head.goto(f"/buoi-lam-viec/ho-so/{dossier.pk}")
    assert "Thiếu cán bộ chuyên trách" in head.locator("main").inner_text() and fits(head)

    officer.goto(f"/buoi-lam-viec/buoi/{session.pk}")
    press(officer, f"a[href='/buoi-lam-viec/buoi/{session.pk}/ket-luan']")
    officer.fill("[name=text]", "Rà soát quy chế làm việc")
    officer.fill("[name=due_on]", (today + timedelta(days=60)).isoformat())
    assert fits(officer)
    press(officer, "main form button.primary")
    press(officer, f"form[action='/buoi-lam-viec/buoi/{session.pk}/ket-thuc'] button")
    press(officer, f"form[action='/buoi-lam-viec/buoi/{session.pk}/thong-bao'] button")
    assert fits(officer)
    document = cast.issued(Session.objects.get(pk=session.pk))

    officer.goto(f"/buoi-lam-viec/buoi/{session.pk}")
    press(officer, f"form[action='/giao-viec/tu-van-ban/{document.pk}'] button")
    issue = Issue.objects.get(document=document)
    assert issue.tasks.get().lead_words == "Đảng bộ Bắc"
    leader.goto(f"/giao-viec/{issue.pk}")
    press(leader, f"form[action='/giao-viec/{issue.pk}/ban-hanh'] button")
    given = Assignment.objects.get(task__issue=issue)
    assert given.held_by == cast.tree.north

    focal.goto("/viec-cua-toi")
    assert "rà soát quy chế làm việc" in focal.locator("main").inner_text().lower()
    focal.goto(f"/van-ban/{document.pk}")
    assert Document.objects.get(pk=document.pk).symbol in focal.locator("main").inner_text()

    following = plan(officer, cast, today + timedelta(days=30))
    head.goto(f"/buoi-lam-viec/buoi/{following.pk}")
    shown = head.locator("main section").first.inner_text()
    assert "Rà soát quy chế làm việc" in shown and "1" in shown and fits(head)


def plan(page, cast: Cast, day: date) -> Session:
    """Plan a session of the bloc with the north, from the list."""
    page.goto("/buoi-lam-viec")
    assert fits(page)
    press(page, f"a[href='/buoi-lam-viec/{cast.tree.bloc.pk}/them']")
    page.fill("input[name=unit]", "K.B")
    page.fill("input[name=day]", day.isoformat())
    page.fill("input[name=hour]", "23:30")
    page.fill("input[name=place]", "Hội trường")
    page.fill("[name=content]", "Tình hình thực hiện nhiệm vụ")
    press(page, "main form button.primary")
    return Session.objects.latest("pk")

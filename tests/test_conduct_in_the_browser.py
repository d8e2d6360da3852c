"""A commitment in a real browser: a leader commits and reports, the secretary opens the words (which is logged) and
enters what the collective said; a member sees numbers and the good example, and no name.
"""

from datetime import date

import pytest

from tests.browser import fits, press
from trienkhai.audit.models import Act
from trienkhai.conduct.models import Commitment
from trienkhai.conduct.tests.make import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_from_the_commitment_to_the_comment_of_the_collective(desk, today: date, javascript: bool, width: int):
    cast = Cast()
    leader, secretary, member = (
        desk(who, javascript=javascript, width=width) for who in (cast.leader, cast.secretary, cast.member)
    )

    leader.goto("/neu-guong")
    press(leader, f"a[href^='/neu-guong/{cast.unit.pk}/cam-ket']")
    leader.fill("[name=text]", "Không để văn bản quá hạn")
    assert fits(leader)
    press(leader, "main form button.primary")
    row = Commitment.objects.get()
    press(leader, f"main .actions a[href='/neu-guong/cam-ket/{row.pk}']")
    press(leader, f"a[href='/neu-guong/cam-ket/{row.pk}/tu-kiem-diem/half']")
    leader.fill("[name=text]", "Không còn văn bản quá hạn nào")
    press(leader, "main form button.primary")
    assert fits(leader)

    secretary.goto(f"/neu-guong/cam-ket/{row.pk}")
    assert "văn bản quá hạn" not in secretary.locator("main").inner_text() and fits(secretary)
    press(secretary, f"form[action='/neu-guong/cam-ket/{row.pk}/xem'] button")
    assert "Không còn văn bản quá hạn nào" in secretary.locator("main").inner_text()
    assert Act.objects.filter(verb="conduct.read", actor_id=cast.secretary.pk).count() == 1
    press(secretary, f"a[href='/neu-guong/nhan-xet/{row.reviews.get().pk}']")
    secretary.fill("[name=text]", "Tập thể nhất trí")
    press(secretary, "main form button.primary")
    leader.goto(f"/neu-guong/cam-ket/{row.pk}")
    assert "Tập thể nhất trí" in leader.locator("main").inner_text()

    secretary.goto("/neu-guong")
    press(secretary, f"a[href^='/neu-guong/{cast.unit.pk}/so-luong']")
    secretary.fill("[name=members]", "9")
    secretary.fill("[name=committed]", "8")
    press(secretary, "main form button.primary")
    assert fits(secretary)
    member.goto("/neu-guong")
    shown = member.locator("main").inner_text()
    assert "8/9" in shown and cast.leader.name not in shown and fits(member)

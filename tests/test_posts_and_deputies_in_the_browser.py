"""Posts in a real browser: the office gives a post, its holder sets a deputy, the deputy decides, and the page of the
person shows both names; the post goes to another person, who takes over.
"""

import pytest

from tests.browser import fits, press
from trienkhai.common.clock import moment
from trienkhai.orgs.actions import create_post
from trienkhai.orgs.models import Holding, Role, Span
from trienkhai.orgs.tests.make import make_account, make_holder
from trienkhai.tasks.models import Assignment, State
from trienkhai.tasks.tests.make import Cast, make_issue
from trienkhai.tasks.tests.play import bring

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_the_office_gives_a_post_and_the_deputy_of_its_holder_decides(desk, today, javascript: bool, width: int):
    cast = Cast()
    make_issue(cast, selection="unit:K.B.1")
    work = bring(cast, Assignment.objects.get(), State.SUBMITTED)
    office = make_holder(cast.tree.bloc, Role.ADMIN)
    holder, deputy = make_account("Trần Thị Lan"), make_holder(cast.tree.north, Role.OFFICER)
    words = {"title": "Phó Bí thư", "role": Role.LEADER, "reach": Span.BRANCH, "by": office, "at": moment(today, 7)}
    post = create_post(cast.tree.north, **words)
    given, leading, standing_in = (desk(who, javascript=javascript, width=width) for who in (office, holder, deputy))

    given.goto(f"/chuc-danh?don-vi={cast.tree.north.pk}&tinh-trang=vacant")
    press(given, f"a[href='/chuc-danh/{post.pk}']")
    press(given, f"a[href='/chuc-danh/{post.pk}/giao']")
    given.fill("input[name=account]", holder.username)
    given.fill("input[name=decision]", "07-QĐ/ĐUMH")
    press(given, "main form button.primary")
    assert "Trần Thị Lan" in given.locator("main").inner_text() and fits(given)

    leading.goto("/uy-quyen")
    press(leading, "aside a[href$='/uy-quyen']")
    leading.fill("input[name=account]", deputy.username)
    leading.check("input[name=bundles][value=approve]")
    leading.fill("input[name=last_day]", "2017-03-31")
    press(leading, "main form button.primary")
    assert deputy.name in leading.locator("main").inner_text() and fits(leading)

    standing_in.goto(f"/nhiem-vu/{work.pk}/duyet")
    press(standing_in, "main form button.primary")
    assert Assignment.objects.get().state == State.DONE

    leading.goto(f"/can-bo/{deputy.pk}")
    assert f"{deputy.name} làm thay Trần Thị Lan" in leading.locator("section.deputies").inner_text()
    acts = leading.locator("section.deputy-acts").inner_text()
    assert deputy.name in acts and "Trần Thị Lan" in acts and fits(leading)

    leading.goto("/uy-quyen")
    press(leading, "main tbody a[href$='/ket-thuc']")
    press(leading, "main form button.primary")
    assert not Holding.objects.on(today).filter(account=deputy, post=post).exists()

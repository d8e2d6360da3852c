"""A large file of units in a real browser: the administrator of a branch tries a wrong one, sees its row and column,
sends the right one, watches it, carries it out; the leader of the branch finds the new units.
"""

import importlib
import re
from pathlib import Path

import pytest

from tests.browser import fits, press
from trienkhai.common import clock
from trienkhai.exchange import waiting
from trienkhai.exchange.actions import run_next_file
from trienkhai.exchange.models import FileJob
from trienkhai.exchange.progress import Stage
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import Tree, make_holder

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
LINES = ["Mã,Mã cấp trên,Loại hình,Tên", *(f"C{n},K.B.1,cell,Chi bộ đường phố {n}" for n in range(40))]


def written(folder: Path, lines: list[str]) -> Path:
    file = folder / "cay-to-chuc.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def send(page, unit: Unit, file: Path) -> FileJob:
    page.goto(f"/to-chuc/{unit.pk}/tep")
    page.set_input_files("input[name=file]", file)
    press(page, "form[enctype] button")
    return FileJob.objects.latest("pk")


def work(page, javascript: bool) -> None:
    """The worker comes; the page finds out by itself, without JavaScript when it is loaded again."""
    assert run_next_file(now=clock.now)
    if not javascript:
        page.reload()
    page.wait_for_selector("#plan-title")


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_wrong_row_is_found_and_the_mended_file_comes_in(
    desk, today, tmp_path, settings, monkeypatch, javascript: bool, width: int
):
    monkeypatch.setattr(importlib.import_module("trienkhai.exchange.views.units"), "IN_BACKGROUND", 0)
    settings.HOME = tmp_path
    tree = Tree()
    admin = desk(make_holder(tree.north, Role.ADMIN), javascript=javascript, width=width)
    leader = desk(make_holder(tree.north, Role.LEADER), javascript=javascript, width=width)

    send(admin, tree.north, written(tmp_path, [*LINES[:31], "C30,K.B.1,Hội quán,Chi bộ 30", *LINES[32:]]))
    work(admin, javascript)
    told = admin.locator("main").inner_text()
    assert "C “Loại hình”" in told and "Hội quán" in told and re.search(r"\b32\b", told)
    assert fits(admin)

    job = send(admin, tree.north, written(tmp_path, LINES))
    waiting.tell_progress(job.token, Stage.JUDGE, 24_000, 60_000)
    admin.reload()
    assert "24.000 trên 60.000 dòng" in admin.locator("main").inner_text()
    assert fits(admin)
    work(admin, javascript)
    press(admin, "form[action$='/nhap'] button.primary")
    work(admin, javascript)
    assert "Đã nhập" in admin.locator("#plan-title").inner_text()
    assert fits(admin)

    new = Unit.objects.get(present__code="C39")
    leader.goto(f"/don-vi/{new.pk}")
    assert "Chi bộ đường phố 39" in leader.locator("main h1").inner_text()
    assert leader.goto(f"/to-chuc/tep/dot/{job.pk}").status == 404

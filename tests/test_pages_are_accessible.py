"""The main pages in a browser, as the people whose work they are: no barrier that axe calls serious or critical."""

from typing import Any

import pytest
from django.urls import reverse

from tests.test_every_url_with_every_role import TABLE
from tests.world import World
from trienkhai.orgs.models import Role
from trienkhai.people.models import Account

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.accessibility]
PAGES = {
    Role.LEADER: (
        "/bang-dieu-hanh/{unit}",
        "/viec-cua-toi",
        "/duyet",
        "/nhiem-vu",
        "/nhiem-vu/{assignment}",
        "/nhiem-vu/{assignment}/tra-lai",
        "/bang-dieu-hanh/{unit}?ngay=2017-01-31&phan=them",
        "/bang-dieu-hanh/{unit}/bang-in",
        "/to-chuc",
        "/don-vi/{unit}",
        "/to-chuc?ngay=2017-01-02",
        "/to-chuc?tim=bac",
        "/don-vi/{unit}?ngay=2017-01-02",
        "/nhat-ky",
        "/hop-thu",
        "/don-doc/bac-thang/{unit}",
        "/duyet/tat-ca",
        "/duyet/tra-lai-tat-ca",
        "/duyet/dot",
        "/duyet/dot/{job}",
        "/trong-tam/{focus}/ket-thuc",
        "/bao-cao",
        "/bao-cao/duyet",
        "/bao-cao/duyet/tra-lai",
        "/bao-cao/bieu-mau/{report_form}",
        "/bao-cao/bieu-mau/{report_form}/ban-hanh",
        "/bao-cao/ky/{report_period}",
        "/bao-cao/{report_sent}",
        "/bao-cao/{report_sent}/tra-lai",
        "/bao-cao/{report_approved}",
        "/y-kien",
        "/y-kien/de-xuat/{proposal}",
        "/y-kien/de-xuat/{proposal}/tra-loi",
        "/y-kien/de-xuat/{proposal}/chuyen",
        "/y-kien/tiep-nhan/{unit}",
    ),
    Role.OFFICER: (
        "/giao-viec/{draft}",
        "/bao-cao/bieu-mau/moi",
        "/bao-cao/bieu-mau/{report_form}/noi-dung",
        "/bao-cao/bieu-mau/{report_form}/chi-tieu",
        "/bao-cao/bieu-mau/{report_form}/ban/{report_version}",
        "/bao-cao/{report_summary}",
        "/bao-cao/{report_summary}/lap",
        "/bao-cao/{report_summary}/gui",
        "/bao-cao/{report_summary}/tong/{report_field}",
        "/giao-viec/{draft}/pham-vi",
        "/giao-viec/viec/{draft_task}",
        "/van-ban/{document}",
        "/van-ban/{sent}",
        "/quan-triet",
        "/quan-triet/van-ban/{sent}",
        "/quan-triet/lan-gui/{sending}",
        "/quan-triet/gui-xuong/{sent}",
        "/quan-triet/ke-hoach/{plan}",
        "/quan-triet/ke-hoach/{plan}/buoi-hoc",
        "/quan-triet/buoi-hoc/{session}/ket-qua",
        "/quan-triet/buoi-hoc/{session}/tai-lieu",
        "/quan-triet/tiep-nhan/{known}/ket-thuc",
        "/chuong-trinh",
        "/chuong-trinh/{programme}",
        "/chuong-trinh/{programme}/them",
        "/chuong-trinh/{programme}/chuyen-tiep",
        "/dau-viec/{item}",
        "/dau-viec/{item}/bo",
        "/trong-tam",
        "/trong-tam/{focus}",
        "/trong-tam/{focus}/kiem-diem",
        "/quan-triet/tiep-nhan-tat-ca",
        "/quan-triet/ke-hoach/{plan}/sua",
        "/quan-triet/buoi-hoc/{session}/sua",
        "/quan-triet/buoi-hoc/{session}/huy",
        "/chuong-trinh/them",
        "/chuong-trinh/{programme}/nguon",
        "/dau-viec/{item}/sua",
        "/dau-viec/{item}/xong",
        "/dau-viec/{done_item}/mo-lai",
        "/trong-tam/them",
        "/trong-tam/{focus}/sua",
        "/van-ban/{upper}/cu-the-hoa",
        "/van-ban/{document}/do-phu",
        "/cu-the-hoa/{concretising}/van-ban",
        "/dieu-khoan/{clause}",
        "/don-doc",
        "/don-doc/tat-ca?don-vi={unit}&o=to_urge",
        "/don-doc/luot/{run}",
        "/don-doc/loi/{called}",
        "/nhiem-vu/{open}/don-doc",
        "/y-kien/co-ten",
        "/y-kien/co-ten/{remark}",
        "/y-kien/khong-ten",
        "/y-kien/khong-ten/{letter}",
        "/y-kien/du-thao",
        "/y-kien/du-thao/moi",
        "/y-kien/du-thao/{consultation}",
        "/y-kien/du-thao/don-vi/{asked_own}",
        "/y-kien/du-thao/y-kien/{opinion}",
    ),
    Role.INSPECTOR: (
        "/quan-triet",
        "/chuong-trinh",
        "/trong-tam/{focus}",
        "/van-ban/{document}/do-phu",
    ),
    Role.FOCAL: (
        "/quan-triet",
        "/quan-triet/van-ban/{sent}",
        "/chuong-trinh/{programme}",
        "/tai-khoan/nhan-tin",
    ),
    Role.ADMIN: (
        "/quan-ly-tai-khoan",
        "/quan-ly-tai-khoan/{account}",
        "/quan-ly-tai-khoan/moi?tim=dang",
        "/quan-ly-tai-khoan/bang-tinh",
        "/ra-soat-quyen",
        "/ra-soat-quyen/{review}",
        "/ai-duoc-xem/nhiem-vu/{assignment}",
        "/vao/{access}",
    ),
    Role.MEMBER: (
        "/quan-triet",
        "/quan-triet/ke-hoach/{plan}",
        "/y-kien/de-xuat/moi",
        "/y-kien/co-ten/moi",
        "/gop-y",
        "/gop-y/gui",
    ),
    Role.CLERK: (
        "/van-ban",
        "/van-ban/nhan",
        "/van-ban/{document}/sua",
        "/van-ban/{document}/quan-he",
        "/van-ban/quan-he/{link}/sua",
        "/van-ban/con-thieu",
        "/van-ban/{document}/tep",
        "/van-ban/{document}/tep/them",
        "/van-ban/tep/{pdf}/xem",
        "/van-ban/tep/{word}/xem",
        "/ho-so",
        "/ho-so/{dossier}",
        "/ho-so/moi",
        "/ho-so/nop-luu",
        "/van-ban/du-thao",
        "/van-ban/du-thao/{paper}",
        "/van-ban/du-thao/{paper}/sua",
        "/van-ban/du-thao/{paper}/ban-hanh",
        "/van-ban/mau",
        "/tai-khoan",
        "/khong-co",
    ),
}

OF_COLOURS = ("color-contrast", "link-in-text-block")
"""Rules of axe whose outcome the theme can change."""

# A page that scrolls sideways, and whatever is pressed and is less than 24 px one way; a label counts with its box, a
# link in a line of text by its height.
TOO_WIDE_OR_SMALL = """() => {
  const seen = (e) => e.getClientRects().length && !e.closest(".sr, .skip, .dressed");
  const inline = (e) => getComputedStyle(e).display === "inline";
  const side = (e, { width, height } = e.getBoundingClientRect()) => (inline(e) ? height : Math.min(width, height));
  const size = (e) => Math.max(side(e), ...[...(e.labels || [])].map((label) => side(label)));
  const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const pressed = [...document.querySelectorAll(controls)];
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  return [
    ...(wide > 0 ? [`${wide} px too wide`] : []),
    ...pressed.filter((e) => seen(e) && size(e) < 24).map((e) => `${size(e)} px: ${e.outerHTML.slice(0, 120)}`),
  ];
}"""


@pytest.mark.parametrize("role", PAGES)
def test_page_has_no_serious_barrier_in_either_theme_and_fits_a_phone_and_a_finger(role: Role, page: Any, client: Any):
    """Between the themes nothing changes but the colours."""
    world = World()
    enter(page, client, world.person(role, "own"))
    found = []

    for address in (path.format(**world.keys()) for path in PAGES[role]):
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1440, "height": 900})
        answer = page.goto(address)
        assert answer.ok or address == "/khong-co", f"{address}: {answer.status}"
        found += [f"{address} (light): {barrier}" for barrier in barriers(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"{address} (dark): {barrier}" for barrier in barriers(page, *OF_COLOURS)]
        page.set_viewport_size({"width": 390, "height": 844})
        found += [f"{address}: {fault}" for fault in page.evaluate(TOO_WIDE_OR_SMALL)]

    assert found == []


LIFE = {"meetings", "inspections", "oversight", "conduct", "evaluation", "worksessions"}
FILES = {"meetings:worker", "oversight:proof_file", "worksessions:dossier_file", "inspections:proof"}


def opened_by(name: str) -> tuple[Role, str] | None:
    """The first of those who get through to an address by the table, as (role, place); None when it is no page."""
    people = TABLE[name].get("get")
    if name in FILES or not people or people == "nobody":
        return None
    role, _, place = (Role.LEADER if people == "everyone" else people[0]).partition("@")
    return Role(role), place or "own"


def test_every_page_of_the_organisations_life_bars_nobody(page: Any, client: Any):
    """On a phone in the light, so that a page added later is walked too: the table of addresses names them all."""
    world = World()
    keys, found, entered = world.keys(), [], None
    page.set_viewport_size({"width": 390, "height": 844})

    for name in (name for name in TABLE if name.split(":")[0] in LIFE):
        person = opened_by(name)
        if person is None:
            continue
        if person != entered:
            enter(page, client, world.person(*person))
            entered = person
        answer = page.goto(reverse(name, args=[keys[key] for key in TABLE[name].get("takes", [])]))
        assert answer.ok, f"{name}: {answer.status}"
        found += [f"{name}: {fault}" for fault in page.evaluate(TOO_WIDE_OR_SMALL)]
        found += [f"{name}: {barrier}" for barrier in barriers(page)]

    assert found == []


def test_file_field_speaks_the_language_of_the_page_and_names_what_is_chosen(page: Any, client: Any, tmp_path: Any):
    enter(page, client, World().person(Role.CLERK, "own"))
    page.goto("/van-ban/nhan")
    field = page.locator(".file")
    assert "Chọn tệp" in field.inner_text()
    assert "chưa chọn tệp nào" in field.inner_text()

    paper = tmp_path / "chi-thi.txt"
    paper.write_text("Chỉ thị", encoding="utf-8")
    page.set_input_files("input[type=file]", paper)

    assert "chi-thi.txt" in field.inner_text()


def enter(page: Any, client: Any, account: Account) -> None:
    """The session of `account` for the browser, without the form."""
    client.force_login(account)
    page.goto("/dang-nhap")
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": page.url}])


def barriers(page: Any, *rules: str) -> list[str]:
    """What axe calls serious or critical on the page: by the rules named, or by all it has."""
    from axe_playwright_python.sync_playwright import Axe

    options = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
    rows = (
        row
        for row in Axe().run(page, options=options).response["violations"]
        if row["impact"] in ("serious", "critical")
    )
    return [f"{row['id']}: {node['html']}" for row in rows for node in row["nodes"]]

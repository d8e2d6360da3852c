"""The demo's bloc has exactly the numbers the demo speaks of, and nothing in it is the name of a real body."""

from collections import Counter

from trienkhai.demo.organisation import posts, units

ROWS = list(units())
CHILDREN = [row for row in ROWS if row.parent_code == "MH" and row.relation == "subordinate"]
GRASSROOTS = [row for row in ROWS if row.kind in ("grassroots_committee", "grassroots_cell")]
REAL = (
    "báo nhân dân",
    "thông tấn xã việt nam",
    "đài tiếng nói việt nam",
    "đài truyền hình việt nam",
    "tạp chí cộng sản",
)
REAL_PARTS = ("việt nam", "trung ương", "hồ chí minh", "quốc gia", "chính phủ", "quốc hội", "hà nội")


def test_the_bloc_has_63_direct_subordinates_of_seven_sectors():
    kinds = Counter(row.kind for row in CHILDREN)

    assert kinds == {"upper_committee": 36, "grassroots_committee": 27}
    assert {row.sector for row in CHILDREN} == {"party", "state", "front", "mass", "press", "service", "research"}


def test_814_stand_below_the_36_and_make_841_grassroots_and_878_units():
    upper = {row.code for row in CHILDREN if row.kind == "upper_committee"}
    below = Counter(row.parent_code for row in GRASSROOTS if row.parent_code != "MH")

    assert (sum(below.values()), set(below)) == (814, upper)
    assert (len(GRASSROOTS), 1 + len(CHILDREN) + sum(below.values())) == (841, 878)
    assert (min(below.values()), max(below.values())) == (5, 60)
    assert {row.kind for row in GRASSROOTS} == {"grassroots_committee", "grassroots_cell"}


def test_attached_bodies_cells_and_bodies_outside_are_extra():
    extra = Counter((row.kind, row.relation) for row in ROWS if row.kind in ("body", "cell", "external"))

    assert extra == {("body", "attached"): 5, ("cell", "subordinate"): 12, ("external", "external"): 3}
    assert {row.code for row in ROWS if row.kind == "cell"} >= {"MH.01.001.01"}


def test_codes_and_names_are_unique_and_parents_come_first():
    seen = {""}
    for row in ROWS:
        assert row.parent_code in seen, row.code
        seen.add(row.code)

    assert len({row.code for row in ROWS}) == len({row.name for row in ROWS}) == len(ROWS)
    assert all(row.short_name and row.established_on for row in ROWS)


def test_no_unit_bears_the_name_of_a_real_body():
    names = [row.name.lower() for row in ROWS] + [row.short_name.lower() for row in ROWS]

    assert not [name for name in names for word in (*REAL, *REAL_PARTS) if word in name]


def test_every_counted_unit_has_a_leader_and_a_focal_point():
    roles = {(row.unit_code, row.role) for row in posts()}
    counted = ["MH", *(row.code for row in CHILDREN), *(row.code for row in GRASSROOTS)]

    assert not [code for code in counted if (code, "leader") not in roles or (code, "focal") not in roles]


def test_posts_have_titles_holders_and_usernames_of_their_own():
    rows = list(posts())

    assert len({(row.unit_code, row.title) for row in rows}) == len(rows)
    assert len({row.username for row in rows}) == len({row.holder for row in rows}) == len(rows)


def test_one_account_of_each_role_signs_in():
    accounts = {row.username: row for row in posts() if row.signs_in}

    assert set(accounts) == {
        *("vanthu", "chuyenvien", "lanhdao", "lanhdao2", "daumoi", "daumoi2"),
        *("bithuchibo", "kiemtra", "doanthe", "dangvien", "quantri"),
    }
    assert len({row.role for row in accounts.values()}) == 9
    assert accounts["daumoi"].unit_code.startswith(accounts["lanhdao2"].unit_code)
    assert not accounts["daumoi2"].unit_code.startswith(accounts["lanhdao2"].unit_code)


def test_the_same_rows_come_out_every_time():
    assert list(units()) == ROWS
    assert list(posts()) == list(posts())

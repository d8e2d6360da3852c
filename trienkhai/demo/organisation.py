"""The demo's organisations as plain rows, from the files in `data`: nothing here knows Django.

All of the bloc is invented; the state organisation holds real institutions as of 9 January 2025 and no person.
The same files always give the same rows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
GROUP_PHRASES = Path(__file__).parent.parent / "norms" / "data" / "group_phrases.yaml"
OWN, BRANCH = "own", "branch"
BRANCH_WITH_CELLS = "MH.01"
STRIDE = 3001


@dataclass(frozen=True)
class UnitRow:
    """One unit; `parent_code` '' stands at the top of a tree or outside it. The fields are those an import takes."""

    code: str
    name: str
    kind: str
    parent_code: str = ""
    relation: str = "subordinate"
    sector: str = ""
    short_name: str = ""
    aliases: list[str] = field(default_factory=list)
    established_on: date | None = None
    symbol: str = ""


@dataclass(frozen=True)
class PostRow:
    """One post and who holds it. `signs_in`: the account gets the demo's password; all others get none that works."""

    unit_code: str
    title: str
    role: str
    reach: str
    holder: str
    username: str
    signs_in: bool = False


@cache
def load(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))


def units() -> Iterator[UnitRow]:
    """The bloc, parents first: itself, its attached bodies, the 63, the 814 below 36 of them, cells, bodies outside."""
    data = load("bloc.yaml")
    bloc = data["bloc"]
    yield UnitRow(kind="bloc", sector="party", **bloc)
    for row in data["attached"]:
        body = {key: value for key, value in row.items() if key != "head"}
        yield UnitRow(kind="body", parent_code="MH", relation="attached", established_on=bloc["established_on"], **body)
    for number, row in enumerate(data["subordinates"], start=1):
        yield _subordinate(number, row)
    for number, row in enumerate(data["subordinates"], start=1):
        yield from _grassroots(f"MH.{number:02}", row, data["below"])
    yield from _cells(data["cells"])
    for row in data["external"]:
        yield UnitRow(kind="external", relation="external", established_on=bloc["established_on"], **row)


def _subordinate(number: int, row: dict[str, Any]) -> UnitRow:
    return UnitRow(
        code=f"MH.{number:02}",
        name=f"Đảng bộ {row['body']}",
        kind="upper_committee" if "size" in row else "grassroots_committee",
        parent_code="MH",
        sector=row["sector"],
        short_name=row["short_name"],
        aliases=[f"Đảng ủy {row['body']}", row["body"]],
        established_on=date(2007, 6, 1) + timedelta(days=number * 37 % 700),
    )


def _grassroots(parent: str, row: dict[str, Any], below: dict[str, Any]) -> Iterator[UnitRow]:
    names = _names_below(row, below.get(row["sector"], below["default"]), below["towns"])
    for number, name in enumerate(islice(names, row.get("size", 0)), start=1):
        yield UnitRow(
            code=f"{parent}.{number:03}",
            name=name,
            kind="grassroots_committee" if name.startswith("Đảng bộ") else "grassroots_cell",
            parent_code=parent,
            sector=row["sector"],
            short_name=name.removeprefix("Đảng bộ ").removeprefix("Chi bộ "),
            aliases=[name.replace("Đảng bộ", "Đảng ủy", 1)] if name.startswith("Đảng bộ") else [],
            established_on=date(2009, 6, 1) + timedelta(days=number * 53 % 2000),
        )


def _names_below(row: dict[str, Any], words: dict[str, Any], towns: list[str]) -> Iterator[str]:
    """Names in a natural order: the office and staff units first, then by field, then the offices elsewhere."""
    place, common = row.get("place"), words["common"]
    forms, subjects = words["forms"], row.get("fields", [])
    pairs = [(step, i) for step in range(len(forms)) for i in range(len(subjects))]
    joined = [f"{forms[(i + step) % len(forms)]} {subjects[i]} {place}" for step, i in pairs]
    yield from (f"{name} {place}" for name in common[:6])
    yield from joined[: 2 * len(subjects)]
    yield from (f"{name} {place}" for name in common[6:])
    yield from (f"{words['away']} {place} tại {town}" for town in towns)
    yield from joined[2 * len(subjects) :]


def _cells(data: dict[str, Any]) -> Iterator[UnitRow]:
    parents = {row["code"]: row for row in _branch_with_cells()}
    for code in data["below"]:
        for number, name in enumerate(data["names"], start=1):
            yield UnitRow(
                code=f"{code}.{number:02}",
                name=f"Chi bộ {name}, {parents[code]['short_name']}",
                kind="cell",
                parent_code=code,
                sector="party",
                short_name=f"{name}, {parents[code]['short_name']}",
                established_on=date(2015, 1, 5),
            )


def _branch_with_cells() -> list[dict[str, Any]]:
    data = load("bloc.yaml")
    number = int(BRANCH_WITH_CELLS.rpartition(".")[2])
    rows = _grassroots(BRANCH_WITH_CELLS, data["subordinates"][number - 1], data["below"])
    return [{"code": row.code, "short_name": row.short_name} for row in rows]


# Username of the one account per role that signs in, by (unit, role, number of the post among those of that role).
SIGN_IN = {
    ("MH", "clerk", 0): "vanthu",
    ("MH", "officer", 0): "chuyenvien",
    ("MH", "leader", 0): "lanhdao",
    ("MH", "inspector", 0): "kiemtra",
    ("MH", "mass_organisation", 0): "doanthe",
    ("MH", "administrator", 0): "quantri",
    (BRANCH_WITH_CELLS, "leader", 0): "lanhdao2",
    ("MH.01.001", "focal", 0): "daumoi",
    ("MH.02.002", "focal", 0): "daumoi2",
    ("MH.01.001.01", "cell_secretary", 0): "bithuchibo",
    ("MH.01.001.01", "member", 0): "dangvien",
}
FOCAL = ("Đầu mối theo dõi nhiệm vụ", "focal", OWN)
CLERK = ("Văn thư", "clerk", OWN)
OFFICER = ("Chuyên viên theo dõi", "officer", BRANCH)
BLOC_POSTS = (
    ("Bí thư Đảng ủy Khối", "leader", BRANCH),
    ("Phó Bí thư Thường trực Đảng ủy Khối", "leader", BRANCH),
    FOCAL,
    CLERK,
    OFFICER,
    ("Ủy viên Ủy ban Kiểm tra Đảng ủy Khối", "inspector", BRANCH),
    ("Đại diện các đoàn thể", "mass_organisation", OWN),
    ("Quản trị hệ thống", "administrator", BRANCH),
)
HEADS = {
    "upper_committee": "Bí thư Đảng ủy",
    "grassroots_committee": "Bí thư Đảng ủy cơ sở",
    "grassroots_cell": "Bí thư Chi bộ cơ sở",
}


def posts() -> Iterator[PostRow]:
    """Every post of the bloc with its holder; two rows of one unit never share a title, nor two rows a username."""
    people = _people()
    heads = {row["code"]: row["head"] for row in load("bloc.yaml")["attached"]}
    for unit in units():
        seen: dict[str, int] = {}
        for title, role, reach in _posts_of(unit, heads):
            number = seen[role] = seen.get(role, -1) + 1
            sign_in = SIGN_IN.get((unit.code, role, number))
            username = sign_in or f"{role}{number or ''}.{unit.code.lower()}"
            yield PostRow(unit.code, title, role, reach, next(people), username, sign_in is not None)


def _posts_of(unit: UnitRow, heads: dict[str, str]) -> Iterable[tuple[str, str, str]]:
    if unit.kind == "bloc":
        return BLOC_POSTS
    if unit.kind == "body":
        return (heads[unit.code], "leader", OWN), FOCAL
    if unit.kind == "cell":
        member = [("Đảng viên", "member", OWN)] if (unit.code, "member", 0) in SIGN_IN else []
        return ("Bí thư Chi bộ", "cell_secretary", OWN), *member
    if unit.kind not in HEADS:
        return ()
    staff = [CLERK, OFFICER] if unit.kind == "upper_committee" else []
    return (HEADS[unit.kind], "leader", BRANCH), FOCAL, *staff


def _people() -> Iterator[str]:
    """Invented full names, none twice: a fixed walk through all combinations, women and men in turn."""
    parts = load("names.yaml")
    walks = [_names(parts["families"], parts[sex]["middles"], parts[sex]["givens"]) for sex in ("women", "men")]
    for pair in zip(*walks, strict=False):
        yield from pair


def _names(families: list[str], middles: list[str], givens: list[str]) -> Iterator[str]:
    """Each combination once; the stride has no divisor in common with their number, so the walk meets them all."""
    total = len(families) * len(middles) * len(givens)
    for step in range(total):
        rest, family = divmod(step * STRIDE % total, len(families))
        middle, given = rest % len(middles), rest // len(middles)
        words = [families[family], *middles[middle].split(), givens[given]]
        if len(set(words)) == len(words):
            yield " ".join(words)


LISTED_ON = date(2025, 1, 1)
NAMED_AFTER_A_PERSON = "Hồ Chí Minh"
GOVERNMENT_KINDS = ("government", "ministry", "ministerial_agency", "government_agency")


def government() -> Iterator[UnitRow]:
    """The state organisation as of 9 January 2025, parents first; bodies outside it stand at the end."""
    data = load("government.yaml")
    for kind in GOVERNMENT_KINDS:
        for row in data[kind]:
            yield _government_body(kind, row)
    for kind, rank in (("city", "thành phố"), ("province", "tỉnh")):
        for row in data[kind]:
            yield _province(rank, row)
    for row in data["external"]:
        yield UnitRow(kind="external", relation="external", established_on=LISTED_ON, **row)


def _government_body(kind: str, row: dict[str, Any]) -> UnitRow:
    parent = "" if kind == "government" else "CP"
    heads = [row["head"], *_heads(kind, row["name"])]
    known = {key: value for key, value in row.items() if key not in ("head", "aliases")}
    aliases = list(dict.fromkeys([*row["aliases"], *heads]))
    return UnitRow(kind=kind, parent_code=parent, sector="state", aliases=aliases, established_on=LISTED_ON, **known)


def _heads(kind: str, name: str) -> list[str]:
    return [f"Lãnh đạo {name}"] if kind != "government" else []


def _province(rank: str, row: dict[str, Any]) -> UnitRow:
    """A province by its committee. Aliases hold the committee, its chairman, the province with and without its rank."""
    place = row["place"]
    ranks = [rank, "TP.", "TP"] if rank == "thành phố" else [rank]
    committees = ("Ủy ban nhân dân", "UBND")
    aliases = [f"{committee} {word} {place}" for committee in committees for word in ranks]
    aliases += [f"Chủ tịch {committee} {word} {place}" for committee in committees for word in ranks]
    plain = [place] if place != NAMED_AFTER_A_PERSON else []
    aliases += [f"{word} {place}" for word in ranks] + plain + row.get("aliases", [])
    return UnitRow(
        code=f"UBND.{row['number']}",
        name=aliases[0],
        kind="province",
        parent_code="CP",
        sector="state",
        short_name=f"UBND {'TP.' if rank == 'thành phố' else rank} {place}",
        aliases=aliases[1:],
        established_on=LISTED_ON,
    )


def government_posts() -> Iterator[PostRow]:
    """A head for every body, a focal point below the Government, an officer and a clerk at it; titles, no names."""
    heads = {row["code"]: row["head"] for kind in GOVERNMENT_KINDS for row in load("government.yaml")[kind]}
    for unit in government():
        if unit.relation == "external":
            continue
        head = heads.get(unit.code, "Chủ tịch Ủy ban nhân dân")
        others = (OFFICER, CLERK) if unit.kind == "government" else (FOCAL,)
        for title, role, reach in ((head, "leader", BRANCH), *others):
            yield PostRow(unit.code, title, role, reach, f"{title} ({unit.short_name})", f"{role}.{unit.code.lower()}")


def group_phrases(kind: str) -> dict[str, str | None]:
    """What the shipped group phrases select as seen from a unit of `kind` (bloc, government, province); None: not
    guessed.
    """
    norm = yaml.safe_load(GROUP_PHRASES.read_text(encoding="utf-8"))[0]
    groups = [group for part in norm["value"] if kind in part["seen_from"] for group in part["groups"]]
    return {phrase: group["selection"] for group in groups for phrase in group["phrases"]}

"""The demo's reorganisation files: by a decision of December two small units merge and one moves; a draft stays."""

from datetime import date
from typing import Any

from trienkhai.common.clock import moment
from trienkhai.demo.books import office
from trienkhai.orgs.actions import reorganising
from trienkhai.orgs.actions.reorganising import key_of
from trienkhai.orgs.models import Relation, Reorganisation, Unit
from trienkhai.orgs.queries import children

PREPARED, DAY = date(2017, 12, 14), date(2017, 12, 15)
NEXT_YEAR = date(2018, 1, 1)
FROM, TO = "MH.59", "MH.60"
"""Upper committees far from those that the demo's other stories tell of."""
CELL = "grassroots_cell"


def reorganise(bloc: Unit) -> tuple[int, int]:
    """One file carried out, one draft; how many steps the first has and how many pieces of work went along."""
    people = office()
    above, other = (Unit.objects.select_related("present").get(present__code=code) for code in (FROM, TO))
    cells = list(children(above, Relation.SUBORDINATE).filter(present__kind=CELL).order_by("present__code")[:3])
    who: dict[str, Any] = {"by": people.administrator, "at": moment(PREPARED, 9)}
    title = f"Sắp xếp chi bộ nhỏ của {above.name}"
    file = reorganising.prepare_reorganisation(
        bloc, title=title, decision="38-QĐ/ĐUMH", decision_on=PREPARED, effective_on=DAY, **who
    )
    name = f"Chi bộ các ban tham mưu {above.short_name}"
    new = {"code": f"{FROM}.900", "name": name, "kind": CELL, "relation": "subordinate", "sector": sector_of(above)}
    merge = {"units": [key_of(cell) for cell in cells[:2]], "into": "", "new": new, "parent": key_of(above)}
    reorganising.add_step(file.pk, "merge", merge, **who)
    reorganising.add_step(file.pk, "move", {"units": [key_of(cells[2])], "parent": key_of(other)}, **who)
    reorganising.submit_reorganisation(file.pk, **who)
    done = reorganising.approve_and_carry_out(file.pk, by=people.leader, at=moment(DAY, 8))
    _draft(bloc)
    steps = done.outcome["steps"]
    return len(steps), sum(row["counts"].get("assignments", 0) for row in steps)


def _draft(bloc: Unit) -> Reorganisation:
    """What the office still thinks about for the new year."""
    who: dict[str, Any] = {"by": office().administrator, "at": moment(PREPARED, 10)}
    first, second = children(Unit.objects.get(present__code=TO), Relation.SUBORDINATE)[:2]
    file = reorganising.prepare_reorganisation(
        bloc, title="Hợp nhất hai tổ chức cơ sở từ năm 2018", effective_on=NEXT_YEAR, **who
    )
    new = {
        "code": f"{TO}.900",
        "name": f"Đảng bộ {first.short_name} và {second.short_name}"[:200],
        "kind": "grassroots_committee",
        "relation": "subordinate",
        "sector": sector_of(first),
    }
    parent = key_of(Unit.objects.get(present__code=TO))
    merge = {"units": [key_of(first), key_of(second)], "into": "", "new": new, "parent": parent}
    reorganising.add_step(file.pk, "merge", merge, **who)
    return file


def sector_of(unit: Unit) -> str:
    return unit.present.sector if unit.present else ""

"""A sheet of criteria that sum to 100 points: the norm read, points by a share of what was to be, levels by a total."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FULL = 100
SCOPES = ("meeting", "quarter", "year")
MEASURES = ("length", "attendance", "papers", "minutes", "targets", "speakers")


@dataclass(frozen=True)
class Criterion:
    """`measure`: what fills it from data, empty where people do. `bands`: (at least so many percent, points)."""

    code: str
    title: str
    points: int
    measure: str
    bands: tuple[tuple[int, int], ...]

    def points_for(self, top: int, bottom: int) -> int:
        """Points for `top` of `bottom`, in whole numbers: 89.99 % is not 90 %."""
        return next((points for least, points in self.bands if top * 100 >= least * bottom), 0)


@dataclass(frozen=True)
class Frame:
    """`levels`: (at least so many points, name), the highest first."""

    scope: str
    bodies: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    levels: tuple[tuple[int, str], ...]

    def level_of(self, total: int) -> str:
        return next((name for least, name in self.levels if total >= least), "")

    @classmethod
    def read(cls, value: Mapping[str, Any]) -> "Frame":
        criteria = tuple(_criterion(row) for row in value["criteria"])
        levels = tuple((int(least), str(name)) for least, name in value["levels"])
        return cls(str(value["scope"]), tuple(value["bodies"]), criteria, levels)


def _criterion(row: Mapping[str, Any]) -> Criterion:
    bands = tuple((int(least), int(points)) for least, points in row.get("bands", ()))
    return Criterion(str(row["code"]), str(row["title"]), int(row["points"]), str(row.get("measure", "")), bands)


def frame_faults(value: Any) -> list[str]:
    """What is wrong with a norm that is a score sheet, in sentences."""
    try:
        frame = Frame.read(value)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        return [f"không đọc được: {fault!r}."]
    found = []
    total = sum(one.points for one in frame.criteria)
    if total != FULL:
        found.append(f"tổng điểm các tiêu chí là {total}, phải là {FULL}.")
    if len({one.code for one in frame.criteria}) != len(frame.criteria):
        found.append("hai tiêu chí cùng một mã.")
    if frame.scope not in SCOPES:
        found.append(f"phạm vi {frame.scope} không có.")
    if not frame.bodies:
        found.append("không nêu thành phần họp.")
    found += [fault for one in frame.criteria for fault in _criterion_faults(one)]
    least = [row[0] for row in frame.levels]
    if not least or least != sorted(set(least), reverse=True) or least[-1] != 0:
        found.append("các mức xếp loại phải giảm dần đến 0.")
    return found


def _criterion_faults(one: Criterion) -> list[str]:
    found = []
    if not 0 < one.points <= FULL:
        found.append(f"tiêu chí {one.code}: điểm tối đa {one.points} không hợp lệ.")
    if one.measure and one.measure not in MEASURES:
        found.append(f"tiêu chí {one.code}: không có số liệu {one.measure}.")
    if bool(one.measure) != bool(one.bands):
        found.append(f"tiêu chí {one.code}: số liệu và thang điểm phải đi cùng nhau.")
    least = [row[0] for row in one.bands]
    if least and (least != sorted(set(least), reverse=True) or least[-1] != 0):
        found.append(f"tiêu chí {one.code}: các mức phải giảm dần đến 0.")
    if any(not 0 <= points <= one.points for _least, points in one.bands):
        found.append(f"tiêu chí {one.code}: điểm của một mức nhiều hơn điểm tối đa.")
    return found

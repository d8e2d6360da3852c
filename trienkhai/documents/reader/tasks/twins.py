"""One duty told twice, in a table and in prose: proposed once, with both places."""

import re
from collections import Counter
from collections.abc import Sequence

from ..grammar import fold
from ..model import Task

_SAME = 0.85
_LONG = 40


def merge_twins(rows: list[Task], items: list[Task]) -> list[Task]:
    """All tasks in the order of the text, a duty of a row and its twin among the items once.

    The fuller telling stays; the other's place is in its `also_at`.
    """
    told = [(place, _words(task)) for place, task in enumerate(items) if len(task.text) >= _LONG]
    kept, merged = [], set()
    for row in rows:
        twin = _twin(row, items, told)
        if twin is None:
            kept.append(row)
        else:
            place, _ = told.pop(twin)
            merged.add(place)
            kept.append(_merged(items[place], row))
    kept += [task for place, task in enumerate(items) if place not in merged]
    return sorted(kept, key=lambda task: task.start)


def _twin(row: Task, items: list[Task], told: Sequence[tuple[int, Counter[str]]]) -> int | None:
    """Which of the told is its twin; a short duty has none, its words are those of many."""
    if len(row.text) < _LONG:
        return None
    mine = _words(row)
    return next((i for i, (place, words) in enumerate(told) if _twins(items[place], words, row, mine)), None)


def _words(task: Task) -> Counter[str]:
    return Counter(re.findall(r"\w+", fold(task.text)))


def _twins(one: Task, words: Counter[str], other: Task, mine: Counter[str]) -> bool:
    if not 0.7 < len(one.text) / len(other.text) < 1.43:
        return False
    if one.lead and other.lead and fold(one.lead) != fold(other.lead):
        return False
    common = sum((words & mine).values())
    return 2 * common >= _SAME * (sum(words.values()) + sum(mine.values()))


def _merged(first: Task, second: Task) -> Task:
    """What one telling lacks comes from the other."""
    full, other = (first, second) if _said(first) >= _said(second) else (second, first)
    full.lead = full.lead or other.lead
    full.deadline = full.deadline or other.deadline
    full.product = full.product or other.product
    full.coordinating = full.coordinating or other.coordinating
    full.also_at += [(other.start, other.end), *other.also_at]
    return full


def _said(task: Task) -> int:
    return sum(bool(value) for value in (task.lead, task.deadline, task.product, task.coordinating))

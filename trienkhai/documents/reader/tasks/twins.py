"""One duty told twice, in a table and in prose: proposed once, with both places."""

import re
from collections import Counter

from ..grammar import fold
from ..model import Task

_SAME = 0.85
_LONG = 40


def merge_twins(rows: list[Task], items: list[Task]) -> list[Task]:
    """All tasks in the order of the text, a duty of a row and its twin among the items once.

    The fuller telling stays; the other's place is in its `also_at`.
    """
    told = [(task, _words(task)) for task in items]
    kept = []
    for row in rows:
        mine = _words(row)
        twin = next((i for i, (task, words) in enumerate(told) if _twins(task, words, row, mine)), None)
        kept.append(row if twin is None else _merged(told.pop(twin)[0], row))
    return sorted([*kept, *(task for task, _ in told)], key=lambda task: task.start)


def _words(task: Task) -> Counter[str]:
    return Counter(re.findall(r"\w+", fold(task.text)))


def _twins(one: Task, words: Counter[str], other: Task, mine: Counter[str]) -> bool:
    if min(len(one.text), len(other.text)) < _LONG or not 0.7 < len(one.text) / len(other.text) < 1.43:
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

"""Every action on programmes and focuses, ready for its turn, for the table of all actions."""

from collections.abc import Callable
from datetime import date
from typing import Any

from trienkhai.orgs.models import Unit
from trienkhai.tasks import actions
from trienkhai.tasks.models import Focus, Programme
from trienkhai.tasks.tests.make import Cast, at
from trienkhai.tasks.tests.make_programme import ITEM, Place

Turn = Callable[[Cast], Callable[[], object]]
LATER = date(2018, 1, 1)


def on_item(name: str, **words: Any) -> Turn:
    """An act on the item of a programme in force."""

    def ready(cast: Cast) -> Callable[[], object]:
        place = Place(cast)
        if name == "reopen_item":
            actions.finish_item(place.item.pk, words="Đã họp", by=place.officer, at=at(8))
        given = dict(words)
        values = [given.pop("values")] if "values" in given else []
        return lambda: getattr(actions, name)(place.item.pk, *values, **given, by=place.officer, at=at(9))

    return ready


def opened(cast: Cast, unit: Unit, **more: Any) -> Programme:
    return actions.open_programme(unit, "year", LATER, by=more.pop("by", cast.officer), at=at(8), **more)


def open_programme(cast: Cast) -> Callable[[], object]:
    return lambda: actions.open_programme(cast.tree.bloc, "year", LATER, by=cast.officer, at=at(9))


def put_in_force(cast: Cast) -> Callable[[], object]:
    programme = opened(cast, cast.tree.bloc)
    actions.add_item(programme.pk, ITEM | {"due_on": date(2018, 9, 30)}, by=cast.officer, at=at(8))
    return lambda: actions.put_in_force(programme.pk, by=cast.leader, at=at(9))


def set_source(cast: Cast) -> Callable[[], object]:
    place = Place(cast)
    programme = opened(cast, cast.tree.bloc)
    paper = place.paper
    return lambda: actions.set_source(programme.pk, part_of=None, document=paper, by=cast.officer, at=at(9))


def take_items(cast: Cast) -> Callable[[], object]:
    place = Place(cast)
    leader = cast.north_leader
    lower = actions.open_programme(cast.tree.north, "year", date(2017, 1, 1), part_of=place.year, by=leader, at=at(8))
    return lambda: actions.take_items(lower.pk, [place.item.pk], by=leader, at=at(9))


def carry_over(cast: Cast) -> Callable[[], object]:
    place = Place(cast)
    target = opened(cast, cast.tree.bloc)
    return lambda: actions.carry_over(place.year.pk, [place.item.pk], to=target.pk, by=cast.officer, at=at(9))


def add_item(cast: Cast) -> Callable[[], object]:
    place = Place(cast)
    return lambda: actions.add_item(place.year.pk, dict(ITEM), reason="Mới giao", by=cast.officer, at=at(9))


def focus(cast: Cast) -> Focus:
    values = {"kind": "central", "title": "Trọng tâm thử", "valid_from": date(2017, 1, 1)}
    return actions.set_focus(cast.tree.bloc, values, by=cast.officer, at=at(8))


def set_focus(cast: Cast) -> Callable[[], object]:
    values = {"kind": "central", "title": "Trọng tâm thử", "valid_from": date(2017, 1, 1)}
    return lambda: actions.set_focus(cast.tree.bloc, values, by=cast.officer, at=at(9))


def change_focus(cast: Cast) -> Callable[[], object]:
    row = focus(cast)
    values = {"kind": "key", "title": "Trọng tâm khác", "valid_from": date(2017, 1, 1)}
    return lambda: actions.change_focus(row.pk, values, by=cast.officer, at=at(9))


def end_focus(cast: Cast) -> Callable[[], object]:
    row = focus(cast)
    return lambda: actions.end_focus(row.pk, last_day=date(2017, 12, 31), by=cast.officer, at=at(9))


def review_focus(cast: Cast) -> Callable[[], object]:
    row = focus(cast)
    said = {"on": date(2017, 1, 9), "found": "Còn chậm", "decision": "Đôn đốc"}
    return lambda: actions.review_focus(row.pk, **said, by=cast.officer, at=at(9))


def draft_paper(cast: Cast) -> Callable[[], object]:
    programme = opened(cast, cast.tree.bloc)
    actions.add_item(programme.pk, ITEM | {"due_on": date(2018, 9, 30)}, by=cast.officer, at=at(8))
    return lambda: actions.draft_programme_paper(programme.pk, by=cast.officer, at=at(9))


def give_items(cast: Cast) -> Callable[[], object]:
    place = Place(cast)
    return lambda: actions.give_items(place.year.pk, [place.item.pk], by=cast.officer, at=at(9))


PROGRAMME: dict[str, Turn] = {
    "open_programme": open_programme,
    "put_in_force": put_in_force,
    "set_source": set_source,
    "take_items": take_items,
    "carry_over": carry_over,
    "add_item": add_item,
    "change_item": on_item("change_item", values=ITEM | {"product": "Kế hoạch"}, reason="Cần"),
    "drop_item": on_item("drop_item", reason="Trùng"),
    "finish_item": on_item("finish_item", words="Đã họp"),
    "reopen_item": on_item("reopen_item", reason="Nhầm"),
    "set_focus": set_focus,
    "change_focus": change_focus,
    "end_focus": end_focus,
    "review_focus": review_focus,
    "draft_programme_paper": draft_paper,
    "give_items": give_items,
}

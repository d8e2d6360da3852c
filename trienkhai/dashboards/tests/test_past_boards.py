"""The board of a past day is what was counted on that day, for every scope, and each number opens its rows."""

from dataclasses import fields, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis.extra.django import TestCase

from trienkhai.dashboards.links import NAMES, Scope, cell_urls
from trienkhai.dashboards.queries.board import Board, board_of, past_board_of
from trienkhai.orgs.models import Unit
from trienkhai.orgs.tests.make import DAY
from trienkhai.people.models import Account
from trienkhai.tasks.models import Focus, Task
from trienkhai.tasks.queries import Cells, sheets_on
from trienkhai.tasks.queries.past import sheet_as_of
from trienkhai.tasks.queries.wanted import Wanted
from trienkhai.tasks.rules import visible_on_day
from trienkhai.tasks.tests.test_tally_properties import World, steps

Figures = dict[str, Cells]


class Watched(World):
    """The world of the tally's property, whose boards are written down at the end of each day."""

    def __init__(self) -> None:
        super().__init__()
        focus = Focus.objects.create(unit=self.cast.tree.bloc, kind="key", title="Trọng tâm", valid_from=DAY)
        first, second = Task.objects.order_by("pk")
        Task.objects.filter(pk=first.pk).update(focus=focus, work_area="organisation")
        Task.objects.filter(pk=second.pk).update(work_area="ideology")
        self.scopes = [
            Scope(),
            Scope(focus=focus.pk, period="2017-Q2"),
            Scope(area="ideology"),
            Scope(period="2017-06", first_due=True),
        ]
        self.units = [self.cast.tree.bloc, self.cast.tree.north]
        self.seen: dict[tuple[date, int, Scope], Figures] = {}

    def write_down(self) -> None:
        """What the boards say today; a later act of the same day writes over it."""
        for unit in Unit.objects.filter(pk__in=[unit.pk for unit in self.units]).select_related("present"):
            for scope in self.scopes:
                self.seen[self.day, unit.pk, scope] = figures(board_of(unit, self.day, scope), scope)


def figures(board: Board, scope: Scope) -> Figures:
    """By name; today's tables go by the due day in force, so by the first one only the sheet is compared."""
    found = {"sheet": board.cells}
    if scope.first_due:
        return found
    for line in [*board.lines, *board.attached]:
        found |= {f"{line.unit.code} {document}": cells for document, cells in line.by_document.items()}
    found |= {f"area {code}": cells for code, cells in board.areas.items()}
    found |= {f"focus {focus.pk}": cells for focus, cells in board.focuses}
    found |= {"own": board.own, "rest": board.rest}
    return {name: cells for name, cells in found.items() if cells != Cells()}


def opened(account: Account, on: date, scope: Scope, cell: str, **params: int) -> int:
    """How many rows the list behind a number holds."""
    query = cell_urls(scope, **params)[cell].partition("?")[2]
    wanted = Wanted.read(QueryDict(query), on)
    assert wanted.day == scope.day
    return wanted.narrow_as_of(visible_on_day(account, on, scope.day), scope.day).count()


class PastBoards(TestCase):
    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps)
    def test_the_past_board_of_each_day_is_what_was_counted_on_it(self, sequence) -> None:
        world = Watched()
        world.write_down()
        for step in sequence[:9]:
            world.do(*step)
            world.write_down()

        today = world.day + timedelta(days=1)
        units = {unit.pk: unit for unit in Unit.objects.select_related("present")}
        for (day, pk, scope), before in world.seen.items():
            past = past_board_of(units[pk], day, replace(scope, day=day))
            expected = before if scope.first_due else before | {"sheet": before.get("sheet", Cells())}
            found = figures(past, scope)
            assert {name: cells for name, cells in expected.items() if cells != Cells()} == {
                name: cells for name, cells in found.items() if cells != Cells()
            }, (day, pk, scope)
            assert sheet_as_of(units[pk], day, scope.question) == past.cells
        self.everything_opens(world, units, today)

    def everything_opens(self, world: Watched, units: dict[int, Unit], today: date) -> None:
        """On a day in the middle: the sheet, its lines, and the sheets of all units at once."""
        cast, days = world.cast, sorted({day for day, _unit, _scope in world.seen})
        readers = {cast.tree.bloc.pk: cast.leader, cast.tree.north.pk: cast.north_leader}
        for day in [days[len(days) // 2]]:
            stored = sheets_on(day, day)
            for pk, account in readers.items():
                for plain in world.scopes:
                    scope = replace(plain, day=day)
                    board = past_board_of(units[pk], day, scope)
                    for name in (*NAMES[:-1],):
                        assert opened(account, today, scope, name, bang=pk) == getattr(board.cells, name), (scope, name)
                    for line in [*board.lines, *board.attached]:
                        for name in ("total", "done", "open_overdue"):
                            rows = opened(account, today, scope, name, bang=pk, don_vi=line.unit.pk)
                            assert rows == getattr(line.cells, name), (scope, line.unit, name)
                whole = past_board_of(units[pk], day, Scope(day=day)).cells
                kept = stored.get(pk, Cells())
                four = [cell.name for cell in fields(Cells) if not cell.name.startswith("due_soon")]
                assert [getattr(whole, name) for name in four] == [getattr(kept, name) for name in four]


def test_names_of_cells_end_with_what_is_told_of_today_only():
    assert NAMES[-1] == "silent"
    assert urlencode(Scope(day=date(2017, 6, 30), area="ideology").params) == "mat=ideology&ngay=2017-06-30"

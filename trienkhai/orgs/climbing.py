"""Decisions that climb: whoever submitted something never decides on it, nor does anybody in that name; a step with
nobody else goes to the next level above."""

from collections.abc import Collection, Iterable
from datetime import date

from trienkhai.common import paths
from trienkhai.orgs.models import Holding, Manner, Role
from trienkhai.people.models import Account


class Ladder:
    """Who may do an act by a post of some roles at each unit on the ways from some paths to the top. One query."""

    def __init__(
        self, ways: Iterable[str], on: date, *, roles: Collection[str] = (Role.LEADER,), act: str = "approve"
    ) -> None:
        self.units = {unit for way in ways for unit in paths.ids(way)}
        self._able: dict[int, set[frozenset[int]]] = {}
        rows = Holding.objects.on(on).filter(post__unit__in=self.units, post__role__in=roles, account__is_active=True)
        for row in rows.select_related("post", "principal") if self.units else ():
            if row.allows(act):
                self._able.setdefault(row.post.unit_id, set()).add(row.behind)

    def people(self) -> set[int]:
        """The accounts behind all who may do it anywhere on the ways."""
        return {pk for found in self._able.values() for behind in found for pk in behind}

    def is_led(self, unit: int) -> bool:
        """May anybody at all do it at that unit?"""
        return unit in self._able

    def decider(self, path: str, claim: Collection[int] = ()) -> int | None:
        """The unit at `path`, or the next above it, where somebody may do it who is not behind the claim.

        claim: the accounts behind what was submitted. Returns its id; None when nobody is found up to the top.
        """
        behind_it = set(claim)
        found = (unit for unit in reversed(paths.ids(path)) if any(not able & behind_it for able in self._at(unit)))
        return next(found, None)

    def _at(self, unit: int) -> set[frozenset[int]]:
        return self._able.get(unit, set())


class Posts:
    """The leader's posts by which one person may do an act at some units. One query."""

    def __init__(self, account: Account, units: Collection[int], on: date, act: str) -> None:
        self._at: dict[int, list[Holding]] = {}
        rows = Holding.objects.on(on).filter(account=account, post__unit__in=units, post__role=Role.LEADER)
        for row in rows.select_related("post__unit__present", "principal__account") if account.is_active else ():
            if row.allows(act):
                self._at.setdefault(row.post.unit_id, []).append(row)

    def at(self, unit: int | None, claim: Collection[int]) -> Holding | None:
        """One at that unit in which nobody of the claim acts; an own one wins over a delegation."""
        able = [row for row in self._at.get(unit or 0, []) if not row.behind & set(claim)]
        return min(able, key=lambda row: (row.manner == Manner.DELEGATED, row.pk), default=None)

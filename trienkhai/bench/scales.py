"""How large the organisation is that a run measures."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """`levels`: units on each level from the root down; empty for the demo's bloc. `rounds`: repetitions of a cascade.

    spread: tasks given to `SPREAD_UNITS` units each, beside the `BROAD` tasks given to all.
    documents: how many are searched. rush: seconds that the deadline day is played.
    """

    name: str
    levels: tuple[int, ...]
    rounds: int
    spread: int = 1980
    pages: int = 1000
    seconds: float = 20
    rush: float = 60
    documents: int = 100_000
    postgresql_only: bool = False


BROAD = 20
SPREAD_UNITS = 20
SCALES = {
    scale.name: scale
    for scale in (
        Scale("tiny", (1, 3, 9, 27), rounds=1, spread=40, pages=10, seconds=0.5, rush=2, documents=300),
        Scale("bloc", (), rounds=9),
        Scale("ministry", (1, 34, 340, 3_400, 55_000), rounds=3),
        Scale("nation", (1, 63, 700, 11_000, 354_300), rounds=1, postgresql_only=True),
    )
}

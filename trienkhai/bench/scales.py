"""How large the organisation is that a run measures."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """`levels`: units on each level from the root down; empty for the demo's bloc. `rounds`: repetitions of a cascade.

    spread: tasks given to `SPREAD_UNITS` units each, beside the `broad` tasks given to all.
    documents: how many are searched. rush: seconds that the deadline day is played.
    curve: levels of the smaller organisations whose tree is measured too, each on a database of its own.
    whole: all figures; otherwise those of the tree and of reading, on work that is stored and not issued.
    """

    name: str
    levels: tuple[int, ...]
    rounds: int
    spread: int = 1980
    pages: int = 1000
    seconds: float = 20
    rush: float = 60
    documents: int = 100_000
    broad: int = 20
    curve: tuple[tuple[int, ...], ...] = ()
    whole: bool = True
    postgresql_only: bool = False


SPREAD_UNITS = 20
SCALES = {
    scale.name: scale
    for scale in (
        Scale(
            "tiny", (1, 3, 9, 27), rounds=1, spread=40, pages=10, seconds=0.5, rush=2, documents=300, curve=((1, 3, 9),)
        ),
        Scale("bloc", (), rounds=9),
        Scale("ministry", (1, 34, 340, 3_400, 55_000), rounds=3),
        Scale(
            "nation",
            (1, 63, 700, 11_000, 354_300),
            rounds=1,
            broad=17,
            curve=((1, 9, 90, 900), (1, 20, 200, 2_000, 7_779), (1, 34, 340, 3_400, 55_000)),
            whole=False,
            postgresql_only=True,
        ),
    )
}

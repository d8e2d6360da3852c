"""The worst day of urging: a third of all open work is due and all of it is silent; in a process of its own, whose
greatest memory is read.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from trienkhai.bench.timing import seconds

ON = date(2025, 6, 30)


def measure(settle: Callable[[], None]) -> dict[str, float | None]:
    """`urge_s` of the day's run with all its notices, `urge_rss_mb` of the process at its fullest, `urged` rows."""
    settle()
    words = [sys.executable, "-c", "from trienkhai.bench.figures.urging import run_alone; run_alone()"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    found: dict[str, float | None] = json.loads(done.stdout)
    return found


def run_alone() -> None:
    """The run, and what it took, printed as JSON."""
    from trienkhai.cli import start_django

    start_django()
    from trienkhai.common.clock import moment
    from trienkhai.urging.actions import urge

    urged: list[int | None] = []
    took = seconds(lambda: urged.append(urge(on=ON, at=moment(ON, 7))))
    print(json.dumps({"urge_s": took, "urge_rss_mb": _fullest(), "urged": urged[0]}))


def _fullest() -> float | None:
    """The greatest resident memory of this process so far, in MB; None where there is no /proc."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except FileNotFoundError:
        return None
    sizes = dict(line.split(":", 1) for line in lines)
    return int(sizes["VmHWM"].split()[0]) / 1024

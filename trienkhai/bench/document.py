"""`docs/performance.md`: a fixed text, and a section for each database and scale, replaced when it is measured."""

import re
from collections.abc import Iterator
from pathlib import Path

from trienkhai.bench.results import Result, rows

TEMPLATE = Path(__file__).parent / "performance.md"
SECTION = re.compile(r"<!-- measured (\w+) (\w+) -->\n.*?<!-- end -->\n", re.DOTALL)
ORDER = [(database, scale) for scale in ("tiny", "bloc", "ministry", "nation") for database in ("sqlite", "postgresql")]
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def write(path: Path, result: Result) -> None:
    """Renew the page at `path` with the section of this result; other sections stay as they were."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    sections = {(found[1], found[2]): found[0] for found in SECTION.finditer(text)}
    sections[result["database"], result["scale"]] = section(result)
    parts = [sections[key] for key in ORDER if key in sections]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEMPLATE.read_text(encoding="utf-8").rstrip() + "\n\n" + "\n".join(parts), encoding="utf-8")


def section(result: Result) -> str:
    """The figures of one run as a table with their limits, and the machine."""
    machine = result["machine"]
    lines = [
        f"<!-- measured {result['database']} {result['scale']} -->",
        f"## {NAMES[result['database']]}, `--scale {result['scale']}`",
        "",
        f"{result['units']:,} units, {result['assignments']:,} assignments of {result['tasks']:,} tasks. "
        f"{machine['database']}, Python {machine['python']}, Django {machine['django']}; {machine['cores']} cores "
        f"({machine['processor']}), {machine['memory_gb']} GB, {machine['system']}. "
        f"Measured on {result['measured_on']}.",
        "",
        "| figure | key | measured | limit | |",
        "|---|---|---:|---:|---|",
    ]
    marks = {True: "✓", False: "**missed**", None: ""}
    for row in rows(result):
        lines.append(f"| {row.figure.en} | `{row.figure.key}` | {row.value} | {row.limit} | {marks[row.met]} |")
    if "curve" in result:
        lines += ["", *curve(result["curve"])]
    return "\n".join([*lines, "<!-- end -->"]) + "\n"


def curve(points: list[Result]) -> Iterator[str]:
    """Reading and moving in organisations of growing size, a row for each."""
    yield "| units | a branch | finding | a unit's page | reach of 200 posts | branches moved: units in seconds |"
    yield "|---:|---:|---:|---:|---:|---|"
    for point in points:
        read = " | ".join(f"{point[f'tree_{name}_s'] * 1000:.1f} ms" for name in ("branch", "search", "unit", "reach"))
        moves = ", ".join(f"{move['units']:,} in {move['move_s']:.3f} s" for move in point["moves"])
        yield f"| {point['tree_units']:,} | {read} | {moves} |"

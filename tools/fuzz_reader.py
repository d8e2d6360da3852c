"""Gives the reader documents that are broken in many ways: `python -m tools.fuzz_reader [--count 10000] [--seed 1]`.

Documents of the mini-corpus are cut, doubled, mixed, blown up, and their files damaged byte by byte. A number and the
seed make the same input again (`--only NUMBER --show`). Fails on an exception, on an input that takes over 50 times
the median of its size, and on one that takes longer than a minute.
"""

import argparse
import random
import signal
import statistics
import sys
import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

from trienkhai.documents.reader import read_text, split_bodies
from trienkhai.documents.reader.deadlines import due_rule
from trienkhai.documents.reader.files import open_document
from trienkhai.documents.reader.refusals import Unreadable

CORPUS = Path(__file__).parent.parent / "tests" / "minicorpus"
TIMES_MEDIAN = 50
MINUTE = 60
LEAST_SECONDS = 0.25  # below it a pause of the machine looks like a slow input
FRAGMENTS = (
    "|", "\n", "\f", "**", "1. ", "a) ", "- ", "Số: ", "ngày tháng năm 20", "Nơi nhận:", "TM. ", "“", "\x00", ":", ";",
    "Điều 1. ", " | ", "\t", "(", ")", "/", "12-NQ/", "phối hợp với các sở, ", "Căn cứ ", "trước ngày 1, ", "giao ",
    "Bộ ", "các bộ, ngành, ", "TT | Nhiệm vụ | Cơ quan chủ trì\n", "KẾ HOẠCH\n", "hằng ", "6 tháng, ", "và ", "…", "#",
    "chậm nhất ", "kể từ ngày ", " ", "\u0301", "<", "&", "Đơn vị chủ trì: ", "; ", "thay thế Quyết định số ", "A B C ",
)  # fmt: skip

Change = Callable[[random.Random, str], str]


def _stretch(rng: random.Random, text: str, longest: int = 400) -> tuple[int, int]:
    start = rng.randint(0, len(text))
    return start, min(len(text), start + rng.randint(0, longest))


def _cut(rng: random.Random, text: str) -> str:
    start, end = _stretch(rng, text)
    return text[:start] + text[end:]


def _double(rng: random.Random, text: str) -> str:
    start, end = _stretch(rng, text)
    return text[:end] + text[start:end] * rng.choice((1, 2, 5, 40)) + text[end:]


def _insert(rng: random.Random, text: str) -> str:
    at = rng.randint(0, len(text))
    return text[:at] + rng.choice(FRAGMENTS) * rng.choice((1, 1, 1, 3, 30, 1000)) + text[at:]


def _chant(rng: random.Random, text: str) -> str:
    at, words = rng.randint(0, len(text)), "".join(rng.choices(FRAGMENTS, k=rng.randint(2, 4)))
    return text[:at] + words * rng.choice((2, 10, 200, 2000)) + text[at:]


def _noise(rng: random.Random, text: str) -> str:
    at = rng.randint(0, len(text))
    return text[:at] + "".join(chr(rng.choice((rng.randint(1, 0x2FF), rng.randint(0x1E00, 0x2100)))) for _ in range(8))


def _swap_lines(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    first, second = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return "\n".join(lines)


def _glue(rng: random.Random, text: str) -> str:
    start, end = _stretch(rng, text, 2000)
    gone = rng.choice((" ", "\n", ".", ",", ";"))
    return text[:start] + text[start:end].replace(gone, rng.choice(("", " ", gone * 3))) + text[end:]


def _other_form(rng: random.Random, text: str) -> str:
    forms: tuple[Callable[[str], str], ...] = (
        str.upper,
        str.lower,
        lambda words: unicodedata.normalize("NFD", words),
        lambda words: words.replace("\n", "\r\n"),
        lambda words: words.replace(" ", "\n"),
        lambda words: words.replace("\n", " "),
        lambda words: words.replace("- ", "| "),
    )
    return rng.choice(forms)(text)


def _splice(rng: random.Random, text: str) -> str:
    other = rng.choice(texts())
    start, end = _stretch(rng, other, 1500)
    at = rng.randint(0, len(text))
    return text[:at] + other[start:end] + text[at:]


CHANGES: tuple[Change, ...] = (
    _cut,
    _double,
    _insert,
    _insert,
    _chant,
    _noise,
    _swap_lines,
    _glue,
    _other_form,
    _splice,
)


@cache
def texts() -> tuple[str, ...]:
    return tuple(open_document(path).text for path in _documents())


def _documents() -> list[Path]:
    return sorted(
        path for path in CORPUS.iterdir() if path.suffix in (".txt", ".md", ".docx") and path.stem != "README"
    )


def mutated(number: int, seed: int) -> str:
    """The text of input `number`."""
    rng = random.Random(f"{seed}/{number}")
    text = rng.choice(texts())
    for _change in range(rng.randint(1, 8)):
        text = rng.choice(CHANGES)(rng, text)
    return text[:400_000]


def damaged(number: int, seed: int) -> tuple[str, bytes]:
    """Name and bytes of a file in which some bytes are others."""
    rng = random.Random(f"{seed}/file/{number}")
    path = rng.choice(_documents())
    data = bytearray(path.read_bytes())
    for _byte in range(rng.choice((1, 4, 60))):
        data[rng.randrange(len(data))] = rng.randrange(256)
    if rng.random() < 0.2:
        del data[rng.randrange(len(data)) :]
    return rng.choice((path.name, path.stem + ".html")), bytes(data)


def read_all(text: str) -> None:
    """Everything that the project does with a text before a person sees it."""
    reading = read_text(text)
    reading.as_dict()
    assert all(0 <= task.start <= task.end <= len(reading.text) for task in reading.tasks)
    for task in reading.tasks:
        split_bodies(task.lead or "")
        if task.deadline and reading.date:
            due_rule(task.deadline, origin=date.fromisoformat(reading.date))


@dataclass(frozen=True)
class Run:
    number: int
    size: int
    seconds: float
    fault: str = ""


def run(number: int, seed: int) -> Run:
    """One input: every tenth is a damaged file, the others are texts."""
    if number % 10 == 9:
        name, data = damaged(number, seed)
        size, work = len(data), lambda: read_all(open_document(BytesIO(data), name=name).text)
    else:
        text = mutated(number, seed)
        size, work = len(text), lambda: read_all(text)
    signal.signal(signal.SIGALRM, _too_long)
    begun = time.process_time()
    signal.alarm(MINUTE)
    try:
        work()
    except Unreadable:
        return Run(number, 0, 0)
    except Exception as fault:
        return Run(number, size, time.process_time() - begun, f"{type(fault).__name__}: {fault}")
    finally:
        signal.alarm(0)
    return Run(number, size, time.process_time() - begun)


def _too_long(_signal: int, _frame: object) -> None:
    raise TimeoutError("over a minute")


def slow(runs: list[Run]) -> Iterator[tuple[Run, float]]:
    """Runs over 50 times the median of those of like size (within a factor of two)."""
    by_size: dict[int, list[Run]] = defaultdict(list)
    for one in runs:
        if one.size:
            by_size[one.size.bit_length()].append(one)
    for group in by_size.values():
        median = statistics.median(one.seconds for one in group)
        for one in group:
            if one.seconds > max(TIMES_MEDIAN * median, LEAST_SECONDS):
                yield one, median


def faults(runs: list[Run]) -> list[str]:
    """The inputs that raised something, a line each."""
    return [f"{one.number}: {one.fault} ({one.size:,} characters)" for one in runs if one.fault]


def report(runs: list[Run]) -> list[str]:
    """What is wrong, a line each."""
    return faults(runs) + [
        f"{one.number}: {one.seconds:.2f} s for {one.size:,} characters, {one.seconds / median:.0f} × the median"
        for one, median in slow(runs)
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the number of one input")
    parser.add_argument("--show", action="store_true", help="print that input instead of reading it")
    args = parser.parse_args()
    if args.only is not None and args.show:
        print(mutated(args.only, args.seed))
        return 0
    numbers = [args.only] if args.only is not None else range(args.count)
    runs = []
    for number in numbers:
        runs.append(run(number, args.seed))
        if number % 100 == 99:
            print(f"\r{number + 1:,} of {args.count:,}", end="", file=sys.stderr, flush=True)
    wrong = report(runs)
    print(*wrong, sep="\n")
    slowest = max(runs, key=lambda one: one.seconds)
    print(f"{len(runs):,} inputs, {sum(one.seconds for one in runs):.0f} s of CPU, {len(wrong)} wrong")
    print(f"slowest: {slowest.number} with {slowest.seconds:.2f} s for {slowest.size:,} characters")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

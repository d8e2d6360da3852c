"""Licences of every installed package of the lock: AGPL and GPL are refused, LGPL is welcome as a dependency."""

import re
import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

LOCKS = ("requirements.txt", "requirements-dev.txt")
REFUSED = re.compile(r"\bA?GPL|Affero|(?<!Lesser )General Public", re.IGNORECASE)
LESSER = re.compile(r"\bLGPL[\w.+-]*|(?:Library or )?Lesser General Public License[\w ()+.]*", re.IGNORECASE)


def locked(lock: Path) -> list[str]:
    """Names of the packages a lock file holds."""
    return re.findall(r"^([A-Za-z0-9][\w.-]*)==", lock.read_text(), flags=re.MULTILINE)


def licences(package: Distribution) -> list[str]:
    """What the package says of itself: the SPDX expression, else its classifiers, else its text's first line."""
    told = package.metadata
    if expression := told.get("License-Expression"):
        return [expression]
    classified = [text.split(" :: ")[-1] for text in told.get_all("Classifier", []) if text.startswith("License ::")]
    return classified or ((told.get("License") or "").strip() or _first_text(package)).splitlines()[:1]


def _first_text(package: Distribution) -> str:
    shipped = [path for path in package.files or () if path.name.upper().startswith(("LICENSE", "LICENCE", "COPYING"))]
    return shipped[0].read_text().strip() if shipped else ""


def refused(licence: str) -> bool:
    """True when every way to take the licence is AGPL or GPL; `GPL-2.0 OR MIT` may be taken as MIT."""
    return all(REFUSED.search(LESSER.sub("", choice)) for choice in re.split(r"\s+OR\s+", licence))


def faults(names: Iterable[str]) -> list[str]:
    found = []
    for name in sorted(set(names)):
        try:
            told = licences(distribution(name))
        except PackageNotFoundError:
            continue  # for another platform
        if not told:
            found.append(f"{name}: names no licence")
        elif all(map(refused, told)):
            found.append(f"{name}: {'; '.join(told)}")
    return found


def main() -> int:
    names = [name for lock in LOCKS for name in locked(Path(lock))]
    found = faults(names)
    print("\n".join(found) or f"Licences: {len(set(names))} locked packages, none AGPL or GPL.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

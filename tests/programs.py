"""Are the programs there that the tests need? Says what to type for each that is not: `python -m tests.programs`."""

import sys

from tests import browser, postgres
from trienkhai.config.environment import TESSERACT, has_tesseract


def main() -> int:
    missing = []
    if postgres.find_programs() is None:
        missing.append(postgres.MISSING)
    if browser.find_browser() is None:
        missing.append(browser.MISSING)
    if not has_tesseract():
        missing.append(f"The tests of scans need {TESSERACT}.")
    for sentence in missing:
        print(sentence, file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())

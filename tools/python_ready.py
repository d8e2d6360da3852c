"""Can this Python make the virtual environment? Says what to type when it cannot. Runs on any Python 3."""

import importlib.util
import sys

TOO_OLD = """Cần Python 3.11 trở lên; đây là Python {version}. Hãy gõ: make PYTHON=python3.12 (hoặc bản mới hơn đã cài).
Python 3.11 or later is needed; this is {version}. Type: make PYTHON=python3.12 (or any later one you have)."""
NO_VENV = """Python này thiếu mô-đun venv. Hãy gõ: sudo apt-get install python3-venv, rồi gõ lại lệnh make.
This Python lacks the module venv. Type: sudo apt-get install python3-venv, then make again."""


def main():
    if sys.version_info < (3, 11):  # noqa: UP036
        sys.exit(TOO_OLD.format(version=".".join(map(str, sys.version_info[:3]))))
    if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        sys.exit(NO_VENV)


main()

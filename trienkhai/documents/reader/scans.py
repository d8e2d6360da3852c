"""The letters of a scan, recognised by programs of their own: ocrmypdf, which asks tesseract.

They run as processes beside this one, so that their fault, their hunger for memory or their end is never ours.
"""

import os
import re
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from .refusals import gettext_noop
from .secrecy import secrecy_mark

LANGUAGE = "vie"
FEW_LETTERS = 25
LOOK_EVERY = 0.5
OPTIONS = (
    "--language", LANGUAGE, "--jobs", "1", "--quiet",
    "--output-type", "none",  # the text alone is kept; the scan stays as it came
    "--force-ocr", "--invalidate-digital-signatures",  # of the copy that is looked at
)  # fmt: skip
IN_LINES = ("--tesseract-pagesegmode", "4")  # the default mode leaves out a line of one short word, such as MẬT
WORDS_APART = ("--pages", "1", "--tesseract-pagesegmode", "11")
SENTENCES = {
    "damaged": gettext_noop("The scan is damaged: its pages cannot be opened."),
    "no_letters": gettext_noop("No letters were recognised on the scan."),
    "too_slow": gettext_noop("Recognising the letters of the scan took too long."),
    "failed": gettext_noop("The programs that recognise letters failed on this scan."),
}
BY_EXIT = {2: "damaged", 8: "damaged"}
_MARK = re.compile(r"(?<!\w)(?:(T[OÔỐ]I|TUY[EÊẾỆ]T)(\s+))?M[AÂẠẬẤẦ]{1,2}T(?!\w)")


class NotRecognised(Exception):
    """No text came of it. `sentence` is the English sentence of `code`."""

    def __init__(self, code: str) -> None:
        self.code, self.sentence = code, SENTENCES[code]
        super().__init__(self.sentence)


class Stopped(Exception):
    """Broken off because the worker ends; the scan is as good as before."""


@dataclass(frozen=True)
class Recognised:
    """`text`: all of it, pages set apart by a form feed. `head`: the first page seen a second time, in another way, for
    marks that stand alone.
    """

    text: str
    head: str

    @property
    def secrecy(self) -> str | None:
        """The mark of secrecy that either look found."""
        return secrecy_mark(with_marks_mended(self.text)) or secrecy_mark(with_marks_mended(self.head))


def recognise(scan: Iterable[bytes], *, seconds: int, stopped: Callable[[], bool] = lambda: False) -> Recognised:
    """What a PDF of pictures, given in pieces, says, in NFC.

    seconds: after which it is given up. stopped: asked twice a second; True breaks off.
    Raises NotRecognised, Stopped. A page takes some two seconds of one core.
    """
    with TemporaryDirectory(prefix="trienkhai-scan-") as folder:
        with Path(folder, "scan.pdf").open("wb") as copy:
            copy.writelines(scan)
        ends = time.monotonic() + seconds
        text = _look(Path(folder), IN_LINES, ends, stopped)
        if sum(map(str.isalpha, text)) < FEW_LETTERS:
            raise NotRecognised("no_letters")
        return Recognised(text, _look(Path(folder), WORDS_APART, ends, stopped))


def _look(folder: Path, way: tuple[str, ...], ends: float, stopped: Callable[[], bool]) -> str:
    sidecar = folder / f"{way[-1]}.txt"
    _run([*OPTIONS, *way, "--sidecar", str(sidecar), str(folder / "scan.pdf"), "-"], str(folder), ends, stopped)
    found = sidecar.read_text(encoding="utf-8", errors="replace") if sidecar.exists() else ""
    return unicodedata.normalize("NFC", found.replace("\x00", ""))


def _run(options: list[str], folder: str, ends: float, stopped: Callable[[], bool]) -> None:
    silent = subprocess.DEVNULL
    program = subprocess.Popen(
        [sys.executable, "-m", "ocrmypdf", *options],
        stdin=silent, stdout=silent, stderr=silent, start_new_session=True,
        env=os.environ | {"TMPDIR": folder, "OMP_THREAD_LIMIT": "1"},
    )  # fmt: skip
    try:
        while program.poll() is None:
            if stopped():
                raise Stopped
            if time.monotonic() > ends:
                raise NotRecognised("too_slow")
            time.sleep(LOOK_EVERY)
    finally:
        if program.returncode is None:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()
    if program.returncode:
        raise NotRecognised(BY_EXIT.get(program.returncode, "failed"))


def with_marks_mended(text: str) -> str:
    """The text as a mark of secrecy is looked for in it: its words in capitals with the accents a machine may miss."""

    def mended(found: re.Match[str]) -> str:
        first = {"I": "TỐI", "T": "TUYỆT"}[found[1][-1]] if found[1] else ""
        return f"{first}{found[2] or ''}MẬT"

    return _MARK.sub(mended, text)

"""Why a file is not read: one English sentence per code, translated by whoever shows it.

`SENTENCES` are msgids. The web page and the command line call gettext on `sentence` and fill in `params`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


def gettext_noop(text: str) -> str:
    """Marks a sentence for the translators and leaves it as it is."""
    return text


SENTENCES = {
    "unsupported": gettext_noop("Files of the kind %(kind)s are not read. Use .docx, .pdf, .txt, .md or .html."),
    "old_word": gettext_noop("This is a document of old Word (.doc). Save it as .docx or PDF and send that."),
    "name_mismatch": gettext_noop("The file is named %(named)s, but what it holds is %(actual)s."),
    "empty": gettext_noop("The file is empty."),
    "blank": gettext_noop("The file holds nothing but blanks."),
    "scan": gettext_noop(
        "The file is a scan: pictures of pages without letters. Send the original, or a PDF with a text layer."
    ),
    "too_large": gettext_noop("The file is larger than %(limit)s MB."),
    "too_long": gettext_noop("The text is longer than %(limit)s million characters."),
    "encrypted": gettext_noop("The file is locked with a password. Remove the password and send it again."),
    "zip_bomb": gettext_noop("The file unpacks to far more than a document can hold. It was not opened."),
    "macros": gettext_noop("The file carries macros. Save it as .docx without macros and send that."),
    "entities": gettext_noop(
        "The file declares entities of its own (DTD), which documents do not need. It was not opened."
    ),
    "nul_bytes": gettext_noop("The file holds NUL bytes: it is not plain text."),
    "broken_text": gettext_noop("The text is not valid UTF-8 (byte %(position)s). Save it as UTF-8 and send it again."),
    "tcvn3": gettext_noop(
        "The text is written in the old TCVN3 (ABC) encoding. Convert it to Unicode and send it again."
    ),
    "vni": gettext_noop("The text is written in the old VNI encoding. Convert it to Unicode and send it again."),
    "not_there": gettext_noop("The file is no longer there, or may not be read."),
    "reader_died": gettext_noop("The reading of this file broke off; the others went on. Send the file singly."),
    "damaged": gettext_noop("The file is damaged and cannot be read."),
}

REMARKS = {
    "converted_tcvn3": gettext_noop(
        "The text was in the old TCVN3 (ABC) encoding and was converted to Unicode. Read it through."
    ),
    "converted_vni": gettext_noop(
        "The text was in the old VNI encoding and was converted to Unicode. Read it through."
    ),
    "converted_cp1258": gettext_noop("The text was in the old Windows 1258 encoding and was converted to Unicode."),
    "pages_without_text": gettext_noop(
        "%(count)s of %(pages)s pages hold no letters. What stands on them was not read."
    ),
    "lost_characters": gettext_noop("%(count)s characters could not be read and stand as �."),
}


class Unreadable(Exception):
    """The file is refused and nothing of it kept. `sentence % params` is the English sentence."""

    def __init__(self, code: str, **params: object) -> None:
        self.code, self.sentence, self.params = code, SENTENCES[code], params
        super().__init__(self.sentence % params)


@dataclass(frozen=True)
class Remark:
    """What the person should know about a file that was read."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return REMARKS[self.code]

    def __str__(self) -> str:
        return self.sentence % self.params

"""Real files for tests, made here: Word packages and PDFs, harmless and not."""

import zipfile
from io import BytesIO, RawIOBase
from pathlib import Path
from typing import Any

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
BASE = {"[Content_Types].xml": TYPES, "_rels/.rels": RELS}
EXTERNAL = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
    'Target="http://evil.example/track.png" TargetMode="External"/></Relationships>'
)
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def word(body: str, parts: dict[str, str] | None = None) -> bytes:
    """A Word package with `body` as the content of w:body, and further parts by their paths."""
    buffer = BytesIO()
    document = f'<?xml version="1.0"?><w:document {SPACES}><w:body>{body}</w:body></w:document>'
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for path, content in ({**BASE, "word/document.xml": document} | (parts or {})).items():
            package.writestr(path, content)
    return buffer.getvalue()


def docx(text: str) -> bytes:
    """Each line a paragraph."""
    return word("".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines()))


def pdf(*pages: str, action: str = "", size: str = "0 0 595 842") -> bytes:
    """One page for each text, in plain letters. action: of the catalogue when the file is opened."""
    texts = pages or ("Van ban minh hoa, khong co gia tri",)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(texts)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {f'/OpenAction {action}' if action else ''} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(texts)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(texts):
        stream = f"BT /F1 14 Tf 60 760 Td ({text}) Tj ET"
        font = "<< /Font << /F1 3 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{size}] /Resources {font} /Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    return _assembled(objects)


def _assembled(objects: list[str]) -> bytes:
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(content)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return content + f"{head}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()


class Large(RawIOBase):
    """A stream of `size` bytes that are never all in memory; different ones for different seeds."""

    def __init__(self, size: int, seed: int = 7, name: str = "phu-luc.bin") -> None:
        super().__init__()
        self.size, self.name, self._at = size, name, 0
        self._block = bytes((seed * index * 31 + index) % 251 for index in range(4096))

    def readinto(self, buffer: Any) -> int:
        count, start = min(self.size - self._at, len(buffer)), self._at % len(self._block)
        buffer[:count] = (self._block * ((start + count) // len(self._block) + 1))[start : start + count]
        self._at += count
        return count

    def seek(self, place: int, whence: int = 0) -> int:
        self._at = {0: 0, 1: self._at, 2: self.size}[whence] + place
        return self._at

    def tell(self) -> int:
        return self._at

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True


def peak_memory() -> int:
    """The most memory of this process since the last `reset_peak`, in bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024


def reset_peak() -> int:
    """Forget the peak; returns the memory in use now."""
    Path("/proc/self/clear_refs").write_text("5")
    return peak_memory()

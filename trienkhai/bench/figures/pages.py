"""The real server on a free port: bytes over the wire for a first and a later page, memory after a thousand pages."""

import gzip
import http.client
import re
import time
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.urls import reverse

from trienkhai.bench.organisation import Organisation
from trienkhai.bench.site import PATIENCE, serving, session_of

PAGES = (
    "dashboards:home",
    "tasks:mine",
    "tasks:list",
    "tasks:approvals",
    "documents:list",
    "orgs:tree",
    "dashboards:acts",
)
LINKED = re.compile(r"""<(?:link|script|img|use)\b[^>]*?\b(?:href|src)="([^"#]+)""")
IN_STYLE = re.compile(r"""url\(["']?([^"')]+)["']?\)""")


def measure(organisation: Organisation, pages: int) -> dict[str, float | None]:
    """`first_page_kb` with everything it links, `later_page_kb` of the heaviest page after it, `rss_mb` of the worker.

    All fonts that the style sheets name are counted, also those a browser would not need.
    """
    paths = [reverse(name) for name in PAGES]
    with serving() as (process, port):
        visitor = Visitor(port, session_of(organisation.full))
        first = visitor.visit(reverse("dashboards:home"))
        later = {path: visitor.visit(path) for path in paths}
        begun = time.perf_counter()
        for path in islice(cycle(paths), pages):
            visitor.fetch(path)
        took = time.perf_counter() - begun
        memory = _memory(process.pid)
    return {
        "first_page_kb": first / 1024,
        "later_page_kb": max(later.values()) / 1024,
        "rss_mb": memory,
        "pages": pages,
        "page_s": took / pages,
    }


class Visitor:
    """A browser without a screen: keeps what it has fetched, takes gzip, counts bytes of answers and their heads."""

    def __init__(self, port: int, session: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.headers = {"Accept-Encoding": "gzip", "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}
        self.kept: set[str] = set()

    def visit(self, path: str) -> int:
        """Bytes over the wire of the page and of all it links that is not kept yet."""
        size, text = self.fetch(path)
        wanted = [urljoin(path, link) for link in LINKED.findall(text)]
        while wanted:
            address = wanted.pop()
            if address in self.kept or urlsplit(address).netloc or not address.startswith("/static/"):
                continue
            self.kept.add(address)
            more, content = self.fetch(address)
            size += more
            if address.endswith(".css"):
                wanted += [urljoin(address, link) for link in IN_STYLE.findall(content)]
        return size

    def fetch(self, path: str) -> tuple[int, str]:
        """Bytes of the answer, and of those that led there, and its text. Raises RuntimeError when it is no page."""
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        size = len(body) + sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
        target = answer.getheader("Location", "")
        if answer.status == 302 and not target.startswith(reverse(settings.LOGIN_URL)):
            more, text = self.fetch(target)
            return size + more, text
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return size, _text(body, answer.getheader("Content-Encoding", ""))


def _text(body: bytes, encoding: str) -> str:
    return (gzip.decompress(body) if encoding == "gzip" else body).decode("utf-8", errors="replace")


def _memory(parent: int) -> float | None:
    """Resident memory of the largest process below `parent`, in MB; None where there is no /proc."""
    sizes = [_status(pid).get("VmRSS", 0) for pid in _below(parent)]
    return max(sizes) / 1024 if any(sizes) else None


def _below(parent: int) -> list[int]:
    everything = [int(path.name) for path in Path("/proc").glob("[0-9]*")] if Path("/proc").exists() else []
    return [pid for pid in everything if _status(pid).get("PPid") == parent]


def _status(pid: int) -> dict[str, int]:
    """The numbers of a process: `PPid`, `VmRSS` in KB and others; empty when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return {}
    pairs = (line.partition(":") for line in lines)
    return {
        name: int(value.split()[0]) for name, _colon, value in pairs if value.split()[:1] and value.split()[0].isdigit()
    }

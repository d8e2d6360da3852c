"""What a heading, or how an item begins, says of who is addressed and whether duties stand below."""

import re
from functools import cache

from ..bodies import bodies_at
from ..clauses import Node
from ..grammar import any_of, ascii_fold, fold, load, phrases
from ..text import is_upper
from .sentences import charges


def is_sentence(text: str) -> bool:
    return text.endswith((".", ";")) and opens_with_duty(text)


def article_title(node: Node, text: str) -> tuple[str, str]:
    """An article's heading and its text; a long unbroken article is all text."""
    if node.kind != "article" or len(text) < 130:
        return text, text if node.kind == "article" and not is_upper(text) and len(text) > 60 else ""
    return "", text


def responsible(title: str) -> str:
    """Whom a heading addresses: "Trách nhiệm của X", "Giao X", "Nhiệm vụ và quyền hạn của Đoàn kiểm tra"."""
    title = re.sub(r"^(?:Giao|Đề nghị|Yêu cầu)\s(?=[A-ZĐa-zđ])", "", title)
    title = re.sub(r"^(?i:nhiệm vụ(?:,| và) quyền hạn) của (?=Đoàn )", "", title)  # an office's are standing ones
    return re.sub(r"^(?i:trách nhiệm|nhiệm vụ)(?: chung| cụ thể)? (?:của )?", "", title)


_ALSO = re.compile(r"(?:đồng thời|ngoài ra|bên cạnh đó|mặt khác),?\s")
_REGARDING = re.compile(r"(?:đối với|trên cơ sở)\s")


def goes_on(text: str) -> bool:
    """A further duty of whom a heading charges: "Đồng thời, chủ trì …", "Đối với hồ sơ mẫu, hướng dẫn …"."""
    folded = fold(text[:260])
    if also := _ALSO.match(folded):
        return bool(phrases().verbs.match(folded, also.end()))
    return bool(_REGARDING.match(folded)) and any(
        phrases().verbs.match(folded, comma.end()) for comma in re.finditer(r",\s", folded.partition(".")[0])
    )


def before_lead_in(text: str) -> str:
    """The duty before "… Trong đó, chú ý các nội dung sau:"; empty where the item is nothing but a lead-in."""
    duty, _, last = text.rpartition(". ")
    return f"{duty}." if fold(last).startswith(("trong đó", "cụ thể", "theo đó")) and last.endswith(":") else ""


def is_topic(node: Node) -> bool:
    """What an item is about, above paragraphs that each charge a body: "5. Thực hiện đề án …", "Sở X chủ trì …"."""
    told = [child for child in node.children if not child.text.lstrip().startswith("(")]
    return bool(told) and all(child.text[: bodies_at(child.text)] and charges(child.text) for child in told)


def section_of(title: str, kind: str) -> str | None:
    """What a heading says of the clauses below it: "skip", "task", "open", or None for no word on it."""
    folded = re.sub(r"^(?:về|một số|các|những|công tác)\s", "", fold(title[:160]).strip())
    if phrases().skip_sections.match(folded):
        return "skip"
    if phrases().duty_sections.search(folded):
        return "task"
    if kind in ("roman", "chapter", "part", "capital"):
        plain, (skipped, tasks) = ascii_fold(folded), _misread()
        if skipped.match(plain):
            return "skip"
        return "task" if phrases().task_sections.search(folded) or tasks.search(plain) else "open"
    return None


@cache
def _misread() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Headings as recognition of scans misreads their marks: "QUAN ĐIÊM", "TÔ CHỨC THỰC HIỆN"."""
    data = load("phrases")
    skipped, tasks = ([ascii_fold(word) for word in data[f"{key}_sections"]] for key in ("skip", "duty"))
    return re.compile(any_of(skipped)), re.compile(any_of(tasks))


def as_duty(section: str) -> str:
    return section if section == "skip" else "task"


def opens_with_duty(text: str) -> bool:
    folded = fold(text[:80])
    return bool(phrases().verbs.match(folded) or phrases().other_openings.match(folded))

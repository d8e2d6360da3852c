"""Who a sentence charges with a duty: at its start, behind an opening clause, or after "giao", "yêu cầu"."""

import re
from dataclasses import dataclass

from ..bodies import bodies_at
from ..grammar import fold, phrases

_TOPIC = re.compile(r"(?:(?:về|đối với|việc|công tác)\s[^:.;]{3,160}|[^:.;]{6,90}):\s+")
_SENTENCE = re.compile(r"(?:[.;])\s+(?=\S)")
_ALSO = re.compile(r"(?:đồng thời,?|đồng thời giao|mặt khác,?|riêng)\s")
_ADDRESSEE_TAIL = re.compile(
    r"\s*(?:[:.]|,?\s?chỉ đạo [^:]{0,80}:|\([^()]{0,200}\)\s*[:;.]?|(?:có|chịu) (?:trách )?nhiệm(?: vụ)?\s?:)?\s*$"
)
_LAST_BRACKETS = re.compile(r"\s\([^()]{0,200}\)\s*[;.:]?$")  # "- Sở Thử nghiệm (đối với kho số);"
_ABBREVIATED = re.compile(r"^\s?\([^()]{1,80}\)")  # "Sở Thử nghiệm (STN) chủ trì …"
_MUST = re.compile(r"(?:theo|thuộc|được|đã|có)\s[^.;:]{0,140}?\s(?:phải|có trách nhiệm|có nhiệm vụ)\s")
_REGULARLY = re.compile(
    r"(?:định kỳ|hằng|hàng)(?:\s(?:hoặc|và)\sđột xuất|\s(?:\d{1,2}\s|sáu\s|ba\s)?(?:năm|tháng|quý|tuần))*,?\s"
)
_WHO_GIVES = re.compile(
    r"[^,.;:]{0,120}?(?:chủ tịch|thủ tướng|bộ trưởng|giám đốc|ủy ban nhân dân|ubnd|ban thường vụ|thường trực)"
    r"[^,.;:]{0,60}?\s(?=(?:giao|yêu cầu)\s)"
)
_CARRYING_OUT = ("thực hiện ", "triển khai ", "thi hành ", "nhận được ")
_ORDERS = (
    "giao",
    "yêu cầu",
    "đề nghị",
    "phân công",
    "chỉ đạo",
    "nhận được",
    "nhất trí",
    "thống nhất",
    "ghi nhận",
    "đánh giá",
    "thông báo",
    "xác định",
    "ủy quyền",
)
_BRACKETS = re.compile(r"\([^()]{0,400}\)")
_NOT_YET = re.compile(
    r",?\s?(?:(?:mà\s)?(?:đến nay|hiện nay)\s)?(?:vẫn\s|còn\s)?chưa\s[^.;]{3,200}?,\s"
    r"(?=(?:phải\s)?(?:khẩn trương|nghiêm túc|gửi|hoàn thành|báo cáo|tập trung|có trách nhiệm|thực hiện))"
)
_BY = re.compile(r"(?:(?<!\w)do\s|\((?:giao\s)?)(?=\S)")
_LAST_WORDS = re.compile(r"(?::|\s[-–])\s+(?=(?:các )?(?:đồng chí|đ/c)\s)")
_BY_WHOM = (
    "chủ trì",
    "tham mưu",
    "thực hiện",
    "làm đầu mối",
    "làm thường trực",
    "đảm nhiệm",
    "phụ trách",
    "chịu trách nhiệm",
)


@dataclass(frozen=True)
class Charge:
    """text[start:] charges `lead`; the duty's words begin at `behind`. given: behind "giao" or the like.

    orders: the named body is the one that orders, as in "X yêu cầu Y …".
    """

    lead: str
    start: int
    behind: int
    given: bool = False
    orders: bool = False


def addressee_of(text: str) -> str | None:
    """The bodies, when the text is nothing but their names: a heading that addresses them."""
    text = _LAST_BRACKETS.sub("", text.strip())
    if len(text) > 420:
        return None
    end = bodies_at(text)
    if end and _ADDRESSEE_TAIL.match(text, end):
        return text[:end].strip(" ,:;")
    return None


def led_in(text: str) -> str | None:
    """Whom a lead-in asks: "…, Sở Thử nghiệm đề nghị các trường thực hiện các nội dung sau:"; the last one named."""
    folded = fold(text)
    for m in reversed(list(phrases().give.finditer(folded))):
        end = bodies_at(text, m.end() + 1, folded=folded)
        if end > m.end() + 1:
            return text[m.end() + 1 : end].strip(" ,:;")
    return None


def by_whom(text: str) -> str | None:
    """Who does it, told behind the duty: "Duy trì tổ điều hành do Sở Thử nghiệm chủ trì, phối hợp với …"."""
    folded = fold(text)
    for m in _BY.finditer(folded):
        end = bodies_at(text, m.end(), folded=folded)
        if end > m.end() and folded[end:].lstrip().startswith(_BY_WHOM):
            return text[m.end() : end].strip(" ,:;")
    for m in _LAST_WORDS.finditer(folded):  # "Thu, nộp đảng phí: đồng chí Trần Thị Mẫu."
        end = bodies_at(text, m.end(), folded=folded)
        if end > m.end() and not folded[end:].strip(" .;)"):
            return text[m.end() : end].strip(" ,:;")
    return None


def charges(text: str, issuer: str | None = None) -> list[Charge]:
    """Each charge of the text, in order; parts that charge nobody belong to the charge before them."""
    folded = fold(text)
    outside = _BRACKETS.sub(lambda m: "(" * len(m.group()), folded)  # what stands in brackets ends no sentence
    starts = [0] + [m.end() for m in _SENTENCE.finditer(outside)]
    found: list[Charge] = []
    for i, start in enumerate(starts):
        if found and start < found[-1].behind:
            continue
        end = starts[i + 1] if i + 1 < len(starts) else len(text)
        charge = _at(text, folded, start, end)
        if charge and (charge.start == 0 or charge.given or _is_clear(text, folded, charge)):
            found.append(charge)
    return found


def _is_clear(text: str, folded: str, charge: Charge) -> bool:
    """In the middle of an item: a body with a capital or a plural, and a verb that assigns."""
    named = charge.lead[:1].isupper() or fold(charge.lead).startswith(("các ", "những ", "mỗi "))
    rest = folded[charge.behind : charge.behind + 60].lstrip(" ,:")
    return named and bool(phrases().verbs.match(rest)) and not phrases().weak.match(rest)


def _at(text: str, folded: str, start: int, end: int) -> Charge | None:
    at = start
    also = _ALSO.match(folded, at)
    if also:
        at = start = also.end()
    direct = _direct(text, folded, start, at)
    if direct:
        return direct
    topic = _TOPIC.match(folded, at)
    if topic and topic.end() < end:
        charge = _direct(text, folded, start, topic.end())
        if charge:
            return charge
    if phrases().clause_openings.match(folded, at):
        regularly = _REGULARLY.match(folded, at)
        again = ("hằng", "hàng", "định kỳ")
        if (
            regularly
            and phrases().verbs.match(folded, regularly.end())
            and not folded.startswith(again, regularly.end())
        ):
            return None  # "Định kỳ tổng hợp, báo cáo Bộ Mẫu về …": the duty itself
        gives = _WHO_GIVES.match(folded, at)  # "Sau khi xem xét Chủ tịch UBND tỉnh giao Sở Mẫu …"
        if gives and gives.end() < end and (charge := _direct(text, folded, start, gives.end())):
            return charge
        for m in re.finditer(r",\s+", folded[at : min(end, at + 420)]):
            here = at + m.end()
            charge = _direct(text, folded, start, here)
            if charge and (charge.given or not folded.startswith(_CARRYING_OUT, at)):
                return charge
    return None


def _direct(text: str, folded: str, start: int, at: int) -> Charge | None:
    """A charge that begins right at `at`."""
    given = phrases().give.match(folded, at)
    if given and folded[given.end() : given.end() + 1] == " ":
        here = given.end() + 1
        end = bodies_at(text, here, folded=folded)
        if end > here and _has_duty(folded, end):
            return Charge(text[here:end].strip(" ,:;"), start, end, given=True)
        return None
    end = bodies_at(text, at, folded=folded)
    if end > at and (late := _NOT_YET.match(folded, end)):
        return Charge(text[at:end].strip(" ,:;"), start, late.end())
    if end == at or not _has_duty(folded, end):
        return None
    rest = folded[end : end + 30].lstrip(" ,:")
    if rest.startswith(_ORDERS):
        ordered = phrases().give.search(folded, end, min(len(folded), end + 120))
        if ordered:
            here = ordered.end() + 1
            stop = bodies_at(text, here, folded=folded)
            closes = not folded[stop:].strip(" ,") or folded[stop:].strip() == ":"
            if stop > here and (closes or _has_duty(folded, stop)) and not rest.startswith("chỉ đạo"):
                return Charge(text[here:stop].strip(" ,:;"), start, stop, given=True)
    return Charge(text[at:end].strip(" ,:;"), start, end, orders=rest.startswith(_ORDERS))


def _has_duty(folded: str, end: int) -> bool:
    """A verb follows the names, perhaps behind a colon or an inserted clause."""
    rest = _ABBREVIATED.sub("", folded[end : end + 220]).lstrip(" ,:-–")
    return bool(phrases().verbs.match(rest) or _MUST.match(rest))

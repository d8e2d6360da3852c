"""The notice of the conclusions in words for paper, in Vietnamese as papers are."""

from trienkhai.worksessions.models import Conclusion, Session

LEADS = "chủ trì"


def notice_title(session: Session) -> str:
    return f"kết luận buổi làm việc của {session.upper.name} với {session.unit.name}"[:1000]


def notice_body(session: Session) -> str:
    """The body as a clerk would type it: who met, then each conclusion under its number, in the words by which tasks
    are read out of a document.
    """
    about = " ".join(session.content.split()).rstrip(". ")
    head = (
        f"Ngày {session.day:%d/%m/%Y}, tại {session.place}, {session.upper.name} đã làm việc với {session.unit.name}. "
        f"Nội dung: {about}. Sau khi nghe báo cáo và ý kiến trao đổi, {session.upper.name} kết luận như sau:"
    )
    rows = session.conclusions.select_related("lead__present").order_by("position")
    return "\n\n".join([head, *(_conclusion(number, row) for number, row in enumerate(rows, 1))])


def notice_recipients(session: Session) -> str:
    """The unit, every other unit that is to do something, the file; one a line."""
    rows = session.conclusions.exclude(lead=None).select_related("lead__present").order_by("position")
    names = dict.fromkeys([session.unit.name, *(row.lead.name for row in rows if row.lead)])
    return "\n".join([*names, "Lưu hồ sơ buổi làm việc"])


def _conclusion(number: int, row: Conclusion) -> str:
    text = row.text.rstrip(". ")
    if row.lead:
        duty = text[len(LEADS) :].lstrip(" :,") if text.lower().startswith(LEADS) else text
        text = f"Giao {row.lead.name} {LEADS}: {duty}"
    day = f", hoàn thành chậm nhất ngày {row.due_on:%d/%m/%Y}" if row.has_day else ""
    return f"{number}. {text}{day}."

"""What the meeting decided, in words for paper, in Vietnamese as papers are."""

from trienkhai.meetings.models import Ballot, Conclusion, Meeting

RESULTS = {True: "được thông qua", False: "không được thông qua", None: "chưa có quy định về số phiếu cần"}


def resolution_title(meeting: Meeting) -> str:
    return f"{meeting.title[:1].lower()}{meeting.title[1:]}, ngày {meeting.day:%d/%m/%Y}"[:1000]


def resolution_body(meeting: Meeting) -> str:
    """The body as a clerk would type it: who was there, how votes fell, what is to be done."""
    figures = meeting.figures
    head = (
        f"Ngày {meeting.day:%d/%m/%Y}, tại {meeting.place}, {meeting.unit.name} đã họp: được tính "
        f"{figures['counted']}, có mặt {figures['present']}, cần có mặt {figures['needed']}; đủ điều kiện quyết nghị."
    )
    parts = [head, "QUYẾT NGHỊ"]
    ballots = list(meeting.ballots.order_by("position"))
    if ballots:
        parts += ["I. Kết quả biểu quyết", *(_ballot(number, row) for number, row in enumerate(ballots, 1))]
    conclusions = list(meeting.conclusions.select_related("lead__present").order_by("position"))
    if conclusions:
        numeral = "II" if ballots else "I"
        parts += [
            f"{numeral}. Nhiệm vụ và phân công",
            *(_conclusion(number, row) for number, row in enumerate(conclusions, 1)),
        ]
    return "\n\n".join(parts)


def _ballot(number: int, row: Ballot) -> str:
    manner = "bỏ phiếu kín" if row.secret else "biểu quyết công khai"
    said = RESULTS[row.carried]
    votes = f"tán thành {row.votes_for}, không tán thành {row.against}, trắng {row.blank}, không hợp lệ {row.invalid}"
    return f"{number}. {row.question}: {manner}, {votes} trên {row.counted} được tính; {said}."


def _conclusion(number: int, row: Conclusion) -> str:
    who = f" {row.lead.name} chịu trách nhiệm." if row.lead else ""
    day = f" Thời hạn: ngày {row.due_on:%d/%m/%Y}." if row.has_day else ""
    text = row.text if row.text.endswith((".", "!", "?")) else f"{row.text}."
    return f"{number}. {text}{who}{day}"

"""The demo's books at the end of the year: a late, a cancelled, an urgent paper, slips among what came and went."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from trienkhai.common.clock import moment
from trienkhai.demo.documents import MARK
from trienkhai.demo.organisation import load, posts
from trienkhai.documents import actions
from trienkhai.documents.models import Book, Document, RegisterEntry
from trienkhai.documents.queries.numbering import gaps_of_book
from trienkhai.orgs.actions import set_term
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

TEXT = """{issuer}
*
Số {symbol}

{urgency}
Minh Họa, ngày {day:%d} tháng {day:%m} năm {day:%Y}

{type}
{title}

{mark}

Nội dung được lược bớt trong bản minh họa.
"""


@dataclass(frozen=True)
class Office:
    """Who keeps the books, and whose instructions are written on slips."""

    clerk: Account
    officer: Account
    leader: Account
    administrator: Account


def office() -> Office:
    names = ("vanthu", "chuyenvien", "lanhdao", "quantri")
    return Office(*(Account.objects.get(username=name) for name in names))


def set_demo_term(bloc: Unit, at: datetime) -> None:
    """The term through which the bloc numbers its documents."""
    set_term(bloc, **load("letters.yaml")["term"], by=office().administrator, at=at)


def fill_books(bloc: Unit) -> tuple[int, int]:
    """Enter the letters and account for the numbers of before, day by day; how many lines came in and went out."""
    people, rows = office(), load("letters.yaml")
    days = [(row.get("entered", row["day"]), Book.IN, row) for row in rows["incoming"]]
    days += [(row.get("entered", row["day"]), Book.OUT, row) for row in rows["outgoing"]]
    for _day, book, row in sorted(days, key=lambda item: item[0]):
        if book == Book.IN:
            _receive(bloc, people, row)
        else:
            _send(bloc, people, row)
    _account_for_gaps(bloc, people, rows["earlier"])
    lines = RegisterEntry.objects.filter(unit=bloc)
    return lines.filter(book=Book.IN).count(), lines.filter(book=Book.OUT).count()


def _receive(bloc: Unit, people: Office, row: dict[str, Any]) -> None:
    at = moment(row.get("entered", row["day"]), row.get("hour", 9))
    fields = {
        "symbol": row["symbol"],
        "number": row["symbol"].split("-")[0].split("/")[0],
        "issuer_name": row["issuer"],
    }
    line = actions.Line(arrived_on=row["day"], recipient=row["to"], due_on=row.get("due"), note=row.get("note", ""))
    document = _register(bloc, people, row, Book.IN, line, at, day=row["date"], signer_name=row["signer"], **fields)
    entry = document.entries.get()
    if "handled" in row:
        actions.mark_entry(entry.pk, "handled", by=people.clerk, at=moment(row["handled"], 16))
    if "slips" in row:
        _hand_over(bloc, people, entry, at.replace(hour=at.hour + 1), done=row["slips"] == "done")


def _hand_over(bloc: Unit, people: Office, entry: RegisterEntry, at: datetime, *, done: bool) -> None:
    """To the office that works on it, then to the tracking officer; the first is answered."""
    organisation = Unit.objects.get(present__code="MH.TC")
    said = actions.Instruction(f"u{organisation.pk}", "Ban Tổ chức tham mưu, trình Thường trực.", due_on=entry.due_on)
    first = actions.give_slip(entry.pk, said, by=people.leader, at=at)
    to_officer = f"n{bloc.pk}-{people.officer.pk}"
    said = actions.Instruction(to_officer, "Theo dõi, tổng hợp, báo cáo kết quả.", people.leader, entry.due_on)
    second = actions.give_slip(entry.pk, said, by=people.clerk, at=at.replace(minute=20))
    head = Account.objects.get(holdings__post__unit=organisation, holdings__post__role="leader")
    actions.receive_slip(first.pk, by=head, at=at.replace(minute=40))
    if done:
        actions.finish_slip(first.pk, answer="Đã trình dự thảo kế hoạch.", by=head, at=at.replace(hour=16))
        actions.receive_slip(second.pk, by=people.officer, at=at.replace(hour=17))


def _send(bloc: Unit, people: Office, row: dict[str, Any]) -> None:
    at = moment(row.get("entered", row["day"]), 10)
    line = actions.Line(
        recipient=row["to"], drafted_by=row["drafted"], copy_kept_by=row.get("copy", ""), copies=row.get("copies")
    )
    signer = next(post.holder for post in posts() if post.unit_code == "MH" and post.title == row["signer_post"])
    short = {"Công văn": "CV", "Báo cáo": "BC", "Thông báo": "TB"}[row["type"]]
    borne = {"number": row["keep"], "symbol": f"{row['keep']}-{short}/ĐUMH"} if "keep" in row else {}
    document = _register(
        bloc,
        people,
        row,
        Book.OUT,
        line,
        at,
        day=row["day"],
        issuer_name="Đảng ủy Khối Minh Họa",
        signer_name=signer,
        signer_role=row["signer_post"],
        **borne,
    )
    entry = document.entries.get()
    if "sent" in row:
        actions.mark_entry(entry.pk, "handed_over", by=people.clerk, at=moment(row["sent"], 15))
    if "cancel" in row:
        actions.cancel_entry(entry.pk, reason=row["cancel"], by=people.clerk, at=moment(row["day"], 14))
    if "withdraw" in row:
        actions.withdraw_document(document.pk, reason=row["withdraw"], by=people.clerk, at=moment(row["day"], 16))


def _register(
    bloc: Unit,
    people: Office,
    row: dict[str, Any],
    book: str,
    line: actions.Line,
    at: datetime,
    *,
    day: date,
    **fields: Any,
) -> Document:
    """A pasted text in the layout of a letter, marked as a sample."""
    urgency, symbol = row.get("urgency", ""), fields.get("symbol", "")
    words = {"issuer": fields["issuer_name"].upper(), "type": row["type"].upper(), "title": row["title"]}
    text = TEXT.format(symbol=symbol or "      -   /ĐUMH", urgency=urgency, day=day, mark=MARK, **words)
    given = fields | {"doc_type": row["type"], "title": row["title"], "issued_on": day, "urgency": urgency}
    return actions.register_document(
        bloc, text=text, not_secret=True, book=book, fields=given, line=line, by=people.clerk, at=at
    )


def _account_for_gaps(bloc: Unit, people: Office, reason: str) -> None:
    """Numbers of before this register; one that is really missing is left for the clerk to find."""
    for gap in gaps_of_book(bloc, Book.OUT):
        if gap.first == gap.series.first:
            actions.explain_gap(
                gap.series.pk,
                gap.first,
                gap.last,
                "earlier",
                reason=reason,
                by=people.clerk,
                at=moment(date(2017, 12, 14)),
            )

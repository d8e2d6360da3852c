"""The demo's programmes of the term and of 2017, what became of their items, and the reviews of its focuses."""

from datetime import date
from typing import Any

from trienkhai.common.clock import moment
from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import fold
from trienkhai.demo.books import Office, office
from trienkhai.demo.building import FOCUSES
from trienkhai.demo.documents import MARK
from trienkhai.demo.organisation import load
from trienkhai.documents.actions import publish_document, register_document
from trienkhai.documents.models import Document
from trienkhai.orgs.models import Post, Role, Unit
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Focus, Programme, ProgrammeItem
from trienkhai.tasks.queries.programme import body_of

OPENED, SIGNED, GIVEN, KNOWN, REPORTED, APPROVED, CARRIED = (
    date(2017, 1, 5), date(2017, 1, 16), date(2017, 12, 4), date(2017, 12, 5), date(2017, 12, 11), date(2017, 12, 13),
    date(2017, 12, 14),
)  # fmt: skip
PAPER = {
    "doc_type": "Chương trình",
    "number": "20",
    "symbol": "20-CTr/ĐUMH",
    "issuer_name": "Đảng ủy Khối Minh Họa",
    "issued_on": SIGNED,
    "title": "công tác năm 2017",
}


def area_of(words: str) -> str:
    """The area of work that a task of the demo belongs to, by its words."""
    folded = fold(words)
    return next((area for part, area in load("programme.yaml")["areas"] if part in folded), "political_tasks")


def make_programmes(bloc: Unit) -> tuple[int, int]:
    """Programmes of the term, of 2017 and of 2018; how many items and how many reviews."""
    people, rows = office(), load("programme.yaml")
    who: dict[str, Any] = {"by": people.officer, "at": moment(OPENED, 9)}
    term = actions.open_programme(bloc, Programme.Kind.TERM, date(2015, 9, 1), date(2020, 8, 31), **who)
    longer = [
        actions.add_item(term.pk, {"title": row["title"], "work_area": row["area"]}, **who) for row in rows["term"]
    ]
    actions.put_in_force(term.pk, by=people.leader, at=moment(OPENED, 10))
    year = actions.open_programme(bloc, Programme.Kind.YEAR, date(2017, 1, 1), part_of=term, **who)
    first = [(row, _add(year, row, longer, people)) for row in rows["year"] if "add" not in row]
    paper = _sign(year, bloc, people)
    actions.set_source(year.pk, part_of=term, document=paper, by=people.officer, at=moment(SIGNED, 14))
    actions.put_in_force(year.pk, by=people.leader, at=moment(SIGNED, 15))
    later = [(row, _add(year, row, longer, people)) for row in rows["year"] if "add" in row]
    for row, item in [*first, *later]:
        _close(row, item, people)
    _give(year, [(row, item) for row, item in first if "task" in row], people)
    _carry(year, [item for row, item in first if row.get("carry")], term, people)
    return len(longer) + len(first) + len(later), _review(bloc, rows, people)


def _add(year: Programme, row: dict[str, Any], longer: list[ProgrammeItem], people: Office) -> ProgrammeItem:
    values = {
        "title": row["title"],
        "work_area": row["area"],
        "due_on": row.get("due", OPEN_END),
        "time_words": row.get("time", ""),
        "lead_words": row.get("lead", ""),
        "product": row.get("product", ""),
        "from_item": longer[row["from"] - 1],
        "unit": Unit.objects.get(present__code=row["unit"]) if "unit" in row else None,
    }
    day, reason = row.get("add", (OPENED, ""))
    return actions.add_item(year.pk, values, reason=reason, by=people.officer, at=moment(day, 11))


def _sign(year: Programme, bloc: Unit, people: Office) -> Document:
    """The paper of the year as the clerk received it signed."""
    head = f"ĐẢNG ỦY KHỐI MINH HỌA\n*\nSố 20-CTr/ĐUMH\n\nMinh Họa, ngày 16 tháng 01 năm 2017\n\n{MARK}\n\n"
    text = head + "CHƯƠNG TRÌNH\ncông tác năm 2017\n\n" + body_of(year, {})
    fields = PAPER | {"signer_name": people.leader.name, "signer_role": "Bí thư"}
    paper = register_document(
        bloc, text=text, not_secret=True, book="out", fields=fields, by=people.clerk, at=moment(SIGNED, 10)
    )
    return publish_document(paper.pk, "branch", by=people.clerk, at=moment(SIGNED, 11))


def _close(row: dict[str, Any], item: ProgrammeItem, people: Office) -> None:
    if "done" in row:
        day, words = row["done"]
        actions.finish_item(item.pk, words=words, by=people.officer, at=moment(day, 16))
    if "drop" in row:
        day, reason = row["drop"]
        actions.drop_item(item.pk, reason=reason, by=people.leader, at=moment(day, 16))


def _give(year: Programme, rows: list[tuple[dict[str, Any], ProgrammeItem]], people: Office) -> None:
    """In December some items become tasks of the attached bodies; one is carried out to its end."""
    ids = [item.pk for _row, item in rows]
    issue = actions.give_items(year.pk, ids, by=people.officer, at=moment(GIVEN, 9))
    actions.issue_tasks(issue.pk, by=people.leader, at=moment(GIVEN, 10))
    for row, item in rows:
        work = Assignment.objects.get(task__programme_items=item)
        head = Account.objects.filter(holdings__post__unit=work.held_by, holdings__post__role=Role.LEADER).earliest(
            "pk"
        )
        actions.acknowledge(work.pk, by=head, at=moment(KNOWN, 9))
        if row["task"] == "done":
            text = "Đã trình Ban Thường vụ ban hành hướng dẫn."
            actions.submit_report(work.pk, text=text, by=head, at=moment(REPORTED, 9))
            actions.approve(work.pk, by=people.leader, at=moment(APPROVED, 9))
        else:
            text, wait = "Đã có báo cáo của 41 tổ chức.", "Chờ báo cáo của các đảng bộ còn lại."
            who: dict[str, Any] = {"by": head, "at": moment(REPORTED, 9)}
            actions.update_progress(work.pk, percent=60, text=text, bottleneck=wait, **who)


def _carry(year: Programme, items: list[ProgrammeItem], term: Programme, people: Office) -> None:
    who: dict[str, Any] = {"by": people.officer, "at": moment(CARRIED, 9)}
    following = actions.open_programme(year.unit, Programme.Kind.YEAR, date(2018, 1, 1), part_of=term, **who)
    actions.carry_over(year.pk, [item.pk for item in items], to=following.pk, **who)


def _review(bloc: Unit, rows: dict[str, Any], people: Office) -> int:
    """Goals, owners and rhythms of the focuses, then the reviews in the order of days."""
    focuses = list(Focus.objects.filter(unit=bloc).order_by("pk")[: len(FOCUSES)])
    owner = Post.objects.filter(unit=bloc, role=Role.LEADER).earliest("pk")
    for focus, row in zip(focuses, rows["goals"], strict=True):
        kept = {"kind": focus.kind, "title": focus.title, "valid_from": focus.valid_from, "owner": owner}
        values = kept | row | {"last_day": date(2017, 12, 31)}
        actions.change_focus(focus.pk, values, by=people.leader, at=moment(OPENED, 15))
    for row in rows["reviews"]:
        words = {"found": row["found"], "decision": row["decision"]}
        at = moment(row["day"], 17)
        actions.review_focus(focuses[row["focus"]].pk, on=row["day"], **words, by=people.leader, at=at)
    return len(rows["reviews"])

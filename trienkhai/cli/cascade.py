"""`trienkhai cascade`: from a file to assignments, in the words of the command line."""

import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from trienkhai.cli import fail, start_django


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "code", required=True, help="Code of the unit that assigns.")
@click.option("--by", "username", default="", help="Account that acts (default: the unit's only leader).")
@click.option(
    "--on", "on", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Day of issue (default: the document's date)."
)
@click.option("--to", "selection", default="children", show_default=True, help="Who receives tasks that name nobody.")
@click.option("--only", default="", help="Numbers of the tasks to take, such as 1,3-7.")
@click.option("--not-secret", is_flag=True, help="You declare that the document holds no state secret.")
@click.option("--yes", is_flag=True, help="Assign without asking.")
@click.option("--draft", is_flag=True, help="Stop at the draft, for an officer to edit.")
def cascade(
    file: Path,
    code: str,
    username: str,
    on: datetime | None,
    selection: str,
    only: str,
    not_secret: bool,
    yes: bool,
    draft: bool,
) -> None:
    """Register a document, propose its tasks, assign them as unit CODE, print the roll-up."""
    start_django()
    from django.core.exceptions import ValidationError

    from trienkhai.common.verdict import Refused
    from trienkhai.documents.reader.refusals import Unreadable

    if not sys.stdin.isatty() and not (username and not_secret):
        fail("Không có bàn phím để hỏi: hãy ghi rõ --by TÀI_KHOẢN và --not-secret.")
    if not not_secret and not click.confirm("Văn bản này không chứa bí mật nhà nước?", default=False):
        fail("Chưa có cam kết văn bản không chứa bí mật nhà nước; không ghi gì cả.")
    try:
        _run(file, code, username, on.date() if on else None, selection, only, yes, draft)
    except ValidationError as fault:
        fail("; ".join(str(message) for message in fault.messages))
    except (Refused, Unreadable) as fault:
        fail(str(fault))


def _run(
    file: Path, code: str, username: str, on: date | None, selection: str, only: str, yes: bool, draft: bool
) -> None:
    from trienkhai.common.clock import moment, today
    from trienkhai.documents.actions import register_document
    from trienkhai.tasks import actions
    from trienkhai.tasks.proposals import propose, report

    unit = unit_of(code)
    account = account_of(username, unit, today())
    with file.open("rb") as stream:
        document = register_document(
            unit, stream, name=file.name, not_secret=True, by=account, at=moment(on or today(), 8)
        )
    text = document.texts.get()
    day = on or document.issued_on or today()
    proposals = propose(text, unit, day)
    print_proposals(proposals)
    print_bodies(report(text, unit, day))
    if only:
        wanted = numbers(only)
        proposals = [row for number, row in enumerate(proposals, start=1) if number in wanted]
    at = moment(day, 9)
    issue = actions.prepare_issue(document, unit, proposals, selection=selection, on=day, by=account, at=at)
    if draft or not (yes or click.confirm(f"Giao {len(proposals)} nhiệm vụ?", default=False)):
        click.echo(f"Đã lưu {len(proposals)} nhiệm vụ dự thảo (phiếu {issue.pk}) để cán bộ hoàn thiện.")
        return
    for task in leaderless(issue):
        actions.drop_task(task.pk, by=account, at=at)
    issue = actions.issue_tasks(issue.pk, by=account, at=at)
    click.echo(f"Đã giao {issue.count} phần việc từ {issue.tasks.filter(dropped=False).count()} nhiệm vụ.")
    print_roll_up(unit, today())


def unit_of(code: str) -> Any:
    from trienkhai.orgs.queries import unit_by_code

    unit = unit_by_code(code)
    if unit is None:
        fail(f"Không có đơn vị nào mang mã {code}.")
    return unit


def account_of(username: str, unit: Any, on: date) -> Any:
    """The named account, or the only leader of the unit."""
    from trienkhai.orgs.rules import leaders_of
    from trienkhai.people.models import Account

    if username:
        found = Account.objects.filter(username=username.lower()).first()
        return found or fail(f"Không có tài khoản {username}.")
    leaders = leaders_of(unit.pk, on)
    if len(leaders) != 1:
        fail(f"Đơn vị {unit} có {len(leaders)} lãnh đạo; hãy ghi rõ --by TÀI_KHOẢN.")
    return leaders[0].account


def numbers(text: str) -> set[int]:
    """'1,3-7' → {1, 3, 4, 5, 6, 7}. Ends the command with a sentence for anything else."""
    found: set[int] = set()
    for piece in text.split(","):
        first, _dash, last = piece.strip().partition("-")
        if not first.isdigit() or (last and not last.isdigit()):
            fail(f"Không đọc được --only {text}; cách ghi đúng: 1,3-7.")
        found |= set(range(int(first), int(last or first) + 1))
    return found


def print_proposals(proposals: Sequence[dict[str, Any]]) -> None:
    """Each task with whom its words were resolved to, and what was not resolved."""
    from trienkhai.common.templatetags.show import day
    from trienkhai.tasks.proposals import doubt_sentence

    for number, row in enumerate(proposals, start=1):
        click.echo(f"{number:>3}. {row['title'][:100]}")
        click.echo(f"     chủ trì: {row.get('lead_words') or '–'} → {row.get('selection') or '(chưa rõ)'}")
        if row.get("coordinating_words"):
            click.echo(
                f"     phối hợp: {row['coordinating_words'][:120]} → {row.get('coordinating_selection') or '(chưa rõ)'}"
            )
        if row.get("due_words"):
            click.echo(f"     thời hạn: {row['due_words']} → {day(row.get('due_on'))} {row.get('recurrence', '')}")
        for doubt in row.get("doubts", []):
            click.echo(f"     ! {doubt_sentence(doubt)}")


def print_bodies(found: Any) -> None:
    """Every body named to lead, with the unit or selection it came to; then those that came to nobody."""
    from trienkhai.common.templatetags.show import share

    matched = f"{found.matched}/{found.mentions} lượt ({share(found.matched, found.mentions)})"
    click.echo(f"Cơ quan được nêu chủ trì: xác định được {matched}.")
    for words, selection in sorted(found.resolved.items()):
        click.echo(f"  {words} → {selection}")
    for words, times in sorted(found.open.items()):
        click.echo(f"  {words} → chưa xác định ({times} lượt)")


def leaderless(issue: Any) -> list[Any]:
    """Tasks whose lead was named but not resolved: they stay drafts that nobody is given, rather than go to the wrong
    ones.
    """
    return [task for task in issue.tasks.filter(dropped=False) if task.lead_words and not task.selection]


def print_roll_up(unit: Any, on: date) -> None:
    """The four cells of the unit, then of its children that hold the most overdue work."""
    from trienkhai.orgs.queries import names_of
    from trienkhai.tasks.queries import cells_by_child, cells_of

    click.echo(f"{unit}: {four_cells(cells_of(unit, on=on, soon=on))}")
    children = cells_by_child(unit, on=on, soon=on)
    worst = sorted(children.items(), key=lambda item: (-item[1].open_overdue, item[1].done, item[0]))[:5]
    names = names_of(pk for pk, _cells in worst)
    for pk, cells in worst:
        click.echo(f"  {names[pk]}: {four_cells(cells)}")


def four_cells(cells: Any) -> str:
    return (
        f"{cells.total} = hoàn thành đúng hạn {cells.done_on_time} + hoàn thành quá hạn {cells.done_late} "
        f"+ trong hạn {cells.open_in_time} + quá hạn {cells.open_overdue}"
    )

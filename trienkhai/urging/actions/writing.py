"""The urging letter (công văn đôn đốc): a draft in the official layout that lists what is late."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.clock import day_of
from trienkhai.common.days import add_working_days
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import begin_draft
from trienkhai.documents.models import Draft
from trienkhai.documents.queries.drafts import habits_of
from trienkhai.norms.queries import days_off
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.rules import visible_assignments
from trienkhai.urging import rules
from trienkhai.urging.queries import late_of

TITLE = "đôn đốc thực hiện nhiệm vụ quá hạn"
ANSWER_WITHIN = 5
HEAD = "| TT | Nhiệm vụ | Đơn vị thực hiện | Văn bản giao | Thời hạn | Số ngày quá hạn |"


@transaction.atomic
def begin_letter(unit: Unit, units: Sequence[Unit], *, by: Account, at: datetime) -> Draft:
    """A draft of `unit` to these units with what is late in their branches, for a person to finish like any draft.

    It lists what the person sees and the unit may urge, at most 500 lines. Raises Refused, also when nothing is late.
    """
    on = day_of(at)
    rules.can_call_for(by, unit, on).require()
    rows = late_of(units, visible_assignments(by, on).filter(rules.below(unit)), on)
    if not rows:
        raise Refused(_("Nothing is late in the units chosen."))
    addressed = [one for one in units if any(paths.is_within(row.held_by.path or "", one.path or "") for row in rows)]
    habits = habits_of(unit)
    words = habits | {
        "kind": "letter",
        "title": TITLE,
        "addressees": "\n".join(one.name for one in addressed),
        "body": _body(habits["issuer_name"] or unit.name, addressed, rows, on),
    }
    return begin_draft(unit, words, by=by, at=at)


def _body(issuer: str, units: Sequence[Unit], rows: Sequence[Assignment], on: date) -> str:
    """In Vietnamese, as the letter is."""
    answer = add_working_days(on, ANSWER_WITHIN, days_off(on, date(on.year + 1, 1, 31)))
    parts = [
        f"Qua theo dõi việc thực hiện các nhiệm vụ được giao, tính đến ngày {on:%d/%m/%Y} còn {len(rows)} nhiệm vụ "
        "đã quá thời hạn nhưng chưa báo cáo hoàn thành, cụ thể như sau:"
    ]
    for number, one in enumerate(units, start=1):
        held = [row for row in rows if paths.is_within(row.held_by.path or "", one.path or "")]
        parts += [f"{number}. {one.name}", "\n".join([HEAD, *_lines(held, on)])]
    parts += [
        f"{issuer} đề nghị cấp ủy, lãnh đạo các đơn vị có tên trên tập trung chỉ đạo hoàn thành các nhiệm vụ đã quá "
        f"hạn; báo cáo kết quả, nêu rõ nguyên nhân chậm và thời hạn hoàn thành trước ngày {answer:%d/%m/%Y}.",
        "Nhiệm vụ đã hoàn thành nhưng chưa cập nhật thì cập nhật ngay kết quả và sản phẩm kèm theo.",
    ]
    return "\n\n".join(parts)


def _lines(rows: Sequence[Assignment], on: date) -> list[str]:
    """One line of the table for each task and due day of a unit that holds it."""
    lines = []
    for number, ((_held, _task, _due), group) in enumerate(
        groupby(rows, key=lambda row: (row.held_by_id, row.task_id, row.due_on)), start=1
    ):
        row = next(group)
        cells = [
            str(number),
            row.task.title,
            row.held_by.short_name,
            str(row.task.document),
            f"{row.due_on:%d/%m/%Y}",
            str((on - row.due_on).days),
        ]
        lines.append(f"| {' | '.join(cell.replace('|', '/').replace(chr(10), ' ') for cell in cells)} |")
    return lines

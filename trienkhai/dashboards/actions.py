"""Phát hành bảng: the sheet of a unit is issued, with its number, and never changes afterwards."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.audit.queries import chain_head
from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.dashboards import rules
from trienkhai.dashboards.links import Scope
from trienkhai.dashboards.queries.board import Board
from trienkhai.dashboards.queries.figures import Figures, stored
from trienkhai.dashboards.queries.issued import issued_sheets, read_sheet
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.orgs.queries import version_on
from trienkhai.orgs.rules import reads_below
from trienkhai.people.models import Account
from trienkhai.tasks.models import Sheet
from trienkhai.tasks.queries.closed import ISSUED, issued_digest


@transaction.atomic
def issue_sheet(unit_id: int, scope: Scope, *, day: date, by: Account, at: datetime) -> Sheet:
    """Issue the sheet of the unit as it stands for the end of `day`, today or a past day; its tables stay with it.

    The last one of the same day and scope is returned where nothing has changed since; otherwise a new number, and
    both stay. Raises Refused; also for a day to come and for one on which the scope counts nothing.
    """
    unit = Unit.objects.select_for_update(of=("self",), no_key=True).select_related("present").get(pk=unit_id)
    verdict = rules.can_issue_sheet(by, unit, day_of(at)).require()
    if day > day_of(at):
        raise Refused(_("The day is still to come: its sheet cannot be issued."))
    board, figures = read_sheet(unit, day, scope, below=reads_below(by, unit, day_of(at)))
    if not figures.main.total:
        raise Refused(_("By that day nothing had been given in this scope: there is nothing to issue."))
    content = _content(unit, day, scope, board, figures)
    last = issued_sheets(unit, scope).filter(on=day).first()
    if last and (last.cells, last.content, last.alone) == (asdict(figures.main), content, figures.alone):
        return last
    newest = issued_sheets(unit).values_list("number", flat=True).first() or 0
    sheet = Sheet(
        unit=unit,
        on=day,
        document_id=scope.document or 0,
        kind=Sheet.Kind.ISSUED,
        number=newest + 1,
        scope=scope.key,
        alone=figures.alone,
        cells=asdict(figures.main),
        content=content,
        head=chain_head(),
    )
    sheet.digest = issued_digest(sheet)
    sheet.act = record(
        ISSUED,
        unit,
        by=actor(by, verdict.holding),
        at=at,
        unit_path=unit.path or "",
        label=f"{sheet.number} ({day:%d/%m/%Y}): {content['name']}",
        digest=sheet.digest,
        number=sheet.number,
        on=str(day),
    ).pk
    sheet.save(force_insert=True)
    return sheet


def _content(unit: Unit, day: date, scope: Scope, board: Board, figures: Figures) -> dict[str, Any]:
    """The tables, the limits, and the names as they are today. A document is named by its number here alone, so that
    its title leaves with it when it is locked away.
    """
    version = version_on(unit, day)
    focuses = {row.pk: row.title for row, _cells in board.focuses}
    areas = {row.key: row.name for row in figures.areas}
    return stored(figures) | {
        "name": version.name if version else unit.name,
        "limits": {
            "focus": scope.focus,
            "area": scope.area,
            "period": scope.period,
            "first_due": scope.first_due,
        },
        "focus": focuses.get(scope.focus or 0, ""),
        "area": areas.get(scope.area, "") if scope.area else "",
    }

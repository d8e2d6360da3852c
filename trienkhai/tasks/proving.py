"""Work that is not reported complete without a file that proves it. Later areas say which."""

from collections.abc import Callable, Collection

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from trienkhai.tasks.models import Assignment, Evidence, State

Rule = Callable[[], QuerySet]
_rules: list[Rule] = []


def register(rule: Rule) -> None:
    """Called once from an area's `AppConfig.ready`: `rule()` → ids of the tasks that need a proof."""
    if rule not in _rules:
        _rules.append(rule)


def unproved(assignment_ids: Collection[int]) -> set[int]:
    """Those of the assignments whose task needs a proof and that have no file with any report."""
    open_rows = Assignment.objects.exclude(state__in=(State.DONE, State.WITHDRAWN))
    given = set(assignment_ids)
    found = {pk for rule in _rules for pk in open_rows.filter(task__in=rule()).values_list("pk", flat=True)} & given
    if not found:
        return set()
    proved = Evidence.objects.filter(report__assignment__in=found)
    return found - set(proved.values_list("report__assignment", flat=True))


def require_proof(assignment_ids: Collection[int], *, files: Collection[object] = ()) -> None:
    """Raises ValidationError when one of them may not be reported complete as it is."""
    if not files and unproved(assignment_ids):
        sentence = _("This work remedies what an inspection found: attach the file that proves it was done.")
        raise ValidationError({"evidence": sentence})

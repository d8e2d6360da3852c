"""Comparisons of models: the list, one side by side, the units behind a figure, a spreadsheet."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from trienkhai.audit.models import Act
from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.orgs import rules_comparing as rules
from trienkhai.orgs.models import Comparison, Preference
from trienkhai.orgs.queries_comparing import (
    Column,
    both_trees,
    columns_of,
    groups_of,
    label_of,
    rows_behind,
    with_counts,
)
from trienkhai.orgs.queries_reorganising import class_labels
from trienkhai.orgs.spreadsheets_comparing import comparison_file
from trienkhai.people.requests import account_of

ON_A_PAGE = 30
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def seen(request: HttpRequest, pk: int) -> Comparison:
    """The comparison, for those who may see it."""
    rows = rules.visible_comparisons(account_of(request), clock.today())
    return get_object_or_404(rows.select_related("office__present", "prepared_by", "chosen", "chosen_by"), pk=pk)


def crumbs(comparison: Comparison | None = None) -> list[dict[str, str]]:
    found = [{"label": _("Comparisons of models"), "url": reverse("orgs:comparisons")}]
    if comparison:
        found.append({"label": comparison.title, "url": reverse("orgs:comparison", args=[comparison.pk])})
    return found


@require_GET
def comparisons(request: HttpRequest) -> HttpResponse:
    """Comparisons in sight, the latest first."""
    account, on = account_of(request), clock.today()
    rows = with_counts(rules.visible_comparisons(account, on))
    context = {
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "can_begin": rules.files.preparing_offices(account, on).exists(),
        "offices": rules.offices_of(account, on),
        "crumbs": [{"label": _("Organisation"), "url": reverse("orgs:tree")}],
    }
    return page(request, "orgs/comparing/comparisons.html", context)


@dataclass(frozen=True)
class Sight:
    """A comparison as a person looks at it: its columns, and the draft whose tree is drawn."""

    comparison: Comparison
    columns: list[Column]
    shown: int

    @property
    def draft(self) -> Column:
        return self.columns[self.shown]


def sight_of(request: HttpRequest, pk: int, on: date) -> Sight:
    comparison = seen(request, pk)
    columns = columns_of(comparison, on)
    asked = request.GET.get("xem", "1")
    shown = int(asked) if asked.isdecimal() and len(asked) < 3 and 0 < int(asked) < len(columns) else 1
    return Sight(comparison, columns, shown)


@require_GET
def comparison(request: HttpRequest, pk: int) -> HttpResponse:
    """Side by side: figures, the tree of the draft in `xem` beside the present one, what the units say."""
    account, on = account_of(request), clock.today()
    sight = sight_of(request, pk, on)
    one = sight.comparison
    all_of_it = rules.sees_all(account, one, on)
    opinions = rules.visible_opinions(account, one, on).select_related("unit__present", "preferred", "answered_by")
    rows = list(opinions.order_by("unit__path"))
    context = {
        "comparison": one,
        "columns": sight.columns,
        "shown": sight.shown,
        "shown_column": sight.draft,
        "groups": groups_of(one, sight.columns, on),
        "trees": both_trees(sight.columns[0], sight.draft),
        "opinions": rows,
        "tally": tally(rows, sight.columns) if all_of_it else [],
        "all_of_it": all_of_it,
        "to_answer": [row for row in rows if _may_answer(account, row, one, on)],
        "is_late": one.opinions_due_on is not None and one.opinions_due_on < on,
        "labels": class_labels(),
        "can_change": rules.can_change(account, one, on),
        "can_close": rules.can_close(account, one, on),
        "can_choose": rules.can_choose(account, one, on),
        "acts": acts_of(one) if all_of_it else [],
        "crumbs": crumbs(),
    }
    return page(request, "orgs/comparing/comparison.html", context)


def _may_answer(account: Any, opinion: Any, comparison: Comparison, on: date) -> bool:
    opinion.comparison = comparison
    return opinion.unit_id in rules.led_units(account, on) and bool(rules.can_answer(account, opinion, on))


def tally(opinions: list[Any], columns: list[Column]) -> list[tuple[str, int]]:
    """How many units prefer each draft, none, and have not answered."""
    found = [
        (column.label, sum(row.preferred_id == column.draft.pk for row in opinions))
        for column in columns
        if column.draft
    ]
    for preference in (Preference.NONE, Preference.UNANSWERED):
        found.append((str(preference.label), sum(row.preference == preference for row in opinions)))
    return found if opinions else []


def acts_of(comparison: Comparison) -> list[dict[str, Any]]:
    """What happened to it, newest first."""
    told = {
        "comparison.begun": _("The comparison was begun"),
        "comparison.costs_set": _("Figures of cost were entered"),
        "comparison.opinions_asked": _("Units were asked for their opinion"),
        "comparison.opinion_given": _("A unit gave its opinion"),
        "comparison.closed": _("The opinions were closed"),
        "comparison.chosen": _("A draft was chosen"),
    }
    rows = Act.objects.filter(target_type=comparison._meta.label_lower, target_id=comparison.pk, verb__in=told)
    return [
        {
            "words": told[row.verb],
            "at": row.at,
            "who": row.actor_name,
            "post": row.post_label,
            "principal": row.principal,
            "said": row.data.get("reason", ""),
        }
        for row in rows.order_by("-pk")[:50]
    ]


@require_GET
def comparison_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The units behind the figure `so` in the column `cot`."""
    on = clock.today()
    one = seen(request, pk)
    columns = {column.key: column for column in columns_of(one, on)}
    column, name = columns.get(request.GET.get("cot", "0")), request.GET.get("so", "units")
    if column is None or name not in column.found:
        raise Http404
    rows = rows_behind(name, column, columns["0"])
    context = {
        "column": column,
        "label": label_of(name, on),
        "page": Paginator(rows, 100).get_page(request.GET.get("page")),
        "crumbs": crumbs(one),
    }
    return page(request, "orgs/comparing/rows.html", context)


@require_GET
def comparison_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    sight = sight_of(request, pk, on)
    one = sight.comparison
    opinions = (
        rules.visible_opinions(account, one, on).select_related("unit__present", "preferred").order_by("unit__path")
    )
    content = comparison_file(one, sight.columns, groups_of(one, sight.columns, on), list(opinions))
    answer = HttpResponse(content, content_type=SHEET)
    answer["Content-Disposition"] = f'attachment; filename="so-sanh-mo-hinh-{one.pk}.xlsx"'
    return answer

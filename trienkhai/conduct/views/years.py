"""The year of a unit: theme, leaders with their steps, members as numbers, good examples."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.conduct import rules
from trienkhai.conduct.norms import due_days, source_of
from trienkhai.conduct.queries import lines_of, theme_of
from trienkhai.conduct.views.common import own_units, reads_names, unit_of, year_of
from trienkhai.documents.rules import visible_documents
from trienkhai.orgs.rules import reads_below
from trienkhai.people.requests import account_of


@require_GET
def year(request: HttpRequest) -> HttpResponse:
    """Names and steps for those who read commitments; theme, numbers and examples for everybody of the unit."""
    account, on = account_of(request), clock.today()
    own = own_units(account, on)
    unit, asked = unit_of(request, account, on, own), year_of(request, on)
    named = unit.pk in rules.own_ids(account, on, *rules.SIGNERS) or reads_names(account, unit, on)
    seen = rules.visible_commitments(account, on)
    theme, may_commit = theme_of(unit, asked), rules.can_commit(account, unit, on)
    mine = seen.filter(year=asked).filter(rules.of_author(account)).order_by("ended", "pk").first()
    served = (theme.document_id if theme else None) or 0
    context: dict[str, Any] = {
        "unit": unit,
        "units": own if unit in own else [unit, *own],
        "year": asked,
        "theme": theme,
        "opens": visible_documents(account, on).filter(pk=served).exists() if served else False,
        "named": named,
        "lines": lines_of(seen, unit, asked, on) if named else [],
        "mine": None if mine and mine.ended and may_commit else mine,
        "may_commit": may_commit,
        "may_theme": rules.can_set_theme(account, unit, on),
        "may_count": rules.can_count(account, unit, on),
        "counts": rules.visible_counts(account, on).filter(unit=unit, year=asked).first(),
        "examples": list(
            rules.visible_examples(account, on).filter(year=asked).select_related("unit__present").order_by("-pk")[:50]
        ),
        "reads_below": reads_below(account, unit, on),
        "due": due_days(asked, unit.path or ""),
        "source": source_of(asked, unit.path or ""),
    }
    return page(request, "conduct/year.html", context)

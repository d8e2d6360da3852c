"""Approving and returning period reports by the thousand, as the background knows it."""

from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy

from trienkhai.people.models import Account
from trienkhai.reports.actions import approve_matching, return_matching
from trienkhai.reports.models import PeriodReport, PeriodReportQuerySet
from trienkhai.reports.queries.approving import Filter, waiting_for
from trienkhai.tasks.background import Area, Kept, Kind, Portion


def _waiting(account: Account, kind: str, kept: Kept, seen_at: datetime, on: date) -> PeriodReportQuerySet:
    return waiting_for(account, Filter.restored(kept), seen_at, on)


def _decide(portion: Portion) -> int:
    rows = PeriodReport.objects.filter(pk__in=portion.ids)
    if portion.kind == "return":
        return return_matching(rows, selection=portion.selection, reason=portion.words, by=portion.by, at=portion.at)
    return approve_matching(rows, selection=portion.selection, by=portion.by, at=portion.at)


def _address(kept: Kept) -> str:
    return reverse("reports:approvals") + "?" * bool(kept) + urlencode([(name, value) for name, value in kept])


area = Area(
    name="reports",
    label=gettext_lazy("Period reports to decide on"),
    kinds={
        "approve": Kind(gettext_lazy("Approve all period reports that match"), allows="approve"),
        "return": Kind(gettext_lazy("Return all period reports that match"), allows="approve", reasoned=True),
    },
    waiting=_waiting,
    decide=_decide,
    described=lambda kept: Filter.restored(kept).described(),
    address=_address,
)

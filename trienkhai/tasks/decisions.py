"""Approving and returning reports of completion by the thousand, as the background knows it."""

from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from trienkhai.people.models import Account
from trienkhai.tasks.actions.bulk import approve_matching, return_matching
from trienkhai.tasks.background import Area, Kept, Kind, Portion
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.queries.approving import Filter, waiting_for


def _waiting(account: Account, kind: str, kept: Kept, seen_at: datetime, on: date) -> QuerySet[Assignment]:
    return waiting_for(account, kind, Filter.restored(kept), seen_at, on).order_by("submitted_on", "pk")


def _decide(portion: Portion) -> int:
    chosen = Assignment.objects.filter(pk__in=portion.ids)
    if portion.kind == "return":
        return return_matching(chosen, selection=portion.selection, reason=portion.words, by=portion.by, at=portion.at)
    return approve_matching(chosen, selection=portion.selection, remark=portion.words, by=portion.by, at=portion.at)


def _address(kept: Kept) -> str:
    return reverse("tasks:approvals") + "?" * bool(kept) + urlencode([(name, value) for name, value in kept])


area = Area(
    name="tasks",
    label=gettext_lazy("Approve"),
    kinds={
        "approve": Kind(gettext_lazy("Approve all that match"), allows="approve"),
        "return": Kind(gettext_lazy("Return all that match"), allows="return", reasoned=True),
    },
    waiting=_waiting,
    decide=_decide,
    described=lambda kept: Filter.restored(kept).described(),
    address=_address,
)

"""Approving and returning values by the thousand, as the background knows it."""

from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from trienkhai.indicators import rules
from trienkhai.indicators.actions.deciding import approve_values, return_values
from trienkhai.indicators.models import Indicator, Value
from trienkhai.people.models import Account
from trienkhai.tasks.background import Area, Kept, Kind, Portion

NAME = "indicators"
ONLY = "chi-tieu"


def kept(indicator: int | None) -> Kept:
    """The queue, or what waits of one indicator, as a job keeps it."""
    return [[ONLY, indicator]] if indicator else []


def _waiting(account: Account, kind: str, narrowed: Kept, seen_at: datetime, on: date) -> QuerySet[Value]:
    """A value that was told after the question is not decided unseen."""
    rows = rules.awaiting_decision(account, on, kind).filter(submitted_at__lte=seen_at)
    asked = _only(narrowed)
    return (rows.filter(holder__indicator=asked) if asked else rows).order_by("submitted_at", "pk")


def _only(narrowed: Kept) -> int | None:
    return next((int(value) for name, value in narrowed if name == ONLY), None)


def _decide(portion: Portion) -> int:
    if portion.kind == "return":
        said = {"reason": portion.words, "selection": portion.selection}
        return return_values(portion.ids, **said, by=portion.by, at=portion.at)
    return approve_values(portion.ids, selection=portion.selection, by=portion.by, at=portion.at)


def _described(narrowed: Kept) -> str:
    """The selection as the act keeps it."""
    codes = Indicator.objects.filter(pk=_only(narrowed) or 0).values_list("code", flat=True)
    return "; ".join(["values awaiting decision", *(f"{ONLY}={code}" for code in codes)])


def _address(narrowed: Kept) -> str:
    return reverse("indicators:waiting") + "?" * bool(narrowed) + urlencode([(name, value) for name, value in narrowed])


area = Area(
    name=NAME,
    label=gettext_lazy("Approve values"),
    kinds={
        "approve": Kind(gettext_lazy("Approve all values that match"), allows="approve"),
        "return": Kind(gettext_lazy("Return all values that match"), allows="return", reasoned=True),
    },
    waiting=_waiting,
    decide=_decide,
    described=_described,
    address=_address,
)

"""The nightly check of chains: what is broken is stored, and told to the unit whose indicator it is."""

from collections import Counter
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from trienkhai.audit.actions import SYSTEM, record
from trienkhai.common.locks import Turn, takes_turn
from trienkhai.indicators import rules
from trienkhai.indicators.actions.giving import title_of
from trienkhai.indicators.models import Check, Fault, Indicator
from trienkhai.indicators.queries.integrity import Broken, broken_chains
from trienkhai.notices.actions import tell


@transaction.atomic
def check_chains(*, on: date, at: datetime) -> int | None:
    """Look for broken chains once a day; returns how many there are, None when that day was done already.

    New ones are told to the owner of the indicator, once; those that were mended are forgotten.
    """
    if not takes_turn(Turn.INDICATORS) or Check.objects.filter(on__gte=on).exists():
        return None
    found = set(broken_chains(on))
    known = {
        Broken(row.kind, row.indicator_id, row.unit_id, row.period_start): row.pk  # type: ignore[arg-type]
        for row in Fault.objects.all()
    }
    Fault.objects.filter(pk__in=[pk for broken, pk in known.items() if broken not in found]).delete()
    fresh = sorted(found - set(known), key=str)
    Fault.objects.bulk_create((Fault(**broken._asdict(), found_on=on) for broken in fresh), batch_size=500)
    Check.objects.create(on=on, at=at, found=len(found))
    act = record("indicators.checked", by=SYSTEM, at=at, label=f"{on:%d/%m/%Y}", count=len(found), new=len(fresh))
    counts = Counter(broken.indicator_id for broken in fresh)
    for indicator in Indicator.objects.filter(pk__in=counts):
        tell(
            indicator.unit_id,
            rules.DEFINERS,
            "indicator_broken",
            url=reverse("indicators:indicator", args=[indicator.pk]),
            at=at,
            act=act.pk,
            indicator=title_of(indicator),
            count=counts[indicator.pk],
        )
    return len(found)

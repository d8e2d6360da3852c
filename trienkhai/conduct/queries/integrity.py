"""Rows of this area that contradict each other: none, as long as only its actions write."""

from datetime import date

from django.db.models import Count, F, Q, QuerySet

from trienkhai.conduct.models import Commitment, Review
from trienkhai.orgs.models import Unit
from trienkhai.orgs.rules_roster import rostered


def own_comments() -> QuerySet[Review, int]:
    """Reviews on which the author has commented."""
    own = Q(commented_by=F("commitment__account")) | Q(commented_by=F("commitment__member__account"))
    return Review.objects.filter(own).order_by("pk").values_list("pk", flat=True)


def members_unlisted() -> QuerySet[Commitment, int]:
    """Commitments of members by name where no list by name is switched on, or whose name was erased."""
    kept = Unit.objects.filter(rostered()).values("pk")
    rows = Commitment.objects.filter(~Q(unit__in=kept) | Q(member__name=""), member__isnull=False)
    return rows.order_by("pk").values_list("pk", flat=True)


def left_with_closed(on: date) -> dict[int, int]:
    """Unit that no longer stands → how many commitments still go on there."""
    rows = Commitment.objects.filter(ended="", unit__closed_on__lte=on, year__gte=on.year)
    return dict(rows.order_by().values("unit").annotate(n=Count("pk")).values_list("unit", "n"))

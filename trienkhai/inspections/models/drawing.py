"""How subjects were chosen: seed, everybody who could have been chosen, their figures and scores."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from trienkhai.inspections.models.programme import InspectionItem
from trienkhai.orgs.models import Unit


class Draw(models.Model):
    """One draw; never changed. `scope`: the selection of units it was made from. `by_risk`, `at_random`: how many were
    wanted in each way. `norm`: by which scores were counted, empty where none were asked. `digest`: SHA-256 of it all.
    """

    item = models.ForeignKey(InspectionItem, models.CASCADE, related_name="draws")
    seed = models.CharField(max_length=64)
    scope = models.CharField(max_length=20)
    by_risk = models.PositiveSmallIntegerField()
    at_random = models.PositiveSmallIntegerField()
    on = models.DateField()
    norm = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(seed=""), name="draw_has_a_seed")]

    def __str__(self) -> str:
        return f"{self.on} {self.seed[:8]}"


class Candidate(models.Model):
    """A unit that could have been drawn. `code`, `name`: as then. `figures`: name → ids of the rows counted, and
    `visited_on`. `place`: in the order of the draw, from 1. `way`: by which it was chosen, '' when it was not.
    """

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="candidates", db_index=False)
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=500)
    figures = models.JSONField(default=dict)
    score = models.PositiveIntegerField(default=0)
    place = models.PositiveIntegerField()
    way = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draw", "unit"], name="one_candidate_of_a_draw")]

    def __str__(self) -> str:
        return self.name

    @property
    def visited(self) -> date | None:
        """When it had last been inspected, on the day of the draw."""
        day = self.figures.get("visited_on")
        return date.fromisoformat(day) if day else None

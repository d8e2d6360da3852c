"""Fields in which a person chooses units of a reorganisation file: as `forms_choosing_unit`, but by the file's plan.

The value is the unit's key ("u12" the stored unit 12, "s5.0" the first that step 5 makes); of PlannedUnitsField a list.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy

from trienkhai.common.folding import squeeze
from trienkhai.orgs.actions.reorganising import Plan
from trienkhai.orgs.finding import Offer
from trienkhai.orgs.finding_planned import KEY, planned_called, planned_offers, planned_unit, scope_of
from trienkhai.orgs.forms_choosing_unit import Typed, UnitField, UnitInput, UnitsField


class PlannedUnitInput(UnitInput):
    most = 200
    plan: Plan

    def kept_labels(self, kept: tuple[str, ...]) -> list[tuple[Any, str]]:
        keys = [key for key in kept if KEY.fullmatch(key)]
        self.plan.fetch(keys)
        return [(key, planned.label) for key in keys if (planned := self.plan.get(key))]

    def _url(self, name: str) -> str:
        """Where what is found while one types comes from."""
        params = {"truong": name} | ({"buoc": self.plan.until} if self.plan.until is not None else {})
        return f"{reverse('orgs:step_units', args=[self.plan.file.pk])}?{urlencode(params)}"


class PlannedUnitsInput(PlannedUnitInput):
    several = True


class PlannedUnitField(UnitField):
    """One unit; "" when left empty. `stand_on` says by which plan it is found."""

    widget: Any = PlannedUnitInput
    plan: Plan

    def __init__(self, **kwargs: Any) -> None:
        hint = gettext_lazy(
            "Type a name or a code and choose from what is found; also a unit which an earlier step makes."
        )
        super().__init__(**({"help_text": hint} | kwargs))

    def stand_on(self, plan: Plan) -> None:
        self.plan = self.widget.plan = plan
        self._scope = scope_of(plan)

    def prepare_value(self, value: Any) -> Typed:
        if isinstance(value, Typed):
            return value
        planned = self.plan.get(str(value)) if value and KEY.fullmatch(str(value)) else None
        return Typed(planned.label if planned else str(value or ""))

    def clean(self, value: Any) -> Any:
        return super().clean(value) or ""

    def taken(self, pk: str) -> str:
        return planned_unit(pk, self.plan).key

    def called(self, words: str) -> str | None:
        planned = planned_called(words, self.plan)
        return planned.key if planned else None

    def offers(self, words: str) -> tuple[list[Offer], bool]:
        return planned_offers(words, self.plan)


class PlannedUnitsField(PlannedUnitField, UnitsField):
    """Several of them, in the order they were chosen. Typed ones have `;` between them, codes a comma as well."""

    widget: Any = PlannedUnitsInput

    def prepare_value(self, value: Any) -> Typed:
        return value if isinstance(value, Typed) else Typed(kept=tuple(str(key) for key in value or ()))

    def clean(self, value: Any) -> list[str]:
        return UnitsField.clean(self, value)

    def pieces(self, words: str) -> list[str]:
        return list(self._named(words))

    def _named(self, words: str) -> Iterator[str]:
        """Commas part codes only, since names have commas of their own."""
        for line in super().pieces(words):
            parts = [squeeze(part) for part in line.split(",") if part.strip()]
            if all(self.plan.by_code(part) for part in parts):
                yield from parts
            else:
                yield line

"""A field in which a person chooses a unit: types a name or a code and picks one of what is found.

    unit = UnitField(label=…)                       # any unit that stands today
    self.fields["unit"].limit(within=branch, on=on) # in the form's __init__: what may be chosen

The value is a Unit (UnitsField: a list of them). With JavaScript what is found shows while one types; without it the
form comes back with a list to pick from, and a code or a full name needs no picking.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trienkhai.common.clock import today
from trienkhai.common.folding import printable, squeeze
from trienkhai.orgs.finding import Offer, Scope, chosen_unit, labels_of, offers, unit_called
from trienkhai.orgs.models import Unit

LONGEST = 300
MOST = 60


class Typed(NamedTuple):
    """What a form sent: the words, the unit picked from a list, the words that list was for, units chosen before."""

    words: str = ""
    picked: str = ""
    listed: str = ""
    kept: tuple[str, ...] = ()


class UnitInput(forms.Widget):
    """`<name>` holds the words; `<name>-chon` what was picked of the list made for the words `<name>-tim`."""

    template_name = "orgs/choosing/unit.html"
    several = False
    most = MOST
    scope: Scope
    offered: tuple[list[Offer], bool] = ([], False)
    offered_for = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        kept = data.getlist(f"{name}-co")[: self.most] if self.several and hasattr(data, "getlist") else []
        words, picked, listed = (str(data.get(key) or "") for key in (name, f"{name}-chon", f"{name}-tim"))
        return Typed(words, picked, listed, tuple(kept))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}-co" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        typed = value if isinstance(value, Typed) else Typed()
        context = super().get_context(name, typed.words, attrs)
        if self.several:
            context["widget"]["attrs"].pop("required", None)
            context["kept"] = self.kept_labels(typed.kept)
        rows, more = self.offered
        return context | {
            "several": self.several,
            "url": self._url(name),
            "offers": rows,
            "more": more,
            "listed": self.offered_for,
        }

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return mark_safe(render_to_string(self.template_name, self.get_context(name, value, attrs)))

    def kept_labels(self, kept: tuple[str, ...]) -> list[tuple[Any, str]]:
        """The units chosen before: value and words."""
        known = [int(pk) for pk in kept if pk.isdecimal() and len(pk) < 10]
        return list(labels_of(known, self.scope.on).items())

    def _url(self, name: str) -> str:
        """Where what is found while one types comes from."""
        scope = self.scope
        params: list[tuple[str, Any]] = [("truong", name), ("ngay", scope.on.isoformat())]
        params += [("trong", scope.within.pk)] if scope.within else []
        params += [("ngoai-nhanh", scope.not_below.pk)] if scope.not_below else []
        params += [("tru", pk) for pk in scope.apart]
        params += [("ngoai", int(scope.external))] if scope.external is not None else []
        params += [("ca-cu", 1)] if scope.closed else []
        return f"{reverse('orgs:unit_choices')}?{urlencode(params)}"


class UnitsInput(UnitInput):
    several = True


class UnitField(forms.Field):
    """One unit; None when left empty. `limit` says which may be chosen."""

    widget: Any = UnitInput
    default_error_messages = {
        "part": gettext_lazy("Choose the unit you mean from the list."),
        "long": gettext_lazy("These words are too long for a name."),
    }

    def __init__(self, *, help_text: Any = None, **kwargs: Any) -> None:
        hint = gettext_lazy("Type a name or a code, with or without accents, and choose from what is found.")
        super().__init__(help_text=hint if help_text is None else help_text, **kwargs)
        self._scope: Scope | None = None

    def limit(
        self,
        *,
        on: date,
        within: Unit | None = None,
        apart: Iterable[int] = (),
        not_below: Unit | None = None,
        external: bool | None = None,
        closed: bool = False,
    ) -> None:
        """Which units may be chosen: see `finding.Scope`. Without it every unit that stands today."""
        self._scope = Scope(on, within, tuple(apart), not_below, external, closed)

    @property
    def scope(self) -> Scope:
        if self._scope is None:
            self._scope = Scope(today())
        return self._scope

    def get_bound_field(self, form: Any, field_name: str) -> Any:
        self.widget.scope = self.scope
        return super().get_bound_field(form, field_name)

    def prepare_value(self, value: Any) -> Typed:
        """The field as it is shown: a unit (or its id) by name and code."""
        if isinstance(value, Typed):
            return value
        pk = value.pk if isinstance(value, Unit) else value
        return Typed(labels_of([pk], self.scope.on).get(pk, "")) if isinstance(pk, int) else Typed(str(pk or ""))

    def clean(self, value: Any) -> Any:
        typed = value if isinstance(value, Typed) else self.prepare_value(value)
        words = squeeze(printable(typed.words))
        if not words:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        return self.found(typed, words)

    def taken(self, pk: str) -> Any:
        """What was picked out of a list. Raises ValidationError when it may not be chosen here."""
        return chosen_unit(pk, self.scope)

    def called(self, words: str) -> Any:
        """The one that is meant; None when several may be. Raises ValidationError when nothing is called so."""
        return unit_called(words, self.scope)

    def offers(self, words: str) -> tuple[list[Offer], bool]:
        return offers(words, self.scope)

    def found(self, typed: Typed, words: str) -> Any:
        """Raises ValidationError, with the list to pick from at hand, when the words do not say which unit."""
        if len(words) > LONGEST:
            raise ValidationError(self.error_messages["long"], code="long")
        if typed.picked and squeeze(typed.listed) == words:
            return self.taken(typed.picked)
        if unit := self.called(words):
            return unit
        self.widget.offered, self.widget.offered_for = self.offers(words), words
        rows, more = self.widget.offered
        if more or not rows:
            raise ValidationError(self.error_messages["part"], code="part")
        said = ngettext("%(n)d unit fits; choose it in the list.", "%(n)d units fit; choose one.", len(rows))
        raise ValidationError(said % {"n": len(rows)}, code="part")


class UnitsField(UnitField):
    """Several units, in the order they were chosen; [] when left empty. Typed ones have `;` between them."""

    widget: Any = UnitsInput

    def prepare_value(self, value: Any) -> Typed:
        if isinstance(value, Typed):
            return value
        return Typed(kept=tuple(str(getattr(unit, "pk", unit)) for unit in value or ()))

    def pieces(self, words: str) -> list[str]:
        return [squeeze(piece) for piece in words.replace("\n", ";").split(";") if piece.strip()]

    def clean(self, value: Any) -> list[Any]:
        typed = value if isinstance(value, Typed) else self.prepare_value(value)
        pieces = self.pieces(printable(typed.words))
        if self.required and not pieces and not typed.kept:
            raise ValidationError(self.error_messages["required"], code="required")
        most = self.widget.most
        if len(pieces) + len(typed.kept) > most:
            raise ValidationError(_("At most %(n)d units are chosen here.") % {"n": most})
        units = [self.taken(pk) for pk in typed.kept]
        units += [self.found(typed, piece) for piece in pieces]
        return list(dict.fromkeys(units))

"""Text from outside turned into a reorganisation file and the payloads of its steps."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from trienkhai.common.folding import squeeze
from trienkhai.orgs.actions.reorganising import Plan, Planned, key_of
from trienkhai.orgs.forms import DayField
from trienkhai.orgs.models import Relation, StepKind, Unit
from trienkhai.orgs.queries import found_units, kind_names, sector_names

MOST, OFFERED = 200, 6


class FileForm(forms.Form):
    """What the file is called, by which decision, from which day."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=250)
    decision = forms.CharField(
        label=pgettext_lazy("reorganisation", "Symbol of the decision"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Such as 12-QĐ/ĐU; it may be added while the file is a draft."),
    )
    decision_on = DayField(label=gettext_lazy("Day of the decision"), required=False)
    effective_on = DayField(
        label=gettext_lazy("Takes effect on"),
        help_text=gettext_lazy("Today or later; on that day the file is carried out."),
    )


class NewFileForm(FileForm):
    office = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("Office"), help_text=gettext_lazy("It stands above all that changes.")
    )
    field_order = ("office",)

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["office"]
        field.queryset = offices.select_related("present").order_by("path")
        if len(field.queryset) == 1:
            field.initial, field.widget = field.queryset[0].pk, forms.HiddenInput()


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class PlannedField(forms.CharField):
    """A unit by its code, as the tree would be at this step: units that earlier steps make are known too.

    The value is the unit's key.
    """

    plan: Plan

    def __init__(self, **kwargs: Any) -> None:
        hint = gettext_lazy("Its code, or words of its name; also of a unit which an earlier step makes.")
        super().__init__(max_length=300, **({"help_text": hint} | kwargs))

    def prepare_value(self, value: Any) -> Any:
        planned = self.plan.get(str(value)) if value and re.fullmatch(r"[us][\d.]+", str(value)) else None
        return planned.words["code"] if planned else value

    def clean(self, value: Any) -> Any:
        code = squeeze(super().clean(value))
        return found(self.plan, code).key if code else ""


class PlannedUnitsField(PlannedField):
    """Several of them, each on a line or with commas between; the value is the list of their keys."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_length = None
        self.validators = []

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(str(super(PlannedUnitsField, self).prepare_value(key)) for key in value)
        return value

    def clean(self, value: Any) -> Any:
        named = list(self._named(str(value or "")))
        if self.required and not named:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(named) > MOST:
            raise ValidationError(_("At most %(n)s units at once.") % {"n": MOST})
        return list(dict.fromkeys(found(self.plan, words).key for words in named))

    def _named(self, text: str) -> Iterator[str]:
        """What stands on each line; commas part codes only, since names have commas of their own."""
        for line in (squeeze(line) for line in re.split(r"[;\n]", text) if line.strip()):
            parts = [squeeze(part) for part in line.split(",") if part.strip()]
            if all(self.plan.by_code(part) for part in parts):
                yield from parts
            else:
                yield line


def found(plan: Plan, words: str) -> Planned:
    """The unit meant: by its code, by "name (code)", or by words of its name when only one of the branch has them.

    Raises ValidationError with the units that may be meant.
    """
    _name, bracket, code = words.rpartition(" (")
    for text in (words, code.removesuffix(")") if bracket else ""):
        planned = plan.by_code(text) if text else None
        if planned is not None and plan.stands(planned):
            return planned
    near = [row for row, _way in found_units(words, plan.on, OFFERED * 4)]
    rows = [planned for row in near if (planned := plan.get(key_of(row.unit_id))) and plan.stands(planned)]
    rows = [planned for planned in rows if plan.inside(planned.key)][:OFFERED]
    if len(rows) == 1:
        return rows[0]
    if not rows:
        raise ValidationError(_("There is no unit with the code “%(code)s”.") % {"code": words})
    named = "; ".join(planned.label for planned in rows)
    raise ValidationError(_("“%(words)s” may be: %(units)s. Write the code.") % {"words": words, "units": named})


class StepForm(forms.Form):
    """A step; `payload()` after `is_valid()`. plan: the organisation as it would be before this step."""

    names: tuple[str, ...] = ()

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = (get_language() or "vi")[:2]
        kinds = sorted(kind_names(plan.on, language).items(), key=lambda row: row[1])
        empty = [("", _("as it is"))] if isinstance(self, ChangeForm) else [("", "–")]
        choices: dict[str, list[Any]] = {
            "kind": kinds,
            "sector": list(sector_names(plan.on, language).items()),
            "relation": list(Relation.choices),
        }
        for name, field in self.fields.items():
            if isinstance(field, PlannedField):
                field.plan = plan
            elif name in choices:
                options = [row for row in choices[name] if row[0] != "external"]
                field.choices = options if name == "relation" and field.required else empty + options  # type: ignore[attr-defined]

    def payload(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value}


class NewUnitFields(forms.Form):
    code = forms.CharField(label=gettext_lazy("Code"), max_length=40)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=250)
    short_name = forms.CharField(label=gettext_lazy("Short name"), max_length=120, required=False)
    symbol = forms.CharField(label=gettext_lazy("Abbreviation in symbols"), max_length=20, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    sector = forms.ChoiceField(label=gettext_lazy("Sector"), required=False)
    relation = forms.ChoiceField(label=gettext_lazy("Relation"), choices=Relation.choices)

    def new_words(self) -> dict[str, str]:
        return {name: squeeze(self.cleaned_data.get(name) or "") for name in NewUnitFields.base_fields}


class EstablishForm(StepForm, NewUnitFields):
    parent = PlannedField(label=gettext_lazy("Unit above"))
    field_order = ("parent",)

    def payload(self) -> dict[str, Any]:
        return {"new": self.new_words(), "parent": self.cleaned_data["parent"]}


class RenameForm(StepForm):
    unit = PlannedField(label=gettext_lazy("Unit"))
    name = forms.CharField(label=gettext_lazy("New name"), max_length=250)
    short_name = forms.CharField(
        label=gettext_lazy("New short name"), max_length=120, required=False, help_text=gettext_lazy("Empty: as it is.")
    )
    symbol = forms.CharField(
        label=gettext_lazy("New abbreviation in symbols"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Empty: as it is."),
    )


class ChangeForm(StepForm):
    unit = PlannedField(label=gettext_lazy("Unit"))
    kind = forms.ChoiceField(label=gettext_lazy("New kind"), required=False)
    sector = forms.ChoiceField(label=gettext_lazy("New sector"), required=False)
    relation = forms.ChoiceField(label=gettext_lazy("New relation"), required=False)
    code = forms.CharField(
        label=gettext_lazy("New code"), max_length=40, required=False, help_text=gettext_lazy("Empty: as it is.")
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not any(values.get(name) for name in ("kind", "sector", "relation", "code")):
            raise ValidationError(_("Say what changes."))
        return values


class MoveForm(StepForm):
    units = PlannedUnitsField(
        label=gettext_lazy("Units that move"),
        help_text=gettext_lazy("Codes or names, one a line; codes may have commas between. All units below go along."),
    )
    parent = PlannedField(label=gettext_lazy("Unit below which they come to stand"))


class MergeForm(StepForm, NewUnitFields):
    """Into a standing unit, or into a new one that the step makes."""

    units = PlannedUnitsField(
        label=gettext_lazy("Units that end"),
        help_text=gettext_lazy(
            "Codes or names, one a line; codes may have commas between. Units below go to the one that takes over."
        ),
    )
    into = PlannedField(
        label=gettext_lazy("Standing unit that takes over"),
        required=False,
        help_text=gettext_lazy("Empty when a new unit is made; then fill in what follows."),
    )
    parent = PlannedField(label=gettext_lazy("Unit above the new one"), required=False)
    field_order = ("units", "into", "code", "name", "parent")
    optional = ("code", "name", "kind", "relation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.optional:
            self.fields[name].required = False
        self.fields["code"].label, self.fields["name"].label = _("Code of the new unit"), _("Name of the new unit")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.errors or values.get("into"):
            return values
        for name in ("code", "name", "kind", "parent"):
            if not values.get(name):
                self.add_error(name, _("Needed when the merger makes a new unit."))
        return values

    def payload(self) -> dict[str, Any]:
        if self.cleaned_data.get("into"):
            return {"units": self.cleaned_data["units"], "into": self.cleaned_data["into"]}
        words = self.new_words() | {"relation": self.cleaned_data.get("relation") or Relation.SUBORDINATE.value}
        return {"units": self.cleaned_data["units"], "into": "", "new": words, "parent": self.cleaned_data["parent"]}


class IntoField(PlannedField):
    """Units of a split: on each line the code of a standing unit, or code and name of a new one with `;` between."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        lines = [
            super(IntoField, self).prepare_value(row["key"]) if row.get("key") else f"{row['code']}; {row['name']}"
            for row in value
        ]
        return "\n".join(lines)

    def clean(self, value: Any) -> Any:
        lines = [squeeze(line) for line in str(value or "").splitlines() if line.strip()]
        if len(lines) < 2:
            raise ValidationError(_("A split needs at least two units, each on a line."))
        rows = []
        for line in lines[:MOST]:
            code, _semicolon, name = (piece.strip() for piece in line.partition(";"))
            rows.append({"code": code, "name": name} if name else {"key": found(self.plan, code).key})
        return rows


class SplitForm(StepForm):
    unit = PlannedField(label=gettext_lazy("Unit that is split"))
    into = IntoField(
        label=gettext_lazy("Units it is split into"),
        help_text=gettext_lazy(
            "One a line: code; name for a new unit, the code alone for a standing one. "
            "Kind and place are those of the unit that is split. The first takes over what is not divided."
        ),
    )


class DissolveForm(StepForm):
    unit = PlannedField(label=gettext_lazy("Unit that is dissolved"))
    successor = PlannedField(
        label=gettext_lazy("Unit that takes over"),
        required=False,
        help_text=gettext_lazy("Empty: the unit above."),
    )


FORMS: dict[str, type[StepForm]] = {
    StepKind.ESTABLISH: EstablishForm,
    StepKind.RENAME: RenameForm,
    StepKind.CHANGE: ChangeForm,
    StepKind.MOVE: MoveForm,
    StepKind.MERGE: MergeForm,
    StepKind.SPLIT: SplitForm,
    StepKind.DISSOLVE: DissolveForm,
}


def initial_of(payload: dict[str, Any]) -> dict[str, Any]:
    """A payload as its form shows it."""
    return payload.get("new", {}) | {name: value for name, value in payload.items() if name != "new"}

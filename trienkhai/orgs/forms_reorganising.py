"""Text from outside turned into a reorganisation file and the payloads of its steps."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from trienkhai.common.folding import squeeze
from trienkhai.orgs.actions.reorganising import Plan
from trienkhai.orgs.forms import DayField
from trienkhai.orgs.forms_choosing_planned import PlannedUnitField, PlannedUnitsField
from trienkhai.orgs.models import Relation, StepKind, Unit
from trienkhai.orgs.queries import kind_names, sector_names

MOST = 200


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
            if isinstance(field, PlannedUnitField):
                field.stand_on(plan)
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
    parent = PlannedUnitField(label=gettext_lazy("Unit above"))
    field_order = ("parent",)

    def payload(self) -> dict[str, Any]:
        return {"new": self.new_words(), "parent": self.cleaned_data["parent"]}


class RenameForm(StepForm):
    unit = PlannedUnitField(label=gettext_lazy("Unit"))
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
    unit = PlannedUnitField(label=gettext_lazy("Unit"))
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
        help_text=gettext_lazy("Type names or codes and choose, one after another. All units below go along."),
    )
    parent = PlannedUnitField(label=gettext_lazy("Unit below which they come to stand"))


class MergeForm(StepForm, NewUnitFields):
    """Into a standing unit, or into a new one that the step makes."""

    units = PlannedUnitsField(
        label=gettext_lazy("Units that end"),
        help_text=gettext_lazy(
            "Type names or codes and choose, one after another. Units below go to the one that takes over."
        ),
    )
    into = PlannedUnitField(
        label=gettext_lazy("Standing unit that takes over"),
        required=False,
        help_text=gettext_lazy("Empty when a new unit is made; then fill in what follows."),
    )
    parent = PlannedUnitField(label=gettext_lazy("Unit above the new one"), required=False)
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


class NewUnitsField(forms.CharField):
    """New units of a split: on each line a code and a name with `;` between."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value: Any) -> list[dict[str, str]]:
        lines = [squeeze(line) for line in str(super().clean(value)).splitlines() if line.strip()]
        rows = [[piece.strip() for piece in line.partition(";")[::2]] for line in lines[:MOST]]
        for line, (code, name) in zip(lines, rows, strict=False):
            if not code or not name:
                raise ValidationError(_("Write the code, a semicolon and the name: “%(line)s”.") % {"line": line})
        return [{"code": code, "name": name} for code, name in rows]


class SplitForm(StepForm):
    """Into new units and standing ones; in the payload the new ones come first."""

    unit = PlannedUnitField(label=gettext_lazy("Unit that is split"))
    stays = forms.BooleanField(
        label=gettext_lazy("The unit stays and gives only a part away"),
        required=False,
        help_text=gettext_lazy("It keeps what the lists do not give to others; without this it ends."),
    )
    new = NewUnitsField(
        label=gettext_lazy("New units"),
        required=False,
        help_text=gettext_lazy(
            "One a line: code; name. Kind and place are those of the unit that is split. "
            "Where the unit ends, the first takes over what is not divided."
        ),
    )
    standing = PlannedUnitsField(
        label=gettext_lazy("Standing units that take over a part"),
        required=False,
        help_text=gettext_lazy("They come after the new ones."),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        count = len(values.get("new") or ()) + len(values.get("standing") or ())
        if not self.errors and values["stays"] and not count:
            self.add_error("new", _("Name at least one unit that takes over a part."))
        elif not self.errors and not values["stays"] and count < 2:
            self.add_error("new", _("A split needs at least two units, each on a line."))
        return values

    def payload(self) -> dict[str, Any]:
        into = [*self.cleaned_data["new"], *({"key": key} for key in self.cleaned_data["standing"])]
        stays = {"stays": True} if self.cleaned_data["stays"] else {}
        return {"unit": self.cleaned_data["unit"], "into": into} | stays


class DissolveForm(StepForm):
    unit = PlannedUnitField(label=gettext_lazy("Unit that is dissolved"))
    successor = PlannedUnitField(
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


def initial_of(kind: str, payload: dict[str, Any]) -> dict[str, Any]:
    """A payload as its form shows it."""
    if kind == StepKind.SPLIT:
        rows = payload.get("into", [])
        made = "\n".join(f"{row['code']}; {row['name']}" for row in rows if not row.get("key"))
        return payload | {"new": made, "standing": [row["key"] for row in rows if row.get("key")]}
    return payload.get("new", {}) | {name: value for name, value in payload.items() if name != "new"}


def children_kept(old: dict[str, Any], new: dict[str, Any]) -> dict[str, int]:
    """Of a split's list what still holds when the units that take over are others or stand in another order."""
    into = [row.get("key") or row["code"] for row in new["into"]]
    before = [row.get("key") or row["code"] for row in old.get("into", [])]
    same = old.get("unit") == new.get("unit")
    given = old.get("children", {}) if same else {}
    named = {key: before[number] for key, number in given.items() if number < len(before)}
    return {key: into.index(name) for key, name in named.items() if name in into}

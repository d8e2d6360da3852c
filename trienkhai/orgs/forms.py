"""Text from outside turned into values for units and terms of office."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from trienkhai.common.folding import squeeze
from trienkhai.common.paths import MAX_DEPTH
from trienkhai.orgs.forms_choosing_unit import UnitField
from trienkhai.orgs.kinds import offered_kinds
from trienkhai.orgs.models import Relation, Unit
from trienkhai.orgs.queries import sector_names, unit_by_code

EARLIEST, LATEST = date(1990, 1, 1), date(2200, 1, 1)


class DayField(forms.DateField):
    """A day chosen in the browser's own calendar, or typed as 2017-06-30 or 30/06/2017."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], **kwargs)


class NearDayField(DayField):
    """A day on which something was done or will be: of the years 1990 to 2199, which the pages of a year lead to."""

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and not EARLIEST <= value < LATEST:
            raise ValidationError(_("This day is too far away."))


class UnitForm(forms.Form):
    """A unit as an administrator changes it."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=250)
    short_name = forms.CharField(label=gettext_lazy("Short name"), max_length=120, required=False)
    symbol = forms.CharField(
        label=gettext_lazy("Abbreviation in symbols"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("As it stands in the symbols of its documents, such as “ĐU” in 05-NQ/ĐU."),
    )
    code = forms.CharField(label=gettext_lazy("Code"), max_length=40)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    sector = forms.ChoiceField(label=gettext_lazy("Sector"), required=False)
    relation = forms.ChoiceField(label=gettext_lazy("Relation"), choices=Relation.choices)
    parent = UnitField(
        label=gettext_lazy("Unit above"),
        required=False,
        help_text=gettext_lazy(
            "Type its name or code and choose it; empty for the top of a tree. "
            "Another unit moves this one with all below it, from today."
        ),
    )

    def __init__(self, *args: Any, on: date, unit: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit
        language = (get_language() or "vi")[:2]
        fields: Any = self.fields
        kinds = offered_kinds(on, also=unit.present.kind if unit and unit.present else "")
        fields["kind"].choices = sorted(kinds.items(), key=lambda row: row[1])
        fields["sector"].choices = [("", "–"), *sector_names(on, language).items()]
        fields["parent"].limit(on=on, not_below=unit)

    def clean_name(self) -> str:
        return squeeze(self.cleaned_data["name"])

    def clean_code(self) -> str:
        code = squeeze(self.cleaned_data["code"])
        holder = unit_by_code(code)
        if holder is not None and (self.unit is None or holder.pk != self.unit.pk):
            raise ValidationError(_("Another unit already has the code “%(code)s”.") % {"code": code})
        return code

    def clean_parent(self) -> Unit | None:
        parent: Unit | None = self.cleaned_data["parent"]
        if parent is None and self.unit is not None and self.unit.present and self.unit.present.parent_id:
            raise ValidationError(_("This unit stands below another; name the unit above it."))
        return parent


class NewUnitForm(UnitForm):
    """A new unit below the one whose page it is."""

    established_on = DayField(label=gettext_lazy("Founded on"))

    def __init__(self, *args: Any, above: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.above = above
        del self.fields["parent"]

    def clean(self) -> dict[str, Any]:
        if self.above.depth >= MAX_DEPTH:
            raise ValidationError(_("A tree has at most eight levels."))
        return super().clean() or self.cleaned_data


class TermForm(forms.Form):
    """A term of office. The day after its last is the first of the next."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=40, help_text=gettext_lazy("Such as: term 2015–2020.")
    )
    starts_on = DayField(label=gettext_lazy("First day"))
    ends_on = DayField(
        label=gettext_lazy("Until before"), help_text=gettext_lazy("The first day of the next term, as far as known.")
    )

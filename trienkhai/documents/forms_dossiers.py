"""What a person says of a dossier, and of handing dossiers over."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trienkhai.documents.actions.dossiers import Described
from trienkhai.documents.models import Dossier
from trienkhai.orgs.models import Unit

FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


def required_day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, input_formats=FORMATS, help_text=help_text)


class DossierForm(forms.Form):
    """`units` empty: the unit is not asked (an existing dossier)."""

    unit = forms.ChoiceField(label=_("Unit"))
    code = forms.CharField(
        label=_("Number and symbol of the dossier"), max_length=40, help_text=_("Such as 01.NQ.2017; once in the unit.")
    )
    title = forms.CharField(
        label=pgettext_lazy("dossier", "Title"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    retention = forms.ChoiceField(label=_("Kept for"))
    opened_on = required_day(_("Opened on"))
    works = forms.BooleanField(
        label=_("Of construction, science or technology"),
        required=False,
        help_text=_("Such dossiers are handed over to the archive sooner."),
    )

    def __init__(self, *args: Any, units: Sequence[Unit], classes: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        fields: Any = self.fields
        fields["unit"].choices = [(unit.pk, unit.name) for unit in units]
        fields["retention"].choices = list(classes.items())
        if not units:
            del self.fields["unit"]

    def described(self) -> Described:
        return Described(**{name: given for name, given in self.cleaned_data.items() if name != "unit"})

    def chosen_unit(self) -> Unit:
        return self.units[self.cleaned_data["unit"]]


def initial_of(dossier: Dossier) -> dict[str, Any]:
    return {name: getattr(dossier, name) for name in ("code", "title", "retention", "opened_on", "works")}


class CloseForm(forms.Form):
    closed_on = required_day(_("Closed on"), _("The day on which the matter ended."))


class IntoDossierForm(forms.Form):
    """One of the open dossiers that the person may fill."""

    dossier = forms.ChoiceField(label=_("Dossier"))

    def __init__(self, *args: Any, dossiers: Sequence[Dossier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["dossier"]
        field.choices = [(row.pk, f"{row.code} · {row.title[:120]}") for row in dossiers]


class HandOverForm(forms.Form):
    """Which of the dossiers that are due, when, and who receives them."""

    dossiers = forms.MultipleChoiceField(label=_("Dossiers"), widget=forms.CheckboxSelectMultiple, required=False)
    on = required_day(_("Handed over on"))
    to = forms.CharField(label=_("Received by"), max_length=200, help_text=_("The archive and who signs for it."))

    def __init__(self, *args: Any, due: Sequence[Dossier], today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": today}
        super().__init__(*args, **kwargs)
        field: Any = self.fields["dossiers"]
        field.choices = [(str(row.pk), row.code) for row in due]

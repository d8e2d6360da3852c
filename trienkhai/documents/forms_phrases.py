"""The form in which an office tries and adds its own words."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.documents.models import PhraseKind
from trienkhai.orgs.models import Unit

LONGEST_SAMPLE = 4000


class PhraseForm(forms.Form):
    """`sample` is only read, never stored."""

    unit = forms.ChoiceField(label=gettext_lazy("Unit"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind of words"), choices=PhraseKind.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=gettext_lazy("The words"), max_length=60)
    abbr = forms.CharField(
        label=gettext_lazy("Abbreviation"),
        max_length=12,
        required=False,
        help_text=gettext_lazy("Of a type of document, as it stands in the symbol."),
    )
    sample = forms.CharField(
        label=gettext_lazy("Try it on a sentence"),
        max_length=LONGEST_SAMPLE,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Paste a few sentences of a document. They are read here and not kept."),
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        kwargs["initial"] = {"kind": PhraseKind.DUTY} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        fields: Any = self.fields
        fields["unit"].choices = [(unit.pk, unit.name) for unit in units]
        fields["unit"].help_text = _("The words hold for this unit and for all units below it.")

    def chosen_unit(self) -> Unit:
        return self.units[self.cleaned_data["unit"]]

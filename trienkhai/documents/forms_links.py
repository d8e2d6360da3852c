"""What a person says of the web of documents: a relation, the days in force, the day to look at."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trienkhai.documents.actions import Cited
from trienkhai.documents.models import Document, DocumentLink, LinkKind

FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget, input_formats=FORMATS, help_text=help_text)


class LinkForm(forms.Form):
    """A relation of one document; `target` offers the documents that bear the cited symbol, when there are any."""

    kind = forms.ChoiceField(label=_("This document …"), choices=LinkKind.choices)
    symbol = forms.CharField(
        label=_("Symbol of the other document"),
        max_length=80,
        required=False,
        help_text=_("As it is written on the paper, such as 101-QĐ/TW. It need not be in the register yet."),
    )
    cited_on = day_field(_("Its date"), _("Tells two documents of one symbol apart."))
    doc_type = forms.CharField(label=_("Its type"), max_length=60, required=False)
    issuer_name = forms.CharField(label=_("Its issuer"), max_length=250, required=False)
    title = forms.CharField(label=_("Its subject"), max_length=500, required=False)
    partial = forms.BooleanField(label=_("Only a part of it is replaced, repealed or amended"), required=False)
    effective_on = day_field(
        _("From the day"), _("When replaced, repealed or amended; empty: when this document comes into force.")
    )

    def __init__(self, *args: Any, candidates: Sequence[Document] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {str(row.pk): row for row in candidates}
        if candidates:
            rows = [(row.pk, _named(row)) for row in candidates]
            self.fields["target"] = forms.ChoiceField(
                label=_("Which document is meant"),
                choices=[*rows, ("", _("None of these: it is not in the register"))],
                widget=forms.RadioSelect,
                required=False,
            )

    def cited(self) -> Cited:
        values = dict(self.cleaned_data)
        chosen = self.candidates.get(values.pop("target", ""))
        return Cited(**values, target=chosen)


def _named(row: Document) -> str:
    day = f"{row.issued_on:%d/%m/%Y}" if row.issued_on else ""
    return " · ".join(part for part in (str(row), day, row.issuer_name, row.title[:120]) if part)


def initial_of(link: DocumentLink) -> dict[str, Any]:
    names = ("kind", "symbol", "cited_on", "doc_type", "issuer_name", "title", "partial", "effective_on")
    return {name: getattr(link, name) for name in names} | {"target": link.target_id or ""}


class ForceForm(forms.Form):
    effective_on = day_field(_("In force from"), _("Empty: from the day of the document."))
    expires_on = day_field(
        _("No longer in force from"), _("The first day without force, by the document's own words. Empty: no end.")
    )


class OnDayForm(forms.Form):
    """`ngay`: the day to look at; anything that is no day means today."""

    ngay = day_field(_("In force on the day"))

    def day(self, today: date) -> date:
        self.full_clean()
        return self.cleaned_data.get("ngay") or today

"""What a person writes of conduct."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from trienkhai.conduct.actions import Figures, Told
from trienkhai.documents.forms_words import WordsField
from trienkhai.documents.models import Document
from trienkhai.documents.rules import visible_documents
from trienkhai.orgs.forms import DayField
from trienkhai.people.models import Account

LISTED = 100


def _area(label: Any, rows: int = 8, **words: Any) -> WordsField:
    return WordsField(label=label, max_length=5000, widget=forms.Textarea(attrs={"rows": rows}), **words)


class ThemeForm(forms.Form):
    title = WordsField(
        label=pgettext_lazy("conduct", "Theme"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    document = forms.ModelChoiceField(
        Document.objects.none(),
        label=gettext_lazy("Document that it serves"),
        required=False,
        empty_label=gettext_lazy("none"),
    )

    def __init__(self, *args: Any, account: Account, on: date, known: int | None = None, **kwargs: Any) -> None:
        """known: the document that the theme serves already, whatever its age."""
        super().__init__(*args, **kwargs)
        seen = visible_documents(account, on).order_by("-issued_on", "-pk").values_list("pk", flat=True)
        listed = [*seen[:LISTED], *seen.filter(pk=known or 0)]
        fields: Any = self.fields
        fields["document"].queryset = Document.objects.filter(pk__in=listed).order_by("-issued_on", "-pk")
        fields["document"].label_from_instance = lambda row: f"{row.reference} – {row.title}"[:160]


class CommitForm(forms.Form):
    text = _area(pgettext_lazy("conduct", "Commitment"), rows=12)


class ReportForm(forms.Form):
    text = _area(gettext_lazy("What was done, point by point"), rows=12)
    link = forms.URLField(label=gettext_lazy("Evidence: a link"), max_length=500, required=False, assume_scheme="https")
    file = forms.FileField(label=gettext_lazy("Evidence: a file"), required=False)
    not_secret = forms.BooleanField(label=gettext_lazy("The file holds no state secret"), required=False)

    def told(self) -> Told:
        return Told(**self.cleaned_data)


class CommentForm(forms.Form):
    text = _area(
        pgettext_lazy("conduct", "Comment of the collective"),
        help_text=gettext_lazy("What was agreed on; not who said what, and no score."),
    )
    met_on = DayField(label=gettext_lazy("Day of the meeting"))


def _number(label: Any, *, required: bool = False) -> forms.IntegerField:
    attrs = {"inputmode": "numeric", "autocomplete": "off", "size": 6}
    return forms.IntegerField(
        label=label, min_value=0, max_value=1_000_000, required=required, widget=forms.TextInput(attrs)
    )


class CountForm(forms.Form):
    """Numbers; no name is asked or kept."""

    members = _number(gettext_lazy("Members"), required=True)
    committed = _number(pgettext_lazy("conduct", "Committed"), required=True)
    half = _number(pgettext_lazy("conduct", "Reviewed at six months"))
    whole = _number(pgettext_lazy("conduct", "Reviewed at the end of the year"))

    def figures(self) -> Figures:
        return Figures(**{name: number or 0 for name, number in self.cleaned_data.items()})


class ExampleForm(forms.Form):
    title = WordsField(
        label=pgettext_lazy("conduct", "Example"),
        max_length=300,
        help_text=gettext_lazy("A collective, or a leader who agrees to be named; members are not named."),
    )
    story = _area(pgettext_lazy("conduct", "What was done"))

"""What a person gives for the books of a unit: a period, the columns of a line, a reason, an instruction."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from trienkhai.documents.actions.entering import Line
from trienkhai.documents.actions.handing import Instruction
from trienkhai.documents.actions.numbers import CANCELLED, EARLIER, RESERVED
from trienkhai.documents.forms_words import WordsField
from trienkhai.documents.models import Book, RegisterEntry, Series
from trienkhai.documents.queries.books import Page
from trienkhai.documents.queries.slips import Addressee
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

BOOKS = [
    (Book.IN, gettext_lazy("Incoming documents")),
    (Book.OUT, gettext_lazy("Outgoing documents")),
    (Book.INTERNAL, gettext_lazy("Internal documents")),
]
EXPLANATIONS = [
    (RESERVED, gettext_lazy("kept for a document to come")),
    (CANCELLED, gettext_lazy("cancelled, borne by no document")),
    (EARLIER, gettext_lazy("given before this register was kept")),
]


class DayField(forms.DateField):
    """A day chosen in the browser's own calendar, or typed as 2017-06-30 or 30/06/2017."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], **kwargs)


class MomentField(forms.DateTimeField):
    """A day with its hour."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"]
        super().__init__(widget=widget, input_formats=formats, **kwargs)


class BookFilter(forms.Form):
    """`tu`, `den`: first and last day, the present year unless said or `ca`; `day`: one run of numbers; `q`; `mo`."""

    def __init__(
        self, data: Mapping[str, Any], *args: Any, series: Sequence[Series], on: date, handled: bool, **kwargs: Any
    ) -> None:
        year = {"tu": f"{on.year}-01-01", "den": f"{on.year}-12-31"}
        given = {name: data[name] for name in ("q", "tu", "den", "day", "mo") if name in data}
        whole = data.get("ca") or given.get("tu") or given.get("den")
        super().__init__(given if whole else given | year, *args, **kwargs)
        fields: Any = self.fields
        fields["q"] = forms.CharField(label=_("Symbol, subject, issuer, signer"), max_length=200, required=False)
        fields["q"].widget.input_type = "search"
        fields["tu"] = DayField(label=_("From day"), required=False)
        fields["den"] = DayField(label=_("To day"), required=False)
        if len(series) > 1:
            choices = [("", _("All")), *((str(row.pk), str(row)) for row in series)]
            fields["day"] = forms.ChoiceField(label=_("Run of numbers"), choices=choices, required=False)
        if handled:
            fields["mo"] = forms.BooleanField(label=_("Not yet handled"), required=False)

    def wanted(self) -> Page:
        """What cannot be read limits nothing."""
        self.full_clean()
        given = self.cleaned_data
        series = int(given["day"]) if given.get("day") else None
        return Page(given.get("tu"), given.get("den"), series, given.get("q") or "", bool(given.get("mo")))


class LineForm(forms.Form):
    """The columns of a line that the document itself does not say; each book asks for its own."""

    arrived_at = MomentField(label=gettext_lazy("Arrived at"), required=False)
    recipient = forms.CharField(label=gettext_lazy("Unit or person that receives it"), max_length=1000, required=False)
    due_on = DayField(label=gettext_lazy("To be handled by"), required=False)
    drafted_by = forms.CharField(label=gettext_lazy("Drafted by"), max_length=160, required=False)
    copy_kept_by = forms.CharField(label=gettext_lazy("Kept copy with"), max_length=160, required=False)
    copies = forms.IntegerField(label=gettext_lazy("Copies"), min_value=0, max_value=30000, required=False)
    deliver_by = MomentField(
        label=gettext_lazy("To be there by"),
        required=False,
        help_text=gettext_lazy("For “hỏa tốc hẹn giờ”: the hour on the envelope."),
    )
    note = forms.CharField(label=pgettext_lazy("book", "Remark"), max_length=500, required=False)

    def __init__(self, *args: Any, entry: RegisterEntry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entry = entry
        others = ("drafted_by", "copy_kept_by", "copies") if entry.book != Book.OUT else ("arrived_at", "due_on")
        urgent = bool(entry.document and entry.document.urgency)
        for name in (*others, *(() if urgent else ("deliver_by",))):
            del self.fields[name]
        if entry.book == Book.OUT:
            self.fields["recipient"].label = pgettext("book", "Recipients")

    def clean_arrived_at(self) -> datetime | None:
        """The hour without its seconds is still the hour that stands there."""
        given, stands = self.cleaned_data["arrived_at"], self.entry.arrived_at
        return stands if stands and given == stands.replace(second=0, microsecond=0) else given


class ReasonForm(forms.Form):
    reason = WordsField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class GapForm(forms.Form):
    """Which of the missing numbers, and what became of them."""

    first = forms.IntegerField(label=gettext_lazy("From number"), min_value=0, max_value=999999)
    last = forms.IntegerField(label=gettext_lazy("To number"), min_value=0, max_value=999999)
    kind = forms.ChoiceField(label=gettext_lazy("These numbers are"), choices=EXPLANATIONS, widget=forms.RadioSelect)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)


class EnterForm(forms.Form):
    """Into which unit's book a document here is entered, with what the book asks for."""

    unit = forms.ChoiceField(label=gettext_lazy("For which unit"))
    book = forms.ChoiceField(
        label=gettext_lazy("Book"), choices=[BOOKS[0], BOOKS[2]], initial=Book.IN, widget=forms.RadioSelect
    )
    arrived_on = DayField(label=gettext_lazy("Day of arrival"), required=False)
    due_on = DayField(label=gettext_lazy("To be handled by"), required=False)
    recipient = forms.CharField(label=gettext_lazy("Unit or person that receives it"), max_length=1000, required=False)
    note = forms.CharField(label=pgettext_lazy("book", "Remark"), max_length=500, required=False)

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        fields: Any = self.fields
        fields["unit"].choices = [(unit.pk, unit.name) for unit in units]

    def chosen_unit(self) -> Unit:
        return self.units[self.cleaned_data["unit"]]

    def line(self) -> Line:
        given = self.cleaned_data
        return Line(given["arrived_on"], given["recipient"], given["due_on"], given["note"])


class SlipForm(forms.Form):
    """The instruction of a leader, to whom, until when."""

    to = forms.ChoiceField(label=gettext_lazy("Handed over to"))
    words = WordsField(label=gettext_lazy("Instruction"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    due_on = DayField(label=gettext_lazy("To be handled by"), required=False)
    leader = forms.ChoiceField(label=gettext_lazy("Instruction by"))

    def __init__(
        self, *args: Any, addressees: Sequence[Addressee], leaders: Sequence[Account], by: Account, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.leaders = {str(account.pk): account for account in leaders}
        fields: Any = self.fields
        fields["to"].choices = [("", _("Choose …")), *_groups(addressees)]
        fields["leader"].choices = [(pk, account.name) for pk, account in self.leaders.items()]
        if str(by.pk) in self.leaders:
            del fields["leader"]

    def clean(self) -> dict[str, Any]:
        if not self.leaders:
            raise ValidationError(_("Nobody leads this unit today, so nobody can give an instruction."))
        return super().clean() or self.cleaned_data

    def instruction(self) -> Instruction:
        given = self.cleaned_data
        return Instruction(given["to"], given["words"], self.leaders.get(given.get("leader", "")), given["due_on"])


def _groups(addressees: Sequence[Addressee]) -> list[tuple[str, list[tuple[str, str]]]]:
    """One group an office: itself, then its posts, then its people."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in addressees:
        words = row.person.name if row.person else row.post.title if row.post else _("the whole unit")
        found.setdefault(row.unit.name, []).append((row.key, words))
    return list(found.items())


class FinishForm(forms.Form):
    """What was done, or that the issued task covers it."""

    answer = WordsField(
        label=gettext_lazy("What was done"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    covered = forms.BooleanField(label=gettext_lazy("The task issued from this document covers it"), required=False)

    def __init__(self, *args: Any, has_work: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_work:
            del self.fields["covered"]

"""What a person writes: a draft, its number and date when it is issued, a template of the office."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.documents.actions.drafting import WORDS
from trienkhai.documents.layouts.spec import Layout
from trienkhai.documents.models import Draft, System
from trienkhai.documents.queries.drafts import layout_of, signers_at
from trienkhai.orgs.models import Holding, Unit

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]
HELP = {
    "body": gettext_lazy(
        "A line that begins with “I.”, “1.”, “a)” or “-” opens a heading or a point, “Điều 1.” an article. "
        "A blank line ends a paragraph. Lines between bars, “| TT | Nhiệm vụ |”, make a table. "
        "Capitals alone on a line stand in the middle."
    ),
    "symbol_body": gettext_lazy("What follows the type in the symbol: ĐU, CB, UBND …"),
    "issued_on": gettext_lazy("Empty leaves room for the clerk. The layout is that of this day."),
    "addressees": gettext_lazy("One a line; printed in official letters and submissions only."),
    "bases": gettext_lazy("One a line, beginning with “Căn cứ”."),
    "recipients": gettext_lazy("One a line, the archive last."),
    "authority": gettext_lazy(
        "One a line: T/M, K/T, T/L … in Party papers, TM., KT., TL. … in State papers. May be empty."
    ),
    "signer_role": gettext_lazy("As printed under the line above. Empty takes the title of the signer's post."),
    "signer_name": gettext_lazy("Only when the signer is not among the unit's leaders. No titles or ranks."),
}
ROWS = {"title": 2, "addressees": 2, "bases": 3, "body": 22, "recipients": 4, "authority": 2}


def kinds_of(layouts: dict[str, Layout]) -> list[tuple[str, str]]:
    """Every type that one of the layouts has, each once."""
    found = {code: kind.name for layout in layouts.values() for code, kind in layout.kinds.items()}
    return list(found.items())


def layouts_on(on: date, place: str = "") -> dict[str, Layout]:
    return {system: layout_of(system, on=on, place=place).layout for system in System.values}


class DraftForm(forms.ModelForm):
    """`base`: the version the writer began from; no hidden input, so that the browser keeps it with the words."""

    base = forms.IntegerField(required=False, widget=forms.TextInput(attrs={"hidden": True}))
    sending = forms.UUIDField(widget=forms.HiddenInput, required=False)
    issued_on = forms.DateField(
        label=gettext_lazy("Date"), required=False, widget=DAY, input_formats=DAY_FORMATS, help_text=HELP["issued_on"]
    )

    class Meta:
        model = Draft
        fields = WORDS
        help_texts = HELP
        widgets = {name: forms.Textarea(attrs={"rows": rows}) for name, rows in ROWS.items()}

    def __init__(self, *args: Any, unit: Unit, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        layouts = layouts_on(on, unit.path or "")
        fields: Any = self.fields
        fields["kind"] = forms.ChoiceField(label=_("Type"), choices=kinds_of(layouts))
        urgencies = {word: word for layout in layouts.values() for word in layout.urgencies}
        fields["urgency"] = forms.ChoiceField(
            label=_("Urgency"), choices=[("", _("none")), *urgencies.items()], required=False
        )
        fields["signer"].queryset = Holding.objects.filter(pk__in=[row.pk for row in signers_at(unit, on)])
        fields["signer"].label_from_instance = lambda row: f"{row.account.name} – {row.post.title}"
        fields["signer"].empty_label = _("somebody else")
        fields["body"].strip = False
        fields["body"].widget.attrs |= {"class": "draft-body", "spellcheck": "false"}
        if not self.is_bound:
            self.initial.setdefault("base", self.instance.version if self.instance.pk else 0)
            self.initial.setdefault("sending", uuid.uuid4())

    def _post_clean(self) -> None:
        """The action checks the words; the row itself is not touched here."""

    def words(self) -> dict[str, Any]:
        """What was typed, as far as it could be understood; for the preview also of an unfinished form."""
        self.is_valid()
        understood = self.cleaned_data
        typed = {name: "" if name in ("issued_on", "signer") else self.data.get(name, "") for name in WORDS}
        return typed | {name: understood[name] for name in WORDS if name in understood}


class FinishForm(forms.Form):
    base = forms.IntegerField(widget=forms.HiddenInput)
    issued_on = forms.DateField(label=gettext_lazy("Date"), widget=DAY, input_formats=DAY_FORMATS)
    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Empty takes the next number of the unit's book of outgoing documents."),
    )
    not_secret = forms.BooleanField(
        label=gettext_lazy("I declare that this document holds no state secret"),
        error_messages={"required": gettext_lazy("Declare that the document holds no state secret.")},
    )


class TemplateForm(forms.Form):
    unit = forms.ChoiceField(label=gettext_lazy("Template of"))
    system = forms.ChoiceField(label=gettext_lazy("Layout"), choices=System.choices)
    kind = forms.ChoiceField(label=gettext_lazy("Type"), required=False)
    file = forms.FileField(
        label=gettext_lazy("Word file (.docx)"), widget=forms.ClearableFileInput(attrs={"accept": ".docx"})
    )

    def __init__(self, *args: Any, units: Sequence[Unit], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        fields: Any = self.fields
        fields["unit"].choices = [(unit.pk, unit.name) for unit in units]
        fields["kind"].choices = [("", _("every type")), *kinds_of(layouts_on(on))]

    def chosen_unit(self) -> Unit:
        return self.units[self.cleaned_data["unit"]]


class StateFilter(forms.Form):
    trang_thai = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(self, *args: Any, states: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["trang_thai"].choices = [("", _("All")), *states]

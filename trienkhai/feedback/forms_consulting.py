"""What is typed for a consultation on a draft: whom it asks, what those say, what is answered."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trienkhai.documents.forms_words import WordsField
from trienkhai.documents.models import Document, Draft
from trienkhai.feedback import rules_consulting as rules
from trienkhai.feedback.actions import Said
from trienkhai.feedback.models import ClauseOpinion, Passage, Reply, Stance
from trienkhai.feedback.queries.passages import Words
from trienkhai.orgs.forms import DayField, NearDayField
from trienkhai.orgs.forms_choosing_unit import UnitsField
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

LONGEST, LISTED = 5000, 200


def _area(label: Any, *, rows: int, required: bool = False, help_text: Any = "") -> WordsField:
    widget = forms.Textarea(attrs={"rows": rows})
    return WordsField(label=label, max_length=LONGEST, required=required, widget=widget, help_text=help_text)


class SourceForm(forms.Form):
    """On what: a draft that is being written, or a document of the unit. Names as in the address."""

    draft = forms.ModelChoiceField(
        Draft.objects.none(),
        label=gettext_lazy("Draft being written"),
        required=False,
        empty_label=gettext_lazy("none"),
    )
    document = forms.ModelChoiceField(
        Document.objects.none(),
        label=gettext_lazy("or a document of the unit"),
        required=False,
        empty_label=gettext_lazy("none"),
    )

    def __init__(self, *args: Any, account: Account, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["draft"].queryset = rules.consulted_drafts(account, on).order_by("-changed_at", "-pk")
        seen = rules.consulted_documents(account, on).order_by("-issued_on", "-pk")
        newest = list(seen.values_list("pk", flat=True)[:LISTED])
        fields["document"].queryset = Document.objects.filter(pk__in=newest).order_by("-issued_on", "-pk")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and bool(values.get("draft")) == bool(values.get("document")):
            raise forms.ValidationError(_("Choose either a draft or a document."))
        return values


class ConsultationForm(forms.Form):
    """Whom, until when, which clauses."""

    units = UnitsField(label=gettext_lazy("Units asked"))
    due_on = NearDayField(label=gettext_lazy("Opinions by"))
    text = _area(gettext_lazy("What you ask about in particular"), rows=3)
    clauses = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Clauses"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    stamp = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def __init__(self, *args: Any, unit: Unit, clauses: Sequence[Words], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["units"].limit(on=on, external=False, apart=(unit.pk,))
        fields["clauses"].choices = [(number, _shown(one)) for number, one in enumerate(clauses)]
        fields["clauses"].initial = [number for number, _one in enumerate(clauses)]


def _shown(one: Words) -> str:
    words = " ".join(one.text.split())
    return f"{one.label}: {words[:160]}{'…' if len(words) > 160 else ''}"


class OpinionsForm(forms.Form):
    """Three fields for each clause: `stance_<passage>`, `wording_<passage>`, `reason_<passage>`."""

    use_required_attribute = False
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, *args: Any, passages: Sequence[Passage], stored: dict[int, ClauseOpinion], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.passages = passages
        choices = [("", _("no opinion")), *Stance.choices]
        for one in passages:
            before = stored.get(one.pk)
            whole = one.position == 0
            made = {
                "stance": forms.ChoiceField(
                    label=_("Your unit"), choices=choices, required=False, widget=forms.RadioSelect
                ),
                "wording": _area(_("What it wants instead") if not whole else _("What it says in general"), rows=3),
                "reason": _area(pgettext_lazy("opinion", "Reason"), rows=2),
            }
            for name, field in made.items():
                field.initial = getattr(before, name) if before else ""
                self.fields[f"{name}_{one.pk}"] = field

    @property
    def rows(self) -> list[dict[str, Any]]:
        """A clause with its three fields."""
        return [
            {"passage": one, **{name: self[f"{name}_{one.pk}"] for name in ("stance", "wording", "reason")}}
            for one in self.passages
        ]

    def said(self) -> dict[int, Said]:
        """A wording without a choice is another wording: whoever writes one wants it."""
        given, found = self.cleaned_data, {}
        for one in self.passages:
            wording, reason = given[f"wording_{one.pk}"], given[f"reason_{one.pk}"]
            stance = given[f"stance_{one.pk}"] or (Stance.OTHER if wording or reason else "")
            if stance:
                found[one.pk] = Said(stance, wording, reason)
        return found


class ReplyToOpinionForm(forms.Form):
    reply = forms.ChoiceField(label=gettext_lazy("Answer"), choices=Reply.choices, widget=forms.RadioSelect)
    reason = _area(
        gettext_lazy("Explanation"),
        rows=4,
        help_text=gettext_lazy("Needed for all that is not taken as it stands; it goes into the table."),
    )


class ClosingForm(forms.Form):
    reason = _area(
        gettext_lazy("Why it ends before the day"),
        rows=3,
        help_text=gettext_lazy("Needed while units have sent nothing; all who were asked read it."),
    )


class WithdrawalForm(forms.Form):
    reason = _area(
        gettext_lazy("Why it is withdrawn"),
        rows=3,
        required=True,
        help_text=gettext_lazy("All who were asked read it."),
    )


class DayForm(forms.Form):
    due_on = NearDayField(label=gettext_lazy("Opinions by"))
    reason = _area(
        gettext_lazy("Why the day is moved"),
        rows=3,
        required=True,
        help_text=gettext_lazy("All who were asked read it."),
    )


class SummaryForm(forms.Form):
    symbol = forms.CharField(label=gettext_lazy("Number and symbol"), max_length=60, help_text="15-BC/ĐUMH")
    issued_on = DayField(label=gettext_lazy("Issued on"))

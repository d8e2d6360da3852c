"""What people write in files of commendation."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from trienkhai.documents.models import Document
from trienkhai.documents.rules import visible_documents
from trienkhai.evaluation.forms import words_field
from trienkhai.evaluation.models import Kind, Sheet, Step
from trienkhai.evaluation.norms import forms_of, named
from trienkhai.evaluation.rules import visible_sheets
from trienkhai.evaluation.rules_commending import decider_for
from trienkhai.evaluation.wording import period_of
from trienkhai.orgs.forms import DayField
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

LISTED = 100


class CommendationForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("Who is commended"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        initial=Kind.ORGANISATION,
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=250)
    form = forms.ChoiceField(label=gettext_lazy("Form of commendation"), choices=())
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1990, max_value=2199)
    achievement = words_field(gettext_lazy("Achievement"), 5)
    sheet = forms.ModelChoiceField(
        Sheet.objects.none(),
        label=gettext_lazy("Evaluation that it rests on"),
        required=False,
        empty_label=gettext_lazy("none"),
    )

    def __init__(self, *args: Any, unit: Unit, account: Account, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        decider = decider_for(unit)
        known = forms_of(on, decider.path or "") if decider else {}
        fields["form"].choices = [(code, named(row)) for code, row in known.items()]
        fields["year"].initial = on.year
        seen = visible_sheets(account, on).filter(unit=unit, step=Step.DECIDED)
        fields["sheet"].queryset = seen.select_related("campaign", "unit__present").order_by("-pk")
        fields["sheet"].label_from_instance = lambda row: f"{row.name}, {period_of(row.campaign)}"


class EvidenceForm(forms.Form):
    """One of the newest documents that the person sees."""

    document = forms.ModelChoiceField(Document.objects.none(), label=gettext_lazy("Document"))

    def __init__(self, *args: Any, account: Account, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = visible_documents(account, on)
        newest = list(seen.order_by("-issued_on", "-pk").values_list("pk", flat=True)[:LISTED])
        fields: Any = self.fields
        fields["document"].queryset = Document.objects.filter(pk__in=newest).order_by("-issued_on", "-pk")
        fields["document"].label_from_instance = lambda row: f"{row.reference} – {row.title}"[:160]


class OpinionForm(forms.Form):
    text = words_field(gettext_lazy("Opinion"))


class DecisionForm(forms.Form):
    number = forms.CharField(label=gettext_lazy("Number of the decision"), max_length=40)
    decided_on = DayField(label=gettext_lazy("Day of the decision"))

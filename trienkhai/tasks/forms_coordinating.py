"""What is typed for partners, their papers, and opinions."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.common.days import OPEN_END
from trienkhai.documents.forms_words import WordsField
from trienkhai.documents.models import Document
from trienkhai.documents.rules import visible_documents
from trienkhai.orgs.forms import DayField
from trienkhai.orgs.forms_choosing_unit import UnitField
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.tasks import rules_coordinating as rules
from trienkhai.tasks.forms import LONG, SHORT, area
from trienkhai.tasks.models import CoordinationPaper, Opinion, Partnership

LISTED = 200


def documents_seen(account: Account, on: date) -> Any:
    """The newest documents that the person sees, to choose one from."""
    seen = visible_documents(account, on)
    newest = seen.order_by("-issued_on", "-pk").values_list("pk", flat=True)[:LISTED]
    return seen.filter(pk__in=list(newest)).order_by("-issued_on", "-pk")


class DocumentChoice(forms.ModelChoiceField):
    """A document of the register among those that the person sees."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Document.objects.none(), **kwargs)


class PartnershipForm(forms.Form):
    """At whose agency a partner stands, since when and on what ground."""

    unit = UnitField(
        label=gettext_lazy("The organisation at whose agency it stands"),
        help_text=gettext_lazy("Your unit or one below it: type its name or code and choose it."),
    )
    partner = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Partner"),
        help_text=gettext_lazy("Bodies outside the tree are entered by an administrator."),
    )
    valid_from = DayField(label=gettext_lazy("From day"))
    last_day = DayField(label=gettext_lazy("Last day, if it is known"), required=False)
    basis = forms.CharField(label=gettext_lazy("Decision that set it up"), max_length=300, required=False)

    def __init__(self, *args: Any, account: Account, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["unit"].limit(on=on, external=False)
        outside = Unit.objects.filter(external=True, closed_on__gt=on).select_related("present")
        fields["partner"].queryset = outside.order_by("present__sort_key")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        last_day = values.pop("last_day", None)
        values["valid_to"] = last_day + timedelta(days=1) if last_day and last_day < OPEN_END else OPEN_END
        return values


class EndForm(forms.Form):
    last_day = DayField(label=gettext_lazy("Last day"))
    basis = forms.CharField(label=gettext_lazy("Decision that ends it"), max_length=300)


class PaperForm(forms.Form):
    """A regulation of co-ordination or a joint conclusion, out of the register."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"), choices=CoordinationPaper.Kind.choices, widget=forms.RadioSelect
    )
    document = DocumentChoice(label=gettext_lazy("Document of the register"))
    valid_from = DayField(
        label=gettext_lazy("In force from"), required=False, help_text=gettext_lazy("Else the document's own day.")
    )
    opinion = forms.ModelChoiceField(
        Opinion.objects.none(),
        label=gettext_lazy("Request that it closes"),
        required=False,
        empty_label=gettext_lazy("none"),
    )

    def __init__(self, *args: Any, partnership: Partnership, account: Account, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["document"].queryset = documents_seen(account, on)
        seen = rules.visible_opinions(account, on).filter(partnership=partnership)
        fields["opinion"].queryset = seen.order_by("-on", "-pk")


class AskOpinionForm(forms.Form):
    """A request for an opinion, to a partner or to a unit of the tree."""

    asker = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit that asks"), empty_label=None)
    partner = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("Partner"), required=False, empty_label=gettext_lazy("none")
    )
    unit = UnitField(label=gettext_lazy("Or a unit of the tree"), required=False)
    subject = WordsField(label=gettext_lazy("Opinion on"), max_length=300)
    question = area(gettext_lazy("What is asked"), rows=LONG)
    document = DocumentChoice(
        label=gettext_lazy("Document it is about"), required=False, empty_label=gettext_lazy("none")
    )
    due_on = DayField(label=gettext_lazy("Answer until"))

    def __init__(self, *args: Any, account: Account, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["asker"].queryset = (
            Unit.objects.filter(pk__in=rules.asking_ids(account, on)).select_related("present").order_by("path")
        )
        fields["unit"].limit(on=on, external=False)
        now = Partnership.objects.on(on).filter(pk__in=rules.visible_partnerships(account, on).values("pk"))
        partners = Unit.objects.filter(pk__in=now.values("partner")).select_related("present")
        fields["partner"].queryset = partners.order_by("present__sort_key")
        fields["document"].queryset = documents_seen(account, on)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        partner, unit = values.pop("partner", None), values.pop("unit", None)
        if not self.errors and bool(partner) == bool(unit):
            self.add_error("partner", _("Name one partner or one unit."))
        values["asked"] = partner or unit
        return values


class OpinionAnswerForm(forms.Form):
    """The answer; the asker names the paper in which it came."""

    answer = area(gettext_lazy("Reply"), rows=LONG, required=True)
    document = DocumentChoice(
        label=gettext_lazy("Paper in which the answer came"), required=False, empty_label=gettext_lazy("none")
    )

    def __init__(self, *args: Any, account: Account, on: date, from_paper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["document"].queryset = documents_seen(account, on)
        fields["document"].required = from_paper


class WithdrawForm(forms.Form):
    reason = area(gettext_lazy("Reason"), rows=SHORT, required=True)


class PeriodForm(forms.Form):
    """The days of a sheet, both included."""

    tu = DayField(label=gettext_lazy("From day"), required=False)
    den = DayField(label=gettext_lazy("Until"), required=False)

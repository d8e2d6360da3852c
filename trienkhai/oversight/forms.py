"""What a person writes of supervision and of democracy at the grassroots."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trienkhai.common.folding import fold
from trienkhai.documents.forms_words import WordsField
from trienkhai.orgs.forms import NearDayField
from trienkhai.orgs.forms_choosing_unit import UnitField
from trienkhai.orgs.models import Post, Role, Unit
from trienkhai.oversight.actions import Details, Shown
from trienkhai.oversight.models import Form, Matter, MatterKind, Outcome, Plan, SubjectKind
from trienkhai.oversight.norms import organisations

ADDRESSED = (Role.LEADER, Role.SECRETARY)


def _area(label: Any, rows: int = 4, **words: Any) -> WordsField:
    return WordsField(label=label, max_length=5000, widget=forms.Textarea(attrs={"rows": rows}), **words)


class PlanForm(forms.Form):
    organisation = forms.ChoiceField(label=gettext_lazy("Mass organisation"), choices=())
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1990, max_value=2199)
    title = WordsField(label=gettext_lazy("Title"), max_length=250)

    def __init__(self, *args: Any, unit: Unit, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["organisation"].choices = list(organisations(on, unit.path or "").items())


class SubjectForm(forms.Form):
    kind = forms.ChoiceField(
        label=pgettext_lazy("oversight", "Kind"), choices=SubjectKind.choices, widget=forms.RadioSelect
    )
    title = WordsField(
        label=pgettext_lazy("oversight", "Subject"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    form = forms.ChoiceField(label=pgettext_lazy("oversight", "Form"), choices=Form.choices, widget=forms.RadioSelect)
    addressee = UnitField(label=gettext_lazy("Unit addressed"))
    post = forms.CharField(
        label=gettext_lazy("Leader's post addressed"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Title of the post as it stands at that unit; empty for the unit as such."),
    )
    planned_on = NearDayField(label=pgettext_lazy("oversight", "To be held by"))

    def __init__(self, *args: Any, plan: Plan, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        fields: Any = self.fields
        fields["addressee"].limit(on=on, within=plan.unit)

    def clean(self) -> dict[str, Any]:
        """The post by its title, among the leading posts of the unit; else those that stand there are named."""
        given = super().clean() or {}
        unit, wanted = given.get("addressee"), fold(given.get("post") or "").strip()
        given["post"] = None
        if not unit or not wanted:
            return given
        posts = list(Post.objects.filter(unit=unit, role__in=ADDRESSED).standing(self.on).order_by("pk")[:20])
        given["post"] = next((one for one in posts if fold(one.title) == wanted), None)
        if given["post"] is None:
            named = "; ".join(one.title for one in posts)
            said = _("No leading post of this title. At this unit: %(posts)s.") % {"posts": named or "–"}
            self.add_error("post", said)
        return given

    def details(self) -> Details:
        return Details(**self.cleaned_data)


class HeldForm(forms.Form):
    held_on = NearDayField(label=gettext_lazy("Held on"))
    held_at = WordsField(label=gettext_lazy("Where and how"), max_length=250, required=False)
    findings = _area(gettext_lazy("What was found"), rows=8)


class ReasonForm(forms.Form):
    reason = WordsField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class RecommendForm(forms.Form):
    text = _area(gettext_lazy("Recommendation"))
    due_on = NearDayField(
        label=gettext_lazy("To be answered by"),
        required=False,
        help_text=gettext_lazy("Empty: the day by the regulation in force."),
    )


class ReplyForm(forms.Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("Answer"), choices=[one for one in Outcome.choices if one[0]], widget=forms.RadioSelect
    )
    text = _area(gettext_lazy("What is done about it, or why it is not taken"), rows=6)


class MatterForm(forms.Form):
    kind = forms.ChoiceField(
        label=pgettext_lazy("democracy", "List"), choices=MatterKind.choices, widget=forms.RadioSelect
    )
    title = WordsField(label=pgettext_lazy("democracy", "Matter"), max_length=500)
    basis = WordsField(label=gettext_lazy("Basis"), max_length=250, required=False)
    due_on = NearDayField(label=gettext_lazy("Due day"))


class ProofForm(forms.Form):
    place = WordsField(
        label=gettext_lazy("Where and how"),
        max_length=250,
        help_text=gettext_lazy("The board, the page, the meeting where it was shown or dealt with."),
    )
    from_on = NearDayField(label=gettext_lazy("From day"))
    until_on = NearDayField(
        label=gettext_lazy("Until"), required=False, help_text=gettext_lazy("Empty: that day alone.")
    )
    outcome = _area(pgettext_lazy("democracy", "What came of it"), required=False)
    link = forms.URLField(label=gettext_lazy("Link"), max_length=500, required=False, assume_scheme="https")
    file = forms.FileField(label=gettext_lazy("File"), required=False)
    not_secret = forms.BooleanField(label=gettext_lazy("The file holds no state secret"), required=False)

    def shown(self) -> Shown:
        given = dict(self.cleaned_data)
        given["until_on"] = given["until_on"] or given["from_on"]
        return Shown(**given)


class QuestionForm(forms.Form):
    text = _area(gettext_lazy("Question"), help_text=gettext_lazy("Who asked is not written here."))
    asked_on = NearDayField(label=pgettext_lazy("question", "Asked on"))
    matter = forms.ModelChoiceField(
        Matter.objects.none(),
        label=pgettext_lazy("democracy", "Matter"),
        required=False,
        empty_label=gettext_lazy("none"),
    )

    def __init__(self, *args: Any, unit: Unit, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["matter"].queryset = Matter.objects.filter(unit=unit, due_on__year=year).order_by("due_on", "pk")


class AnswerForm(forms.Form):
    answer = _area(gettext_lazy("Answer"), rows=6)

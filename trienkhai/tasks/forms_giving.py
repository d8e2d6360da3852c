"""What is typed when tasks are prepared: the draft task, the reason for sending it back."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from trienkhai.common.days import OPEN_END
from trienkhai.documents.forms_words import WordsField
from trienkhai.orgs.forms import DayField
from trienkhai.orgs.models import Unit
from trienkhai.orgs.naming import LONGEST_KEPT
from trienkhai.tasks.models import OPEN_STATES, AnswerRule, Assignment, Delegated, Focus, Mode, Recurrence, Task
from trienkhai.tasks.proposals import unmatched_lead
from trienkhai.tasks.queries.areas import area_names


class DraftForm(forms.Form):
    """One draft task. An empty due day means no deadline, an empty last day no end. `after`: behind which place of the
    list a new one goes.
    """

    title = WordsField(label=_("Task"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    product = forms.CharField(label=_("Product"), max_length=500, required=False)
    due_on = DayField(label=_("Due day"), required=False, help_text=_("The last day in time; empty: no deadline."))
    due_words = forms.CharField(label=_("Deadline in words"), max_length=300, required=False)
    recurrence = forms.ChoiceField(label=_("Repeats"), choices=Recurrence.choices, required=False)
    recurs_until = DayField(
        label=_("Repeats until"), required=False, help_text=_("The last day on which it may fall due; empty: no end.")
    )
    mode = forms.ChoiceField(label=_("Mode"), choices=Mode.choices)
    focus = forms.ModelChoiceField(
        label=_("Focus"), queryset=Focus.objects.none(), required=False, empty_label=_("none")
    )
    work_area = forms.ChoiceField(label=_("Area of work"), required=False)
    answer_rule = forms.ChoiceField(label=_("Approved"), choices=AnswerRule.choices)
    delegates = forms.MultipleChoiceField(
        label=_("Handed down to the units that approve"),
        choices=Delegated.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    serves = forms.ModelChoiceField(
        label=_("Makes concrete"),
        queryset=Assignment.objects.none(),
        required=False,
        empty_label=_("none"),
        help_text=_("The task from above, held by the unit, that this one carries further."),
    )
    after = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, unit: Unit, on: date, task: Task | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        focus = cast(forms.ModelChoiceField, self.fields["focus"])
        focus.queryset = Focus.objects.filter(unit=unit, valid_from__lte=on, valid_to__gt=on)
        kept = [(task.work_area, task.work_area)] if task and task.work_area else []
        areas = dict(kept) | area_names(on)
        cast(forms.ChoiceField, self.fields["work_area"]).choices = [("", _("none")), *areas.items()]
        held = Assignment.objects.filter(held_by=unit, state__in=OPEN_STATES).select_related("task")
        cast(forms.ModelChoiceField, self.fields["serves"]).queryset = held.order_by("due_on", "pk")
        if not held.exists():
            del self.fields["serves"]
        if task is not None:
            del self.fields["after"]
            self.initial = {name: getattr(task, name) for name in self.fields}
            for name in ("due_on", "recurs_until"):
                self.initial[name] = None if self.initial[name] == OPEN_END else self.initial[name]
            self._offer_to_remember(unmatched_lead(task))

    def _offer_to_remember(self, words: str) -> None:
        if 0 < len(words) <= LONGEST_KEPT:
            label = _("Remember that “%(words)s” means the lead chosen here") % {"words": words}
            hint = _("In the other tasks of this sheet and in later documents too.")
            self.fields["remember"] = forms.BooleanField(label=label, help_text=hint, required=False)

    def clean_due_on(self) -> date:
        return self.cleaned_data["due_on"] or OPEN_END

    def clean_recurs_until(self) -> date:
        return self.cleaned_data["recurs_until"] or OPEN_END


class ReasonForm(forms.Form):
    reason = WordsField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}))

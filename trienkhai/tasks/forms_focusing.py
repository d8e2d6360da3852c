"""What is typed for a focus and its reviews."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trienkhai.common.clock import today
from trienkhai.common.days import OPEN_END
from trienkhai.documents.forms_words import WordsField
from trienkhai.orgs.forms import DayField
from trienkhai.orgs.models import Post, Unit
from trienkhai.tasks.models import Focus


class FocusForm(forms.Form):
    kind = forms.ChoiceField(label=pgettext_lazy("focus", "Kind"), choices=Focus.Kind.choices)
    title = forms.CharField(label=_("Focus"), max_length=300)
    goal = WordsField(
        label=_("Goal"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("What is to be reached by its end, so that a review can tell."),
    )
    owner = forms.ModelChoiceField(
        Post.objects.none(), label=_("Post that answers for it"), required=False, empty_label=_("none")
    )
    rhythm = forms.ChoiceField(label=_("Reviewed"), choices=Focus.Rhythm.choices, required=False)
    valid_from = DayField(label=_("From day"))
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Empty when no end is set."))

    def __init__(self, *args: Any, unit: Unit, on: date, focus: Focus | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["owner"].queryset = Post.objects.filter(unit=unit).standing(today()).order_by("pk")
        fields["owner"].label_from_instance = lambda post: post.title
        self.initial = {"valid_from": on}
        if focus:
            self.initial = {name: getattr(focus, name, None) for name in fields} | {"owner": focus.owner_id}
            last = None if focus.valid_to == OPEN_END else focus.valid_to - timedelta(days=1)
            self.initial["last_day"] = last


class EndFocusForm(forms.Form):
    last_day = DayField(label=_("Last day"))


class ReviewForm(forms.Form):
    on = DayField(label=_("Day of the review"))
    found = WordsField(label=_("What was found"), widget=forms.Textarea(attrs={"rows": 6}))
    decision = WordsField(label=_("What was decided"), widget=forms.Textarea(attrs={"rows": 6}))
    next_on = DayField(
        label=_("Next review"), required=False, help_text=_("Empty: by the rhythm of the focus, where it has one.")
    )

"""What a person writes on an assignment: reports, decisions, requests, answers; and the filter of the list."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trienkhai.documents.forms_words import WordsField
from trienkhai.documents.models import Document
from trienkhai.documents.rules import visible_documents
from trienkhai.orgs.forms import DayField
from trienkhai.orgs.forms_choosing_unit import UnitField
from trienkhai.people.models import Account
from trienkhai.tasks.models import Assignment, RequestKind, State
from trienkhai.tasks.rules_waiting import nameable

Choices = list[tuple[int, str]]
SHORT, LONG = {"rows": 3}, {"rows": 6}
SHOWN_DOCUMENTS = 200
REASONS = (
    ("evidence", gettext_lazy("Evidence is missing or does not show the result")),
    ("product", gettext_lazy("The product is not what the task asks for")),
    ("figures", gettext_lazy("Figures are missing or do not agree")),
    ("part", gettext_lazy("Only a part of the task has been done")),
)
"""Reasons to pick from when a report is returned."""


def area(label: Any, *, rows: dict[str, int], required: bool = False, help_text: Any = "") -> WordsField:
    """A free text; a mark of secrecy standing alone in it is refused."""
    return WordsField(
        label=label,
        required=required,
        max_length=10000,
        widget=forms.Textarea(attrs=rows),
        help_text=help_text,
    )


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once; clean gives a list."""

    def __init__(self, **kwargs: Any) -> None:
        limit = settings.MAX_UPLOAD_BYTES
        too_big = gettext_lazy("A file is larger than %(limit)s MB.") % {"limit": limit // (1024 * 1024)}
        widget = ManyFilesInput(attrs={"data-max-bytes": limit, "data-too-big": too_big})
        super().__init__(widget=widget, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        single = super().clean
        return [single(file, initial) for file in data or []]


class TokenForm(forms.Form):
    """`token` is made with the form: the same form sent again has one effect."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["token"] = uuid.uuid4().hex


class ReportForm(TokenForm):
    """A report of completion."""

    text = area(gettext_lazy("What was done"), rows=LONG, required=True)
    bottleneck = area(gettext_lazy("What stands in the way"), rows=SHORT)
    proposal = area(gettext_lazy("Proposal"), rows=SHORT)
    evidence = ManyFilesField(
        label=gettext_lazy("Evidence"), required=False, help_text=gettext_lazy("Several files may be chosen.")
    )


class CloseForm(ReportForm):
    """A report of completion; where work below is still open, what becomes of it."""

    CHILDREN = (
        ("leave", gettext_lazy("it goes on as it is")),
        ("withdraw", gettext_lazy("it is withdrawn with this report")),
    )
    children = forms.ChoiceField(
        label=gettext_lazy("Open work below"), choices=CHILDREN, required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, open_below: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if open_below:
            said = ngettext("%(n)d piece is not done yet.", "%(n)d pieces are not done yet.", open_below)
            self.fields["children"].help_text = said % {"n": open_below}
        else:
            del self.fields["children"]


class ProgressForm(ReportForm):
    """How far the work is, without claiming completion."""

    percent = forms.IntegerField(label=gettext_lazy("Done so far, %"), min_value=0, max_value=100)
    field_order = ["percent", "text", "bottleneck", "proposal", "evidence"]


class TextForm(forms.Form):
    """One text for several reports of completion."""

    text = area(gettext_lazy("What was done"), rows=LONG, required=True)


class RemarkForm(forms.Form):
    remark = area(gettext_lazy("Remark"), rows=SHORT)


class ReturnForm(forms.Form):
    """Reasons to pick and words of one's own; `reason` holds both."""

    picked = forms.MultipleChoiceField(
        label=gettext_lazy("Why it goes back"),
        choices=REASONS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = area(gettext_lazy("What has to be completed"), rows=LONG)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        chosen = [str(label) for name, label in REASONS if name in values.get("picked", [])]
        values["reason"] = "\n".join([*chosen, values.get("reason", "").strip()]).strip()
        if not values["reason"]:
            self.add_error("reason", _("Say why."))
        return values


class WhyForm(forms.Form):
    reason = area(gettext_lazy("Reason"), rows=LONG, required=True)


class MaybeWhyForm(forms.Form):
    reason = area(gettext_lazy("Remark"), rows=SHORT)


class ExtendForm(WhyForm):
    due_on = DayField(label=gettext_lazy("New due day"))
    field_order = ["due_on", "reason"]


class AskForm(forms.Form):
    """A request to the assigner: another day, other content, another unit."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is asked for"), choices=RequestKind.choices, widget=forms.RadioSelect
    )
    due_on = DayField(label=gettext_lazy("Day asked for"), required=False)
    unit = UnitField(
        label=gettext_lazy("The other unit"),
        required=False,
        help_text=gettext_lazy("Only for a transfer: type its name or code and choose it."),
    )
    reason = area(gettext_lazy("Reason"), rows=LONG, required=True)

    def clean(self) -> dict[str, Any]:
        """A day belongs to an extension, a unit to a transfer; what belongs to another kind is left out."""
        values = super().clean() or {}
        if values.get("kind") != RequestKind.EXTEND:
            values["due_on"] = None
        if values.get("kind") != RequestKind.TRANSFER:
            values["unit"] = None
        return values


class DecideForm(forms.Form):
    """Grant or refuse is said by the button."""

    due_on = DayField(label=gettext_lazy("New due day"), required=False)
    answer = area(gettext_lazy("Answer"), rows=LONG, help_text=gettext_lazy("A refusal needs an answer."))


class AnswerForm(forms.Form):
    answer = area(gettext_lazy("Reply"), rows=LONG, required=True)


class PersonForm(forms.Form):
    """One of those who hold a post of the unit that does the work; why, when it was another before."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Person responsible"),
        queryset=Account.objects.none(),
        required=False,
        empty_label=gettext_lazy("nobody named"),
    )
    reason = area(gettext_lazy("Why the work goes to another person"), rows=SHORT)

    def __init__(self, *args: Any, assignment: Assignment, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = nameable(assignment.held_by_id, on)
        if not assignment.person_id:
            del self.fields["reason"]


class WaitForm(forms.Form):
    """For whom the unit waits: a unit, or anybody else in words."""

    unit = UnitField(
        label=gettext_lazy("The unit waited for"),
        required=False,
        help_text=gettext_lazy("Type its name or code and choose it. The unit is told and finds this in its work."),
    )
    body = WordsField(label=gettext_lazy("Or a body outside, in words"), max_length=300, required=False)
    what = area(gettext_lazy("What is awaited"), rows=SHORT, required=True)
    until = DayField(label=gettext_lazy("Awaited until"))


class ConfirmForm(forms.Form):
    """The paper in which the giver from outside confirmed the work."""

    document = forms.ModelChoiceField(label=gettext_lazy("Confirming document"), queryset=Document.objects.none())

    def __init__(self, *args: Any, account: Account, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["document"]
        seen = visible_documents(account, on)
        newest = seen.order_by("-issued_on", "-pk").values_list("pk", flat=True)[:SHOWN_DOCUMENTS]
        field.queryset = seen.filter(pk__in=list(newest)).order_by("-issued_on", "-pk")


class TaskFilter(forms.Form):
    """What the list of tasks may be narrowed by on the page itself; the rest of its address goes along hidden."""

    q = forms.CharField(label=gettext_lazy("Words of the task"), max_length=200, required=False)

    def __init__(
        self,
        given: QueryDict,
        *,
        cells: Mapping[str, str | Promise],
        areas: Mapping[str, str],
        units: Choices,
        documents: Choices,
    ) -> None:
        super().__init__(given)
        if units:
            self.fields["don-vi"] = self._choice(gettext_lazy("Branch"), units)
        if units and given.get("don-vi"):
            self.fields["pham-vi"] = forms.ChoiceField(
                label=gettext_lazy("Reach"),
                choices=[("", gettext_lazy("with all below")), ("don-vi", gettext_lazy("this unit"))],
                required=False,
            )
        if documents:
            self.fields["van-ban"] = self._choice(gettext_lazy("Document"), documents)
        if areas:
            self.fields["mat"] = self._choice(gettext_lazy("Area of work"), areas.items())
        self.fields["o"] = self._choice(gettext_lazy("Shown"), cells.items())
        self.fields["trang-thai"] = self._choice(gettext_lazy("State"), State.choices)
        for name in given:
            if name not in self.fields and name != "page":
                self.fields[name] = forms.CharField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def _choice(label: Any, rows: Any) -> forms.ChoiceField:
        return forms.ChoiceField(label=label, choices=[("", gettext_lazy("All")), *rows], required=False)

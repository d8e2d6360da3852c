"""What is typed for programmes and their items."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trienkhai.common.days import OPEN_END
from trienkhai.documents.forms_words import WordsField
from trienkhai.documents.models import Clause, Document
from trienkhai.orgs.forms import DayField
from trienkhai.orgs.models import Unit
from trienkhai.tasks.models import Programme, ProgrammeItem
from trienkhai.tasks.queries.areas import area_names
from trienkhai.tasks.queries.concretising import open_clauses
from trienkhai.tasks.queries.programme import longer_programmes, term_at

LISTED = 200


class ProgrammeForm(forms.Form):
    """A new programme. The days of a year and a quarter follow from any day in them."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("programme", "Kind"), choices=Programme.Kind.choices, widget=forms.RadioSelect
    )
    starts_on = DayField(label=_("From day"), help_text=_("For a year or a quarter any day in it."))
    ends_on = DayField(label=_("Last day"), required=False, help_text=_("Only for a term."))

    def __init__(self, *args: Any, unit: Unit, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.on = unit, on
        self.initial = {"kind": Programme.Kind.YEAR, "starts_on": date(on.year, 1, 1)}

    def clean(self) -> dict[str, Any]:
        """The term of the unit gives the last day where none was typed."""
        values = super().clean() or {}
        if values.get("kind") == Programme.Kind.TERM and values.get("starts_on") and not values.get("ends_on"):
            term = term_at(self.unit, values["starts_on"])
            if term is None:
                self.add_error("ends_on", _("No term of the unit holds that day: set the last day."))
            else:
                values["starts_on"], values["ends_on"] = term.starts_on, _day_before(term.ends_on)
        return values


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


class SourceForm(forms.Form):
    """What the programme comes from, and its signed paper."""

    part_of = forms.ModelChoiceField(
        Programme.objects.none(), label=_("Comes from the programme"), required=False, empty_label=_("none")
    )
    document = forms.ModelChoiceField(
        Document.objects.none(),
        label=_("Signed paper"),
        required=False,
        empty_label=_("none"),
        help_text=_("One that the unit holds itself; each newly signed version is named here."),
    )

    def __init__(self, *args: Any, programme: Programme, papers: QuerySet[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        listed = list(papers.order_by("-issued_on", "-pk").values_list("pk", flat=True)[:LISTED])
        kept = [pk for pk in (programme.document_id,) if pk]
        rows = Document.objects.filter(pk__in=[*listed, *kept])
        fields["document"].queryset = rows.order_by("-issued_on", "-pk")
        fields["part_of"].queryset = longer_programmes(programme)
        fields["part_of"].label_from_instance = lambda row: f"{row} · {row.unit.short_name}"
        self.initial = {"part_of": programme.part_of_id, "document": programme.document_id}


class ItemForm(forms.Form):
    """One item. `after`: the last number that the person saw; `reason`: asked once the programme is in force."""

    title = WordsField(label=_("Work"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    due_on = DayField(label=_("Due day"), required=False, help_text=_("Empty: no day of its own."))
    time_words = forms.CharField(label=_("Time in words"), max_length=300, required=False)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Responsible unit"), required=False, empty_label=_("none")
    )
    lead_words = forms.CharField(
        label=_("Responsible, in words"),
        max_length=500,
        required=False,
        help_text=_("A post or a body that is no unit, such as: the Office."),
    )
    product = forms.CharField(label=_("Product"), max_length=500, required=False)
    work_area = forms.ChoiceField(label=_("Area of work"), required=False)
    from_item = forms.ModelChoiceField(
        ProgrammeItem.objects.none(), label=_("Comes from the item"), required=False, empty_label=_("none")
    )
    clause = forms.ModelChoiceField(
        Clause.objects.none(), label=_("Comes from the clause"), required=False, empty_label=_("none")
    )
    after = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, programme: Programme, on: date, item: ProgrammeItem | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["work_area"].choices = [("", _("none")), *area_names(on).items()]
        unit = programme.unit
        near = Unit.objects.filter(pk=unit.pk) | Unit.objects.filter(present__parent=unit, closed_on__gt=on)
        if item and item.unit_id:
            near = near | Unit.objects.filter(pk=item.unit_id)
        fields["unit"].queryset = near.select_related("present").order_by("path")
        self._source(programme, item)
        if programme.in_force:
            fields["reason"] = WordsField(
                label=_("Reason"),
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("The programme is in force: say why."),
            )
        if item is not None:
            del fields["after"]
            self.initial = {name: getattr(item, name, None) for name in fields}
            for name in ("unit", "from_item", "clause"):
                self.initial[name] = getattr(item, f"{name}_id")
            self.initial["due_on"] = None if item.due_on == OPEN_END else item.due_on
            self.initial["reason"] = ""

    def _source(self, programme: Programme, item: ProgrammeItem | None) -> None:
        """Items of the longer programme and clauses of its paper; a field without choices is left out."""
        fields: Any = self.fields
        above = programme.part_of
        kept = [pk for pk in (item.from_item_id if item else None,) if pk]
        items = ProgrammeItem.objects.filter(programme=above) if above else ProgrammeItem.objects.none()
        items = items | ProgrammeItem.objects.filter(pk__in=kept)
        fields["from_item"].queryset = items.order_by("position")
        fields["from_item"].label_from_instance = lambda row: f"{row.position}. {row.title[:120]}"
        paper = above.paper if above else None
        clauses = [row.pk for row in open_clauses(paper)] if paper else []
        clauses += [pk for pk in (item.clause_id if item else None,) if pk]
        fields["clause"].queryset = Clause.objects.filter(pk__in=clauses).order_by("position")
        fields["clause"].label_from_instance = lambda row: f"{row.label}. {row.heading[:120]}"
        for name in ("from_item", "clause"):
            if not fields[name].queryset.exists():
                del fields[name]

    def clean_due_on(self) -> date:
        return self.cleaned_data["due_on"] or OPEN_END


class DropForm(forms.Form):
    """Why an item is left out, and what becomes of its task where units are carrying it out."""

    reason = WordsField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    keep_work = forms.BooleanField(
        label=_("Keep the task: units go on with it, only the item is dropped"), required=False
    )

    def __init__(self, *args: Any, in_force: bool, at_work: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = in_force
        if not in_force:
            del self.fields["reason"]
        if not at_work:
            del self.fields["keep_work"]


class ChooseForm(forms.Form):
    """Items to choose; `to`: the programme in which they go on; `reason`: where the receiving one is in force."""

    items = forms.ModelMultipleChoiceField(
        ProgrammeItem.objects.none(), label=_("Items"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        rows: QuerySet[ProgrammeItem],
        targets: QuerySet[Programme] | None = None,
        reason: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["items"].queryset = rows
        fields["items"].label_from_instance = lambda row: f"{row.position}. {row.title}"
        if targets is not None:
            fields["to"] = forms.ModelChoiceField(targets, label=_("They go on in"), empty_label=None)
        if reason:
            label, hint = _("Reason"), _("The programme is in force: say why.")
            fields["reason"] = WordsField(label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": 2}))

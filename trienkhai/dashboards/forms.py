"""What a reader of the board or the log may ask for."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from trienkhai.dashboards.links import Scope
from trienkhai.dashboards.queries.acts import Wanted
from trienkhai.dashboards.queries.board import Board
from trienkhai.dashboards.wording import GROUPS
from trienkhai.orgs.forms_choosing_unit import UnitField
from trienkhai.orgs.places import NOW, PARAMETER
from trienkhai.tasks.periods import codes_of_year, named_days, period_name
from trienkhai.tasks.queries.wanted import past_day


class BoardFilter(forms.Form):
    """`van-ban`, `trong-tam`, `mat`, `ky`, `han=dau`, `ngay`; an unknown value limits nothing."""

    def __init__(self, board: Board, given: QueryDict, *, areas: dict[str, str], today: date) -> None:
        super().__init__(given)
        documents = [(row.pk, str(row)) for row in board.documents]
        focuses = [(focus.pk, focus.title) for focus, _cells in board.focuses]
        if documents or given.get("van-ban"):
            self.fields["van-ban"] = self._choice(_("Document"), _("All documents"), documents)
        if focuses or given.get("trong-tam"):
            self.fields["trong-tam"] = self._choice(_("Focus"), _("All"), focuses)
        if areas or given.get("mat"):
            self.fields["mat"] = self._choice(_("Area of work"), _("All"), list(areas.items()))
        self.fields["ky"] = self._choice(_("Due in"), _("Any period"), _periods(board.on, given.get("ky", "")))
        judged = [("", _("Due day in force")), ("dau", _("First due day"))]
        if board.shows_below:
            self.fields["han"] = forms.ChoiceField(label=_("Judged by"), choices=judged, required=False)
        for name in ("van-ban", "trong-tam", "mat"):
            self._keep(name, given.get(name, ""))
        day = forms.DateInput(attrs={"type": "date", "max": today.isoformat()})
        self.fields["ngay"] = forms.DateField(label=_("As on the day"), widget=day, required=False)

    def _keep(self, name: str, chosen: str) -> None:
        """Without a name, but not lost: what is chosen and has nothing to count here."""
        field: Any = self.fields.get(name)
        if chosen and field and chosen not in {str(value) for value, _words in field.choices}:
            field.choices = [*field.choices, (chosen, "–")]

    @staticmethod
    def _choice(label: Any, everything: Any, rows: list[Any]) -> forms.ChoiceField:
        return forms.ChoiceField(label=label, choices=[("", everything), *rows], required=False)


def _periods(on: date, chosen: str) -> list[tuple[str, Any]]:
    """Years with their quarters and months: the one asked for, that of the day, the ones before and after."""
    years = {on.year - 1, on.year, on.year + 1}
    if named_days(chosen):
        years.add(int(chosen[:4]))
    named = sorted(years, reverse=True)
    return [(str(year), [(code, capfirst(period_name(code))) for code in codes_of_year(year)]) for year in named]


def read_scope(params: Any, today: date) -> Scope:
    """The scope that the address asks for; what is no number, no period and no past day limits nothing."""
    day = past_day(params.get("ngay", ""), today)
    return Scope(
        document=_number(params.get("van-ban")),
        focus=_number(params.get("trong-tam")),
        area=params.get("mat", "")[:60],
        period=params.get("ky", "") if named_days(params.get("ky", "")) else "",
        first_due=params.get("han") == "dau",
        day=day,
        now=today if day and params.get(PARAMETER) == NOW else None,
    )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 10 else None


class ActFilter(forms.Form):
    """`nhom`, `nguoi`, `don-vi` (a unit), `tu`, `den`."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [("", _("All")), *((group.name, group.label) for group in GROUPS)]
        self.fields["nhom"] = forms.ChoiceField(label=_("What was done"), choices=groups, required=False)
        self.fields["nguoi"] = forms.CharField(label=_("Person"), max_length=100, required=False)
        self.fields["don-vi"] = unit = UnitField(label=_("Unit"), required=False, help_text="")
        unit.limit(on=today, closed=True)
        self.fields["tu"] = self._day(_("From day"))
        self.fields["den"] = self._day(_("To day"))

    @staticmethod
    def _day(label: Any) -> forms.DateField:
        return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), required=False)

    def wanted(self) -> Wanted:
        """What is asked for; a field that cannot be read limits nothing, and its sentence is shown."""
        self.full_clean()
        values = self.cleaned_data
        starts = next((group.starts for group in GROUPS if group.name == values.get("nhom")), ())
        return Wanted(starts, values.get("nguoi") or "", values.get("don-vi"), values.get("tu"), values.get("den"))

"""What a reader of the board or the log may ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trienkhai.dashboards.links import Scope
from trienkhai.dashboards.queries.acts import Wanted
from trienkhai.dashboards.queries.board import Board
from trienkhai.dashboards.wording import GROUPS
from trienkhai.orgs.queries import unit_by_code


class BoardFilter(forms.Form):
    """`van-ban`, `trong-tam`, `han=dau`; an unknown value limits nothing."""

    def __init__(self, board: Board, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        documents = [(row.pk, str(row)) for row in board.documents]
        focuses = [(focus.pk, focus.title) for focus, _cells in board.focuses]
        self.fields["van-ban"] = self._choice(_("Document"), _("All documents"), documents)
        if focuses:
            self.fields["trong-tam"] = self._choice(_("Focus"), _("All"), focuses)
        judged = [("", _("Due day in force")), ("dau", _("First due day"))]
        self.fields["han"] = forms.ChoiceField(label=_("Judged by"), choices=judged, required=False)

    @staticmethod
    def _choice(label: Any, everything: Any, rows: list[tuple[int, str]]) -> forms.ChoiceField:
        return forms.ChoiceField(label=label, choices=[("", everything), *rows], required=False)


def read_scope(params: Any) -> Scope:
    """The scope that the address asks for; what is no number limits nothing."""
    return Scope(
        document=_number(params.get("van-ban")),
        focus=_number(params.get("trong-tam")),
        first_due=params.get("han") == "dau",
    )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 10 else None


class ActFilter(forms.Form):
    """`nhom`, `nguoi`, `don-vi` (a code), `tu`, `den`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [("", _("All")), *((group.name, group.label) for group in GROUPS)]
        self.fields["nhom"] = forms.ChoiceField(label=_("What was done"), choices=groups, required=False)
        self.fields["nguoi"] = forms.CharField(label=_("Person"), max_length=100, required=False)
        self.fields["don-vi"] = forms.CharField(label=_("Code of the unit"), max_length=40, required=False)
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
        unit = None
        if code := values.get("don-vi"):
            unit = unit_by_code(code)
            if unit is None:
                self.add_error("don-vi", gettext("There is no unit with the code “%(code)s”.") % {"code": code})
        return Wanted(starts, values.get("nguoi") or "", unit, values.get("tu"), values.get("den"))

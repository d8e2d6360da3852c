"""Who is invited and who came: one field for each holder of a post, numbers for the other members."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.meetings.actions import ClassTold
from trienkhai.meetings.forms import names
from trienkhai.meetings.models import Meeting
from trienkhai.meetings.models.meeting import PRESENT
from trienkhai.meetings.norms import bodies, member_classes, reasons, voting_classes
from trienkhai.meetings.queries import ClassTurnout, suggested_participants
from trienkhai.orgs.forms_choosing_unit import UnitsField
from trienkhai.orgs.models import Holding

VOTES, GUEST, OUT = "votes", "guest", ""


class InviteForm(forms.Form):
    """`seats`: holders of posts of the unit, each with a vote, without one, or not invited; units besides.

    Before the first invitation those are offered who sit in the body on the day of the meeting.
    """

    units = UnitsField(label=gettext_lazy("Units invited besides"), required=False)

    def __init__(self, *args: Any, meeting: Meeting, seats: Sequence[Holding], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["units"].limit(on=on, apart=[meeting.unit_id])
        self.seats = seats
        known = {row.account_id: VOTES if row.votes else GUEST for row in meeting.participants.all()}
        if not meeting.invited_at and (members := suggested_participants(meeting.unit, meeting.body, meeting.day)):
            known = dict.fromkeys(members, VOTES)
        choices = [(VOTES, _("with a vote")), (GUEST, _("invited, without a vote")), (OUT, _("not invited"))]
        for row in seats:
            fields[f"seat_{row.account_id}"] = forms.ChoiceField(
                label=f"{row.account.name} – {row.post.title}",
                choices=choices,
                required=False,
                initial=known.get(row.account_id, OUT),
            )

    @property
    def seat_fields(self) -> list[forms.BoundField]:
        return [self[f"seat_{row.account_id}"] for row in self.seats]

    def chosen(self) -> dict[int, bool]:
        """Account → has a vote."""
        given = {row.account_id: self.cleaned_data[f"seat_{row.account_id}"] for row in self.seats}
        return {pk: choice == VOTES for pk, choice in given.items() if choice}


def _people(label: str, initial: int = 0) -> forms.IntegerField:
    attrs = {"inputmode": "numeric", "autocomplete": "off", "size": 6}
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=1_000_000,
        required=False,
        widget=forms.TextInput(attrs),
        initial=initial or None,
    )


class TurnoutForm(forms.Form):
    """Presence of each named one; of other members how many were summoned, came, were absent for which reason.

    `base`: the state that was stored when the page was made; `meanwhile`: rows where another person told otherwise.
    """

    use_required_attribute = False

    def __init__(
        self, *args: Any, meeting: Meeting, told: Sequence[ClassTurnout], base: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.base = base
        self.meanwhile: list[dict[str, Any]] = []
        day, place = meeting.day, meeting.unit.path or ""
        self.people = list(meeting.participants.order_by("-votes", "pk"))
        self.reasons = names(reasons(day, place))
        counted = bodies(day, place).get(meeting.body, {}).get("members")
        self.classes = names(member_classes(day, place)) if counted else {}
        self.voting = voting_classes(day, place)
        fields: Any = self.fields
        choices = [("", _("not told yet")), (PRESENT, _("present")), *self.reasons.items()]
        for row in self.people:
            label = f"{row.name} – {row.post}" + ("" if row.votes else f" ({_('without a vote')})")
            fields[f"who_{row.pk}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=row.presence
            )
        before = {row.kind: row for row in told}
        for kind in self.classes:
            known = before.get(kind)
            fields[f"summoned_{kind}"] = _people(_("Summoned"), known.summoned if known else 0)
            fields[f"present_{kind}"] = _people(_("Present"), known.present if known else 0)
            absent = dict(known.absent) if known else {}
            for code, name in self.reasons.items():
                fields[f"absent_{kind}_{code}"] = _people(name, absent.get(code, 0))
        fields["speakers"] = _people(_("How many spoke"))
        fields["speakers"].initial = meeting.speakers

    @property
    def people_fields(self) -> list[forms.BoundField]:
        return [self[f"who_{row.pk}"] for row in self.people]

    @property
    def class_rows(self) -> list[dict[str, Any]]:
        return [
            {
                "name": name,
                "votes": kind in self.voting,
                "summoned": self[f"summoned_{kind}"],
                "present": self[f"present_{kind}"],
                "absent": [self[f"absent_{kind}_{code}"] for code in self.reasons],
            }
            for kind, name in self.classes.items()
        ]

    def compare(self, stored: "TurnoutForm") -> None:
        """Show what is stored beside what was typed; sent again, it is typed on what is stored."""
        rows = self.class_rows
        labels = {
            field.name: f"{row['name']}: {field.label}"
            for row in rows
            for field in (row["summoned"], row["present"], *row["absent"])
        }
        self.base = stored.base
        for name, typed in self.cleaned_data.items():
            words = dict(getattr(self.fields[name], "choices", ()))
            theirs, yours = (words.get(value or "", value or 0) for value in (stored[name].initial, typed))
            if theirs != yours:
                label = labels.get(name, self.fields[name].label)
                self.meanwhile.append({"label": label, "stored": theirs, "yours": yours})

    def presences(self) -> dict[int, str]:
        return {row.pk: self.cleaned_data[f"who_{row.pk}"] for row in self.people}

    def speakers(self) -> int | None:
        return self.cleaned_data["speakers"]

    def told(self) -> dict[str, ClassTold]:
        given = self.cleaned_data
        return {
            kind: ClassTold(
                given[f"summoned_{kind}"] or 0,
                given[f"present_{kind}"] or 0,
                {code: given[f"absent_{kind}_{code}"] or 0 for code in self.reasons},
            )
            for kind in self.classes
        }

"""Figures, reasons of proposals and ceilings in sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.evaluation.models import Campaign
from trienkhai.evaluation.norms import named
from trienkhai.evaluation.scoring import rounded

FIGURES: dict[str, str | Promise] = {
    "done": gettext_lazy("Tasks done"),
    "on_time": gettext_lazy("Tasks done on time"),
    "late": gettext_lazy("Tasks late"),
    "quality": gettext_lazy("Results accepted without being returned"),
    "above": gettext_lazy("Tasks above requirement"),
    "indicators": gettext_lazy("Indicators reached"),
    "meetings": gettext_lazy("Meetings held"),
    "clean": gettext_lazy("Inspections of the unit without a finding"),
    "remedied": gettext_lazy("Findings remedied in time"),
    "remedied_late": gettext_lazy("Findings remedied late"),
    "unremedied": gettext_lazy("Findings still open"),
    "inspected": gettext_lazy("Own inspections carried out"),
}

EXPLAINED: dict[str, str | Promise] = {
    "done": gettext_lazy(
        "of the tasks due in the period by the day of the figures, or done already; "
        "without those reported in time that wait to be approved"
    ),
    "on_time": gettext_lazy("reported on or before the due day and not returned, of the tasks due in the period"),
    "late": gettext_lazy("done late or overdue, of the tasks due in the period"),
    "quality": gettext_lazy("approved and never returned, of the tasks done"),
    "above": gettext_lazy("marked with a ground by the evaluating unit, of the tasks due in the period"),
    "indicators": gettext_lazy("whose approved value reaches the target, of the indicators with a target"),
    "meetings": gettext_lazy("of the meetings planned in the period by the day of the figures"),
    "clean": gettext_lazy("of the inspections of the unit that were concluded in the period"),
    "remedied": gettext_lazy(
        "reported on or before the due day and accepted, of the findings due in the period or open when it began"
    ),
    "remedied_late": gettext_lazy("accepted, but reported after the due day, of the same findings"),
    "unremedied": gettext_lazy("past the due day, not reported in time and not accepted, of the same findings"),
    "inspected": gettext_lazy("concluded, of the subjects that the unit's own programme had for the period"),
}

SENTENCES: dict[str, str | Promise] = {
    "score": gettext_lazy("%(score)s points in all."),
    "below": gettext_lazy("Not “%(level)s”: at least %(least)s points are needed."),
    "too_low": gettext_lazy(
        "Not “%(level)s”: %(figure)s %(percent)s %% (%(count)s), at least %(bound)s %% are needed."
    ),
    "too_high": gettext_lazy(
        "Not “%(level)s”: %(figure)s %(percent)s %% (%(count)s), at most %(bound)s %% are allowed."
    ),
    "unconfirmed": gettext_lazy("Not “%(level)s”: it was not confirmed that “%(condition)s”."),
    "no_rows": gettext_lazy("%(figure)s: nothing to judge by in the period, the condition was passed over."),
    "reached": gettext_lazy("Points and conditions of “%(level)s” are met."),
    "over_ceiling": gettext_lazy(
        "Meets “%(level)s”, but stands at place %(place)s of %(eligible)s and at most %(most)s may have it: "
        "“%(below)s” is proposed."
    ),
    "tie": gettext_lazy(
        "Meets “%(level)s”, but stands equal with others at place %(place)s of %(eligible)s and at most %(most)s may "
        "have it: “%(below)s” is proposed, whoever decides chooses among the equal."
    ),
}

ROUNDINGS: dict[str, str | Promise] = {
    "down": gettext_lazy("rounded down"),
    "up": gettext_lazy("rounded up"),
    "half_up": gettext_lazy("rounded to the nearest"),
}


COUNT = "\0"
"""Where the rows of a figure are told in a sentence."""


def shown_number(value: Any) -> str:
    """92.5 as 92,5 in Vietnamese; without a place that is 0."""
    text = str(value)
    return str(number_format(text.removesuffix(".0"), use_l10n=True))


def level_name(campaign: Campaign, code: str) -> str:
    row = next((level for level in campaign.levels if level["code"] == code), None)
    return named(row) if row else code


def confirmation_name(campaign: Campaign, code: str) -> str:
    for level in campaign.levels:
        for rows in level.get("conditions", {}).values():
            for row in rows:
                if row.get("confirm") == code:
                    return named(row)
    return code


@dataclass(frozen=True)
class Reason:
    """One reason of a proposal in words; with a `figure`, num/den stands between `before` and `after`."""

    before: str
    figure: str = ""
    num: int = 0
    den: int = 0
    after: str = ""

    def __str__(self) -> str:
        return f"{self.before}{self.num}/{self.den}{self.after}" if self.figure else self.before


def _reason(campaign: Campaign, code: str, words: Mapping[str, Any]) -> Reason:
    said = dict(words)
    for name in ("level", "below"):
        if name in said:
            said[name] = level_name(campaign, said[name])
    if "figure" in said:
        said["figure"] = str(FIGURES.get(said["figure"], said["figure"]))
    if "condition" in said:
        said["condition"] = confirmation_name(campaign, said["condition"])
    for name in ("score", "least", "percent", "bound"):
        if name in said:
            said[name] = shown_number(said[name])
    before, count, after = (str(SENTENCES[code]) % (said | {"count": COUNT})).partition(COUNT)
    return Reason(before, words["figure"], words["num"], words["den"], after) if count else Reason(before)


def reasons_of(campaign: Campaign, proposal: Mapping[str, Any]) -> list[Reason]:
    given: Iterable[Any] = proposal.get("reasons", [])
    return [_reason(campaign, code, words) for code, words in given]


def denominator_name(ceiling: Mapping[str, Any], code: str) -> str:
    return named(ceiling["choices"].get(code, {"code": code}))


def ceiling_sentence(campaign: Campaign, kind: str) -> str:
    """How many may have the capped level, and how that was reckoned; '' before the proposal."""
    told = campaign.ceilings.get(kind)
    if not told:
        return ""
    top, bottom = told["share"]
    words = {
        "level": level_name(campaign, told["level"]),
        "share": shown_number(100 * top / bottom),
        "denominator": denominator_name(campaign.ceiling, told["denominator"]),
        "counted": told["counted"],
        "exact": shown_number(told["exact"]),
        "rounding": str(ROUNDINGS[told["rounding"]]),
        "most": told["most"],
        "eligible": told["eligible"],
        "proposed": told["proposed"],
    }
    told_so = (
        _(
            "“%(level)s”: at most %(share)s %% of %(denominator)s. %(counted)s of them: %(exact)s, %(rounding)s "
            "%(most)s. %(eligible)s meet points and conditions, %(proposed)s are proposed."
        )
        % words
    )
    if told["most"] < min(told["eligible"], rounded(told["counted"] * top, bottom, told["rounding"])):
        told_so += " " + _("With one more, too few would be left to reckon from.")
    return told_so

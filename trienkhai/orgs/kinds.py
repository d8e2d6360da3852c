"""What a unit may be and stand below, by the norms of a day, in sentences that warn and do not forbid.

An organisation as it really stood has to be written down also where it did not keep the norm, and norms change.
"""

from datetime import date

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trienkhai.norms.queries import value
from trienkhai.orgs.models import Relation, Unit


def offered_kinds(on: date, *, also: str = "") -> dict[str, str]:
    """Names of the kinds for a unit made or changed that day: those of this sort of organisation and everybody's.

    also: the kind that the unit has already.
    """
    language = (get_language() or "vi")[:2]
    rows = value("unit_kinds", on=on, default={})
    wanted = (None, settings.WORDS)
    return {
        kind: row.get(language, kind)
        for kind, row in rows.items()
        if kind == also or (row.get("pack") in wanted and not row.get("ended"))
    }


def cautions(unit: Unit, on: date) -> list[str]:
    """What the norms of that day say against the place, kind and code of the unit."""
    version = unit.present
    if version is None or version.relation != Relation.SUBORDINATE:
        return []
    above = version.parent.present if version.parent else None
    said = [code_caution(version.code, above.code if above else "", on)]
    if above:
        said.append(place_caution(version.kind, above.kind, on))
    return [sentence for sentence in said if sentence]


def place_caution(kind: str, above: str, on: date) -> str:
    """'' when a unit of that kind may stand directly below one of the other, or no norm says anything."""
    allowed = value("unit_containment", on=on, default={}).get(above)
    if allowed is None or kind in allowed:
        return ""
    names = value("unit_kinds", on=on, default={})
    language = (get_language() or "vi")[:2]
    words = [names.get(code, {}).get(language, code) for code in (kind, above)]
    return _("By the norm, “%(kind)s” does not stand directly below “%(above)s”.") % {
        "kind": words[0],
        "above": words[1],
    }


def code_caution(code: str, above: str, on: date) -> str:
    """'' for a code of another scheme, or one whose groups continue those of the unit above."""
    scheme = value("unit_code_groups", on=on)
    if scheme is None or not code.replace(scheme["separator"], "").isdecimal():
        return ""
    groups = code.split(scheme["separator"])
    if len(groups) == 1:
        return ""
    if [len(group) for group in groups] != scheme["groups"]:
        shape = scheme["separator"].join("0" * size for size in scheme["groups"])
        return _("A code of %(digits)d digits is written %(shape)s.") % {
            "digits": sum(scheme["groups"]),
            "shape": shape,
        }
    own = [group for group in above.split(scheme["separator"]) if group.strip("0")]
    same_scheme = [len(group) for group in above.split(scheme["separator"])] == scheme["groups"]
    if same_scheme and groups[: len(own)] != own:
        return _("The code does not continue the code of the unit above, %(code)s.") % {"code": above}
    return ""


def minimum_members(kind: str, on: date) -> int | None:
    """The fewest full members of a unit of that kind; None where no norm says so."""
    found = value("unit_minimum_members", on=on, default={}).get(kind)
    return None if found is None else int(found)

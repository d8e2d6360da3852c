"""A step of a file in one sentence."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trienkhai.orgs.models import Step, StepKind

if TYPE_CHECKING:
    from trienkhai.orgs.actions.reorganising.planning import Plan


def said(plan: "Plan", step: Step) -> str:
    """With the names that the plan has for the units by then."""
    given = step.payload
    unit, parent = plan.label(given.get("unit", "")), plan.label(given.get("parent", ""))
    units = "; ".join(plan.label(key) for key in given.get("units", []))
    new = given.get("new", {})
    named = f"{new.get('name', '')} ({new.get('code', '')})"
    if step.kind == StepKind.ESTABLISH:
        return _("Establish %(new)s below %(parent)s") % {"new": named, "parent": parent}
    if step.kind == StepKind.RENAME:
        return _("%(unit)s is called %(name)s") % {"unit": unit, "name": given.get("name", "")}
    if step.kind == StepKind.CHANGE:
        return _("%(unit)s becomes: %(what)s") % {"unit": unit, "what": _changed(plan, given)}
    if step.kind == StepKind.MOVE:
        return _("%(units)s, with all below, move below %(parent)s") % {"units": units, "parent": parent}
    if step.kind == StepKind.MERGE:
        if given.get("into"):
            return _("%(units)s merge into %(target)s") % {"units": units, "target": plan.label(given["into"])}
        return _("%(units)s merge and become the new %(target)s") % {"units": units, "target": named}
    if step.kind == StepKind.SPLIT:
        into = [
            plan.label(row["key"]) if row.get("key") else f"{row.get('name')} ({row.get('code')})"
            for row in given.get("into", [])
        ]
        if given.get("stays"):
            return _("%(unit)s stays and gives a part to %(into)s") % {"unit": unit, "into": "; ".join(into)}
        return _("%(unit)s is split into %(into)s") % {"unit": unit, "into": "; ".join(into)}
    planned = plan.get(given.get("unit", ""))
    successor = given.get("successor") or (planned.parent if planned else "")
    return _("%(unit)s is dissolved; %(successor)s takes over") % {"unit": unit, "successor": plan.label(successor)}


def _changed(plan: "Plan", given: dict[str, Any]) -> str:
    planned = plan.get(given.get("unit", ""))
    old = planned.words if planned else {}
    names = [name for name in ("code", "kind", "sector", "relation") if given.get(name, old.get(name)) != old.get(name)]
    known = {"kind": plan.check.kinds, "sector": plan.check.sectors}
    language = (get_language() or "vi")[:2]
    words = [known.get(name, {}).get(given[name], {}).get(language, given[name]) for name in names]
    return "; ".join(str(word) for word in words)

"""Members as numbers among the figures by which models are compared.

The numbers are those that units have told; a draft moves none. What a unit that ends had told is shown apart: it is to
be told anew by the one that takes over, and a unit that has told nothing is listed and never taken for nought.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy

from trienkhai.norms.queries import value
from trienkhai.orgs.actions.reorganising import key_of, stored_id
from trienkhai.orgs.measures import Found
from trienkhai.orgs.models import Relation, Unit
from trienkhai.orgs.queries import subtree
from trienkhai.orgs.queries_members import last_counts
from trienkhai.orgs.simulating import Forest

TITLE = gettext_lazy("Members as told by units")


def figures(trees: Sequence[Forest], on: date) -> list[dict[str, Found]]:
    """By class: the sum over units of the tree that told it, with these units; who has told nothing; what units that
    end had told. Two queries and the norms, however many trees."""
    classes = set(value("members.classes", on=on, default={}))
    kinds = set(value("members.unit_kinds", on=on, default=[]))
    told = _told(trees[0].top, on, classes)
    return [_of_tree(tree, told, classes, kinds) for tree in trees]


def _of_tree(tree: Forest, told: dict[str, dict[str, int]], classes: set[str], kinds: set[str]) -> dict[str, Found]:
    counting = _counting(tree, kinds)
    gone = [key for key in told if key not in tree.spots]
    found = {}
    for name in classes:
        keys = tuple(key for key in counting if name in told.get(key, {}))
        found[f"members-{name}"] = Found(sum(told[key][name] for key in keys) if keys else None, keys)
    missing = tuple(key for key in counting if key not in told)
    return found | {
        "members-missing": Found(len(missing), missing),
        "members-gone": Found(sum(sum(told[key].values()) for key in gone), tuple(gone)),
    }


def _told(top: str, on: date, classes: set[str]) -> dict[str, dict[str, int]]:
    """By unit of the present branch the last number of each class."""
    office = Unit.objects.get(pk=stored_id(top) or 0)
    rows = last_counts(subtree(office, on).standing(on).values("pk"), on).filter(kind__in=classes).order_by("unit")
    found: dict[str, dict[str, int]] = {}
    for unit, name, number in rows.values_list("unit", "kind", "number"):
        found.setdefault(key_of(unit), {})[name] = number
    return found


def _counting(tree: Forest, kinds: set[str]) -> list[str]:
    """Units that tell their own numbers: of a kind that has members, with none such below; as the tree is read."""
    having = {key for key, spot in tree.spots.items() if spot.kind in kinds and spot.relation == Relation.SUBORDINATE}
    above = {tree.spots[key].parent for key in having if key != tree.top}
    return [key for key in tree.levels if key in having - above]


def labels(on: date) -> Mapping[str, str | Promise]:
    language = (get_language() or "vi")[:2]
    classes = value("members.classes", on=on, default={})
    return {f"members-{name}": row.get(language, name) for name, row in classes.items()} | {
        "members-missing": gettext_lazy("units that have told no number"),
        "members-gone": gettext_lazy("members of units that end, to be told anew by those that take over"),
    }

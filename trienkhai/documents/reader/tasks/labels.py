"""What stands before an item's words: its place among the clauses, and labels such as "Đơn vị chủ trì:"."""

import re

from ..clauses import Node
from ..grammar import fold, phrases

_LABEL_SPLIT = re.compile(r"[;.]\s+(?=[A-ZĐ][^:;.]{3,45}:)|;\s+(?=[a-zđ][^:;.,]{3,30}:)")

_CHAIRED = re.compile(
    r"(?P<lead>[^:]{3,160}?)\schủ trì(?:\s?[,;]\s(?:phối hợp(?:\svới)?\s)?(?P<others>.+?)(?:\s(?:cùng\s)?phối hợp)?)?"
)


def path_of(above: str, node: Node) -> str:
    """Labels from the top down: "III.2.a"; a label that repeats the one above ("2.1") replaces it."""
    if not node.label or node.kind in ("dash", "plus"):
        return above
    parent = above.rpartition(".")[2] if above else ""
    if node.kind == "arabic" and "." in node.label:
        stem = node.label.rpartition(".")[0]
        if above == stem or above.endswith("." + stem):
            return above[: len(above) - len(stem)] + node.label
        if parent and above.endswith(parent) and node.label.startswith(parent + "."):
            return above[: len(above) - len(parent)] + node.label
    return f"{above}.{node.label}" if above else node.label


def labels(text: str) -> dict[str, str]:
    """Values by role of the labels a paragraph holds; empty when it does not begin with one."""
    out: dict[str, str] = {}
    for part in _LABEL_SPLIT.split(text.strip().lstrip("- ")):
        folded = fold(part.strip())
        for role, pattern in phrases().labels:
            m = pattern.match(folded)
            if m:
                out[role] = part.strip()[m.end() :].strip(" .;")
                break
        else:
            if not out:
                return {}
            role = list(out)[-1]
            out[role] = f"{out[role]}; {part.strip(' .;')}".strip("; ")
    chaired = _CHAIRED.fullmatch(out.get("lead", ""))
    if chaired:  # "Trách nhiệm thực hiện: Sở Thử nghiệm chủ trì, các xã phối hợp"
        out["lead"] = chaired["lead"]
        if chaired["others"]:
            out.setdefault("coordinating", chaired["others"])
    filled = {role: value for role, value in out.items() if value or role in ("empty", "task", "other")}
    return filled or ({"empty": ""} if out else {})


def only_labels(node: Node) -> bool:
    """All that stands below says who, by when, where: the item itself is the duty."""
    told = [labels(child.text) for child in node.children]
    roles = {role for one in told for role in one}
    return all(told) and "task" not in roles and not roles <= {"empty", "other"}

"""Everything that changes this area."""

from trienkhai.conduct.actions.committing import Told, comment, commit, read_commitment, report
from trienkhai.conduct.actions.spreading import Figures, add_example, remove_example, set_theme, tell_count

__all__ = [
    "Figures",
    "Told",
    "add_example",
    "comment",
    "commit",
    "read_commitment",
    "remove_example",
    "report",
    "set_theme",
    "tell_count",
]

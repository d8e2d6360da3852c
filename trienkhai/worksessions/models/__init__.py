"""Working sessions, their dossiers, and what is concluded."""

from trienkhai.worksessions.models.dossier import Dossier
from trienkhai.worksessions.models.session import (
    Conclusion,
    Participant,
    Session,
    SessionQuerySet,
    SessionState,
    UnitWord,
)

__all__ = ["Conclusion", "Dossier", "Participant", "Session", "SessionQuerySet", "SessionState", "UnitWord"]

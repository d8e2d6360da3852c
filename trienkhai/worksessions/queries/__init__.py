"""Questions about working sessions."""

from trienkhai.worksessions.queries.concluded import Concluded, tasks_by_conclusion
from trienkhai.worksessions.queries.sessions import last_session, next_step, seats_of, untold, with_steps

__all__ = ["Concluded", "last_session", "next_step", "seats_of", "tasks_by_conclusion", "untold", "with_steps"]

"""Reads a Vietnamese official document's text into a structure.

Plain Python: nothing of Django, no clock, no network. `read_text` never raises, whatever the text.
Words: a *reading* is all that was found; a *clause* is a numbered piece; a *task* here is only a proposal;
a *mention* is the name of a body or a group of bodies as the text writes it.
"""

from .bodies import Mention, split_bodies
from .grammar import OwnPhrases
from .model import Citation, Clause, Reading, Signer, Task
from .reading import read_text

__all__ = ["Citation", "Clause", "Mention", "OwnPhrases", "Reading", "Signer", "Task", "read_text", "split_bodies"]

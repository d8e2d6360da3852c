"""User names proposed from the names of people."""

import re
from collections.abc import Collection

from django.utils.translation import gettext as _

from trienkhai.common.folding import fold
from trienkhai.people.models import Account

SHAPE = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?")
LONGEST = 60
ROOM = 4
"""Letters kept free for a number behind the name."""


def user_name_fault(username: str) -> str:
    """What is wrong with a user name; '' when it can be used."""
    if len(username) > LONGEST or not SHAPE.fullmatch(username):
        return _("A user name has at most 60 small letters without accents, digits, dots, - or _.")
    return ""


def short_name(name: str) -> str:
    """'Trần Thị Lan' → 'lantt': the given name, then the first letters of the others, without accents."""
    words = [word for part in fold(name).split() if (word := re.sub(r"[^a-z0-9]", "", part))]
    return (words[-1] + "".join(word[0] for word in words[:-1]) if words else "")[: LONGEST - ROOM]


def propose_user_name(name: str, taken: Collection[str] = ()) -> str:
    """A user name nobody has, neither stored nor in `taken`; '' for a name without letters. One query."""
    base = short_name(name)
    if not base:
        return ""
    known = set(Account.objects.filter(username__startswith=base).values_list("username", flat=True)) | set(taken)
    number = 1
    while (proposed := base if number == 1 else f"{base}{number}") in known:
        number += 1
    return proposed

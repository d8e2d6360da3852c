"""Lists of members by name: switched on and off (`switching`), kept row by row (`keeping`), a row that goes to another
unit (`transferring`), many rows at once (`importing`), the numbers that follow (`numbers`).

No act of these holds a name: an act tells the unit, the number of the row, the class and the day.
"""

from trienkhai.orgs.actions.roster.keeping import (
    add_member,
    change_class,
    correct_row,
    end_row,
    erase_member,
    export_roster,
    read_roster,
    remove_row,
)
from trienkhai.orgs.actions.roster.switching import switch_off, switch_on
from trienkhai.orgs.actions.roster.transferring import (
    accept_transfer,
    ask_transfer,
    decline_transfer,
    withdraw_transfer,
)

__all__ = [
    "accept_transfer",
    "add_member",
    "ask_transfer",
    "change_class",
    "correct_row",
    "decline_transfer",
    "end_row",
    "erase_member",
    "export_roster",
    "read_roster",
    "remove_row",
    "switch_off",
    "switch_on",
    "withdraw_transfer",
]

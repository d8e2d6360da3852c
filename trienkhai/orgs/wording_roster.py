"""What each act on lists of members says in words. No sentence and no act tells a name."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "roster.switched_on": gettext_lazy("switched lists of members by name on for the branch of"),
    "roster.switched_off": gettext_lazy("switched lists of members by name off, erasing the names, for the branch of"),
    "roster.read": gettext_lazy("opened the list of members by name of"),
    "roster.exported": gettext_lazy("downloaded the list of members by name of"),
    "roster.imported": gettext_lazy("brought in a spreadsheet of the list of members of"),
    "roster.added": gettext_lazy("added a row to the list of members of"),
    "roster.class_changed": gettext_lazy("changed the class of a row in the list of members of"),
    "roster.corrected": gettext_lazy("put right a row in the list of members of"),
    "roster.removed": gettext_lazy("took away a row entered by mistake in the list of members of"),
    "roster.ended": gettext_lazy("ended a row in the list of members of"),
    "roster.left": gettext_lazy("ended a row for a unit that keeps no list, in the list of members of"),
    "roster.erased": gettext_lazy("erased a name at the person's request in the list of members of"),
    "roster.transfer_asked": gettext_lazy("asked another unit to take over a row in the list of members of"),
    "roster.transferred": gettext_lazy("transferred a row between lists of members:"),
    "roster.transfer_declined": gettext_lazy("declined to take over a row:"),
    "roster.transfer_withdrawn": gettext_lazy("withdrew the transfer of a row in the list of members of"),
}

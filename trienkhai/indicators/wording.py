"""What the acts of this area say in the log."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "indicator.defined": gettext_lazy("defined an indicator"),
    "indicator.changed": gettext_lazy("changed the definition of an indicator"),
    "indicator.linked": gettext_lazy("changed what an indicator serves"),
    "indicator.closed": gettext_lazy("closed an indicator"),
    "indicator.given": gettext_lazy("gave an indicator down"),
    "indicator.taken_back": gettext_lazy("took an indicator back from a unit"),
    "target.set": gettext_lazy("set what is to be reached"),
    "weight.set": gettext_lazy("set how much units count in a weighted mean"),
    "value.submitted": gettext_lazy("told values of indicators"),
    "value.approved": gettext_lazy("approved values of indicators"),
    "value.returned": gettext_lazy("returned values of indicators"),
    "value.file_added": gettext_lazy("added evidence to a value"),
    "indicators.checked": gettext_lazy("looked for broken chains of indicators"),
}

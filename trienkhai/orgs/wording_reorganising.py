"""What the acts about reorganisation files say in the log."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "reorganisation.prepared": gettext_lazy("began a reorganisation file"),
    "reorganisation.changed": gettext_lazy("changed a reorganisation file"),
    "reorganisation.submitted": gettext_lazy("submitted a reorganisation file"),
    "reorganisation.returned": gettext_lazy("returned a reorganisation file"),
    "reorganisation.approved": gettext_lazy("approved a reorganisation file for its day"),
    "reorganisation.carried_out": gettext_lazy("carried out a reorganisation file"),
    "reorganisation.set_aside": gettext_lazy("set a reorganisation file aside"),
}

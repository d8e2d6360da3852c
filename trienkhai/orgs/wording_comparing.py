"""What the acts about comparisons of models say in the log."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "comparison.begun": gettext_lazy("began a comparison of models"),
    "comparison.changed": gettext_lazy("changed a comparison of models"),
    "comparison.costs_set": gettext_lazy("entered figures of cost in a comparison of models"),
    "comparison.opinions_asked": gettext_lazy("asked units for their opinion on drafts of the model"),
    "comparison.opinion_given": gettext_lazy("gave the unit's opinion on drafts of the model"),
    "comparison.closed": gettext_lazy("closed the opinions on drafts of the model"),
    "comparison.chosen": gettext_lazy("chose a draft of the model"),
}

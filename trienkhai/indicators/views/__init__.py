"""Lists and the page of an indicator, its parts, entering and approving values, defining and giving."""

from trienkhai.indicators.views.approving import waiting
from trienkhai.indicators.views.defining import add, change, close, links
from trienkhai.indicators.views.entering import correct, entering, file, file_add, history
from trienkhai.indicators.views.giving import give, take_back, targets, weights
from trienkhai.indicators.views.reading import export, indicator, listing, parts

__all__ = [
    "add",
    "change",
    "close",
    "correct",
    "entering",
    "export",
    "file",
    "file_add",
    "give",
    "history",
    "indicator",
    "links",
    "listing",
    "parts",
    "take_back",
    "targets",
    "waiting",
    "weights",
]

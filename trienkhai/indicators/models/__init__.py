"""Tables of the area: what is measured (`defining`), who holds it and what is to be reached (`holding`), what was
told (`telling`), broken chains (`checking`)."""

from trienkhai.indicators.models.checking import Check, Fault, FaultKind
from trienkhai.indicators.models.defining import Aggregation, Definition, Direction, Indicator, Kind, PeriodKind
from trienkhai.indicators.models.holding import Giving, Holder, Target
from trienkhai.indicators.models.telling import OPEN, State, Value, ValueFile, ValueQuerySet

__all__ = [
    "OPEN",
    "Aggregation",
    "Check",
    "Definition",
    "Direction",
    "Fault",
    "FaultKind",
    "Giving",
    "Holder",
    "Indicator",
    "Kind",
    "PeriodKind",
    "State",
    "Target",
    "Value",
    "ValueFile",
    "ValueQuerySet",
]

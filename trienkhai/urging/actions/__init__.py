"""Everything that urges: the daily run (`daily`), people (`calling`), letters (`writing`), ladders of an office
(`placing`).
"""

from trienkhai.urging.actions.calling import call, call_matching
from trienkhai.urging.actions.daily import urge
from trienkhai.urging.actions.placing import place_ladder
from trienkhai.urging.actions.writing import begin_letter

__all__ = ["begin_letter", "call", "call_matching", "place_ladder", "urge"]

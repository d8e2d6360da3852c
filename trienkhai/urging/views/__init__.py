from trienkhai.urging.views.calling import call, call_all
from trienkhai.urging.views.ladders import ladder
from trienkhai.urging.views.overview import called, letter, overview, run

__all__ = ["call", "call_all", "called", "ladder", "letter", "overview", "run"]

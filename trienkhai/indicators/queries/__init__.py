"""Questions of the area: what a unit told, what was to be reached, how it sums up (`reading`, `tables`), what is due
and waits (`waiting`), what contradicts itself (`integrity`).

For areas that come after: `values_for` (every indicator of a unit in a span, with own value, target and roll-up),
`values_for_each` (of many units) and `rollup` (one indicator, unit and period). All count approved values only.
"""

from trienkhai.indicators.queries.reading import Reader, Reading, Rollup, rollup, values_for, values_for_each

__all__ = ["Reader", "Reading", "Rollup", "rollup", "values_for", "values_for_each"]

"""`trienkhai bench`: what the product costs, as ratios to floors measured in the same run, on a database of its own.

Words of this area: *figure* – one measured value under its key; *floor* – the least that any program could do for the
same result; *scale* – how large the organisation is; *limit* – what a figure may be at most.
"""

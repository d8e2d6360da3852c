from trienkhai.feedback.queries.lists import Wanted, narrowed, readings_of, way_of

__all__ = ["Wanted", "narrowed", "readings_of", "way_of"]

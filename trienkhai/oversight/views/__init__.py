"""Pages of supervision and of democracy at the grassroots."""

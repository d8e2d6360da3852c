"""The demo: an invented bloc, its documents, and the state organisation as of January 2025."""

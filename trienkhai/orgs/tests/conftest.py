from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture
def in_english() -> Iterator[None]:
    """Sentences of rules and actions in English, whatever the catalogue says."""
    with translation.override("en"):
        yield

from collections.abc import Iterator

import pytest
from django.utils.translation import override


@pytest.fixture(autouse=True)
def files_apart(own_files: None) -> None:
    """Each test has a folder of files of its own."""


@pytest.fixture
def in_english() -> Iterator[None]:
    """Sentences as they stand in the code."""
    with override("en"):
        yield

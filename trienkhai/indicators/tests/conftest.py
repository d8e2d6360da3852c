"""Sentences are compared in English, the language of the sources."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def files_apart(own_files: None) -> None:
    """Each test has a folder of files of its own."""

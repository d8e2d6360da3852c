import pytest


@pytest.fixture(autouse=True)
def files_apart(own_files: None) -> None:
    """Each test has a folder of files of its own."""

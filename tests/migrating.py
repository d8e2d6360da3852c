"""The tables taken back to those of an earlier release, and forward again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

Step = tuple[str, str]
"""Area and name of a migration."""


@contextmanager
def without_collecting() -> Iterator[None]:
    """Migrations make thousands of classes that point at each other: nobody looks for garbage among them meanwhile,
    which takes a third off their time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def migrate(*steps: Step) -> None:
    """To the tables as they were after these steps; without any, to the present ones."""
    with without_collecting():
        executor = MigrationExecutor(connection)
        executor.migrate(list(steps) or executor.loader.graph.leaf_nodes())


def model_at(step: Step, name: str) -> Any:
    """A model of the step's area as it was after that step."""
    return MigrationExecutor(connection).loader.project_state(step).apps.get_model(step[0], name)

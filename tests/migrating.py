"""The tables taken back to those of an earlier release, and forward again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState

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


@contextmanager
def forward_only() -> Iterator[None]:
    """While migrations go forward a new model is rendered alone, not with all that it leads to: more than half of the
    time. Django renders those again to keep the states of earlier steps apart, and here nothing goes back to one.
    """

    def add_alone(state: ProjectState, model: ModelState) -> None:
        key = model.app_label, model.name_lower
        state.models[key] = model
        if state._relations is not None:
            state.resolve_model_relations(key)
        if "apps" in vars(state):
            state.apps.render_multiple([model])

    usual, ProjectState.add_model = ProjectState.add_model, add_alone
    try:
        with without_collecting():
            yield
    finally:
        ProjectState.add_model = usual


def migrate(*steps: Step) -> None:
    """Back to the tables as they were after these steps; without any, forward to the present ones."""
    with without_collecting() if steps else forward_only():
        executor = MigrationExecutor(connection)
        executor.migrate(list(steps) or executor.loader.graph.leaf_nodes())


def model_at(step: Step, name: str) -> Any:
    """A model of the step's area as it was after that step."""
    return MigrationExecutor(connection).loader.project_state(step).apps.get_model(step[0], name)

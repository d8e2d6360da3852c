"""What a list by which open objects are divided shows: to whoever reads no content its number, kind and day."""

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.reorganising import DAY, World
from trienkhai.documents.models import Dossier, Draft
from trienkhai.orgs import succession
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.succession import DIVIDE, Ending
from trienkhai.orgs.tests.make import make_holder
from trienkhai.orgs.tests.make_reorganising import Office, dissolve
from trienkhai.reports.models import ReportForm
from trienkhai.tasks.models import Assignment, Focus, Opinion, ProgrammeItem, Task, Wait

pytestmark = pytest.mark.django_db


def said() -> set[str]:
    """Everything that the rows of the world say in words."""
    fields = ((Task, "title"), (Draft, "title"), (Dossier, "title"), (Focus, "title"), (ProgrammeItem, "title"),
              (ReportForm, "title"), (Opinion, "subject"), (Wait, "what"))  # fmt: skip
    return {words for model, field in fields for words in model._default_manager.values_list(field, flat=True)}


def divided(unit: Unit) -> list[succession.Kind]:
    ending = Ending(unit, unit, DAY)
    return [kind for kind in succession.kinds() if DIVIDE in kind.choices and kind.count(ending)]


def test_no_class_tells_what_a_row_says_unless_the_reader_sees_the_work_of_the_unit():
    world = World()
    unit = Unit.objects.select_related("present").get(pk=world.tree.north1.pk)
    ending = Ending(unit, world.tree.north2, DAY)
    kinds = {kind.name: kind for kind in divided(unit)}

    shown = [words for kind in kinds.values() for _pk, words in kind.objects(ending)]

    assert len(kinds) > 10 and all(shown) and not [one for one in shown for words in said() if words in one]
    held = Assignment.objects.filter(held_by=unit).select_related("task")
    assert {words for _pk, words in kinds["assignments"].objects(ending, reads=True)} == {
        row.task.title for row in held
    }
    assert not any("Dự thảo" in words for _pk, words in kinds["drafts"].objects(ending, reads=True))


def test_an_administrator_divides_by_numbers_and_an_officer_who_sees_the_work_by_its_titles(client: Any):
    world = World()
    unit = world.tree.north1
    office, officer = Office(world.tree.bloc), make_holder(world.tree.bloc, Role.OFFICER)
    choices = {kind.name: DIVIDE for kind in divided(Unit.objects.select_related("present").get(pk=unit.pk))}
    step = dissolve(unit, world.tree.north2, choices=choices)
    file = office.file(step, at=timezone.now(), effective_on=timezone.localdate())
    address = reverse("orgs:step_choices", args=[file.steps.get().pk])
    first = Assignment.objects.filter(held_by=unit).select_related("task").order_by("pk")[0]

    client.force_login(office.admin)
    blind = client.get(address).content.decode()
    client.force_login(officer)
    seen = client.get(address).content.decode()

    by_admin, by_officer = (re.findall(r"<label for=.chia-[^>]*>([^<]*)</label>", page) for page in (blind, seen))
    assert len(by_admin) == len(by_officer) > 10
    assert any(words.startswith(f"số {first.pk}, {first.task.reference}") for words in by_admin)
    assert not [one for one in by_admin for words in said() if words in one]
    assert first.task.title in by_officer and "Dự thảo" not in by_officer

"""Every field for longer free text, in every area that knows documents, refuses a mark of secrecy."""

import importlib
import pkgutil

import pytest
from django import forms

import trienkhai
from trienkhai.documents.forms_words import WordsField

AREAS = (
    "conduct", "dissemination", "evaluation", "exchange", "feedback", "indicators", "inspections", "meetings",
    "oversight", "reports", "tasks", "urging", "worksessions",
)  # fmt: skip


def form_classes() -> set[type[forms.BaseForm]]:
    for area in AREAS:
        package = importlib.import_module(f"trienkhai.{area}")
        for module in pkgutil.iter_modules(package.__path__):
            if module.name.startswith("forms"):
                importlib.import_module(f"{package.__name__}.{module.name}")
    found, ahead = set(), [forms.BaseForm]
    while ahead:
        ahead += (below := ahead.pop().__subclasses__())
        found.update(below)
    return {one for one in found if one.__module__.startswith(tuple(f"{trienkhai.__name__}.{area}." for area in AREAS))}


@pytest.mark.parametrize("form", sorted(form_classes(), key=str), ids=lambda form: form.__name__)
def test_longer_words_are_searched_for_marks(form: type[forms.Form]):
    long = {name: field for name, field in form.base_fields.items() if isinstance(field.widget, forms.Textarea)}

    assert [name for name, field in long.items() if not isinstance(field, WordsField)] == []

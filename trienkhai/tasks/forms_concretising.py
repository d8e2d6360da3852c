"""Forms of concretising: the answers of a page, the unit's own paper."""

import re
from collections.abc import Mapping

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from trienkhai.documents.models import Document

FIELD = re.compile(r"(kind|words|reason)-(\d{1,12})")
LISTED = 200


def answers_of(posted: Mapping[str, str]) -> dict[int, dict[str, str]]:
    """Clause id → `{kind, words, reason}` as the page of answers sends them: `kind-12`, `words-12`, `reason-12`."""
    found: dict[int, dict[str, str]] = {}
    for name, value in posted.items():
        if match := FIELD.fullmatch(name):
            answer = found.setdefault(int(match[2]), {"kind": "", "words": "", "reason": ""})
            answer[match[1]] = str(value).replace("\r\n", "\n")
    return found


class PaperForm(forms.Form):
    paper = forms.ModelChoiceField(Document.objects.none(), label=_("Document"))

    def __init__(self, *args: object, papers: QuerySet[Document], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        listed = list(papers.values_list("pk", flat=True)[:LISTED])
        field = self.fields["paper"]
        field.queryset = Document.objects.filter(pk__in=listed).order_by("-issued_on", "-pk")  # type: ignore[attr-defined]

"""What was made after a document that is locked away: copies of its draft, drafts that carry it out, dossiers."""

import re

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from trienkhai.common.folding import fold, squeeze
from trienkhai.documents.actions.dossiers import close_ranks
from trienkhai.documents.actions.drafting import WORDS
from trienkhai.documents.models import Document, Draft, DraftState, DraftVersion
from trienkhai.documents.models.dossiers import Dossier

MANY_WORDS = 4


def clear_derived(document: Document) -> dict[str, list[int]]:
    """Part of the caller's transaction, in which the document is locked. Ids by table of what was touched."""
    return {
        Draft._meta.label_lower: _clear_drafts(document),
        Dossier._meta.label_lower: _clear_dossiers(document),
    }


def _clear_drafts(document: Document) -> list[int]:
    """The draft that became the document goes, with all copies; what is begun to carry it out loses what names it.

    A copy that was issued keeps its last version: that paper is a document of its own, for a person to judge.
    """
    written = _with_copies(Draft.objects.filter(document=document))
    carrying = _with_copies(Draft.objects.filter(source=document).exclude(pk__in=written))
    for pk, draft in carrying.items():
        if pk not in written:
            _strike_out(draft, document)
    for draft in written.values():
        if draft.state == DraftState.FINISHED and draft.document_id != document.pk:
            draft.versions.filter(number__lt=draft.version).delete()
        else:
            draft.delete()
    return sorted({*written, *carrying})


def _with_copies(drafts: QuerySet[Draft]) -> dict[int, Draft]:
    """By id, each locked before its own copies are looked for: nobody copies it meanwhile."""
    found: dict[int, Draft] = {}
    while rows := {draft.pk: draft for draft in drafts.select_for_update(of=("self",)).order_by("pk")}:
        found |= rows
        drafts = Draft.objects.filter(copied_from__in=rows).exclude(pk__in=found)
    return found


def _strike_out(draft: Draft, document: Document) -> None:
    """Take out every line that holds the document's subject or symbol, in all versions of a draft not yet issued."""
    if draft.state == DraftState.FINISHED:
        return
    marks = _pattern(_subject(document.title), fold(document.symbol))
    kept = _without(marks, {name: getattr(draft, name) for name in WORDS})
    Draft.objects.filter(pk=draft.pk).update(**kept)
    versions = list(draft.versions.all())
    for version in versions:
        version.words |= _without(marks, version.words)
    DraftVersion.objects.bulk_update(versions, ["words"])


def _without(marks: re.Pattern[str], words: dict[str, object]) -> dict[str, str]:
    """The fields that held a mark, without the lines of it; a title is replaced."""
    kept: dict[str, str] = {}
    for name, given in words.items():
        if isinstance(given, str) and marks.search(fold(given)):
            lines = [line for line in given.split("\n") if not marks.search(fold(line))]
            kept[name] = _("(document locked away)") if name == "title" else "\n".join(lines)
    return kept


def _pattern(*marks: str) -> re.Pattern[str]:
    """Any of these as whole words."""
    return re.compile("|".join(rf"(?<!\w){re.escape(mark)}(?!\w)" for mark in marks if mark))


def _subject(title: str) -> str:
    """What a title is about, as it is compared; a short one with the word before it, as it may stand in any line."""
    whole = squeeze(fold(title))
    subject = whole.removeprefix("ve viec ").removeprefix("ve ")
    return subject if len(subject.split()) >= MANY_WORDS else whole


def _clear_dossiers(document: Document) -> list[int]:
    """The document leaves its dossiers, and those behind it move up; one named for it, or opened for it alone, loses
    its title. Ids of all that held it.
    """
    rows = Dossier.objects.select_for_update(of=("self",), no_key=True)
    held = list(rows.filter(pk__in=document.places.values("dossier")).order_by("pk"))
    for dossier in held:
        alone = not dossier.places.exclude(document=document).exists()
        if alone or _named_for(dossier.title, document.title):
            dossier.title = _("(document locked away)")
            dossier.save(update_fields=["title", "search_text"])
        dossier.places.filter(document=document).delete()
        close_ranks(dossier)
    return [dossier.pk for dossier in held]


def _named_for(dossier: str, document: str) -> bool:
    """Does one title hold the other? A short title of a dossier may stand in any subject, and tells nothing."""
    own, subject = _subject(dossier), _subject(document)
    longer = len(own.split()) >= MANY_WORDS and _pattern(own).search(subject)
    return bool(longer or _pattern(subject).search(own))

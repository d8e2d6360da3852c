"""The index over documents, and the searches a person keeps."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from trienkhai.documents.search.words import VERSION, tokens_of

HEAD = ("doc_type", "title", "issuer_name", "signer_name", "signer_role")
INDEXED = ("symbol", "number", "issued_on", *HEAD)
"""The fields of a document that the index holds; its current text besides."""


class WordsField(models.TextField):
    """The tokens of a document, parted by blanks; a `tsvector` on PostgreSQL. Written, asked, never read."""

    def db_type(self, connection: Any) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        return "array_to_tsvector(string_to_array(%s, ' '))" if connection.vendor == "postgresql" else "%s"


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def renew(self, documents: Iterable[Any]) -> int:
        """Bring the entries of these documents up to date; returns how many were not. Five statements at most."""
        from trienkhai.documents.models.texts import DocumentText

        documents = list(documents)
        ids = [document.pk for document in documents]
        newest = DocumentText.objects.filter(document=OuterRef("document")).order_by("-version").values("pk")[:1]
        current = DocumentText.objects.filter(document__in=ids, pk=Subquery(newest))
        hashes = dict(current.values_list("document", "sha256"))
        stored = dict(self.filter(document__in=ids).values_list("document", "stamp"))
        stamps = {document.pk: stamp_of(document, hashes.get(document.pk, "")) for document in documents}
        stale = [document for document in documents if stored.get(document.pk) != stamps[document.pk]]
        if stale:
            texts = dict(
                current.filter(document__in=[document.pk for document in stale]).values_list("document", "text")
            )
            self._write(stale, stamps, texts)
        return len(stale)

    def _write(self, documents: Iterable[Any], stamps: dict[int, str], texts: dict[int, str]) -> None:
        SearchEntry.objects.bulk_create(
            [
                SearchEntry(
                    document_id=document.pk,
                    place=place_of(document.pk, document.issued_on),
                    stamp=stamps[document.pk],
                    words=" ".join(tokens_of(*_read(document), texts.get(document.pk, ""))),
                )
                for document in documents
            ],
            update_conflicts=True,
            unique_fields=["document"],
            update_fields=["place", "stamp", "words"],
        )


class SearchEntry(models.Model):
    """What the index holds of a document. `place`: see `place_of`; `stamp`: what it was made from, to find drift."""

    document = models.OneToOneField("documents.Document", models.CASCADE, primary_key=True, related_name="search_entry")
    place = models.BigIntegerField(unique=True)
    stamp = models.CharField(max_length=16)
    words = WordsField()

    objects = SearchEntryQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)


class SavedSearch(models.Model):
    """A search under a name of the person's own: the address of the list without its path."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    name = models.CharField(_("Name"), max_length=80)
    address = models.CharField(max_length=1000)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="saved_search_once_per_name")]

    def __str__(self) -> str:
        return self.name


def place_of(pk: int, issued_on: date | str | None) -> int:
    """A number that grows with the day of a document and then with its id: the newest first is the highest first."""
    day = models.DateField().to_python(issued_on)
    return ((day.toordinal() if day else 0) << 32) | pk


def stamp_of(document: Any, text_sha256: str) -> str:
    """Of what an entry is made: the fields of the head, the day, the text, the way of making tokens."""
    fields = [str(VERSION), text_sha256, *(str(getattr(document, name) or "") for name in INDEXED)]
    return hashlib.sha256("\x1f".join(fields).encode()).hexdigest()[:16]


def _read(document: Any) -> tuple[str, str, list[str]]:
    return document.symbol, document.number, [getattr(document, name) for name in HEAD]

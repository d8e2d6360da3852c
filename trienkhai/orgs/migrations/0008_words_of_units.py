"""An index by which PostgreSQL finds units by the beginnings of words, made while people go on working."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WORDS = "array_to_tsvector(array_remove(string_to_array(search_text, ' '), ''))"


def add(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP INDEX CONCURRENTLY IF EXISTS version_words")  # one that was broken off is of no use
        editor.execute(f"CREATE INDEX CONCURRENTLY version_words ON orgs_unitversion USING gin ({WORDS})")


def remove(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP INDEX CONCURRENTLY IF EXISTS version_words")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("orgs", "0007_invitations_and_reviews")]
    operations = [migrations.RunPython(add, remove)]

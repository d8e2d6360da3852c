"""The index on each of the two databases, side by side: how it is made, asked, and found wanting.

PostgreSQL: a `tsvector` in the row of the entry under a GIN index. The vectors are kept out of line, so that the pages
of the table stay few and a question answered by the index alone never reads them.
SQLite: an FTS5 table over the row of the entry, kept by three triggers. `detail=none`: tokens without positions.
"""

from typing import Any

from trienkhai.documents.search.asking import Stage
from trienkhai.documents.search.words import SIGNS

ENTRIES, INDEX = "documents_searchentry", "documents_words"
NEWEST = "document_newest"
"""The list without words: in the order of an index, which each database has to be told in its own way."""
_PUT = f"INSERT INTO {INDEX}(rowid, words) VALUES (NEW.place, NEW.words);"
_TAKE = f"INSERT INTO {INDEX}({INDEX}, rowid, words) VALUES ('delete', OLD.place, OLD.words);"
_TRIGGERS = {
    f"{INDEX}_put": f"AFTER INSERT ON {ENTRIES} BEGIN {_PUT} END",
    f"{INDEX}_take": f"AFTER DELETE ON {ENTRIES} BEGIN {_TAKE} END",
    f"{INDEX}_renew": f"AFTER UPDATE OF place, words ON {ENTRIES} BEGIN {_TAKE} {_PUT} END",
}
_SQLITE = {
    INDEX: f"CREATE VIRTUAL TABLE {INDEX} USING fts5(words, content='{ENTRIES}', content_rowid='place', "
    f"tokenize=\"ascii tokenchars '{SIGNS}'\", detail=none, columnsize=0)",
    NEWEST: f"CREATE INDEX {NEWEST} ON documents_document (issued_on, id)",
    **{name: f"CREATE TRIGGER {name} {rest}" for name, rest in _TRIGGERS.items()},
}
_POSTGRESQL = {
    INDEX: f"CREATE INDEX {INDEX} ON {ENTRIES} USING gin (words) WITH (fastupdate = off)",
    NEWEST: f"CREATE INDEX {NEWEST} ON documents_document (issued_on DESC NULLS LAST, id DESC)",
}


def set_up(connection: Any) -> None:
    """What a new table of entries needs besides, and the index."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {ENTRIES} SET (toast_tuple_target = 128)")
    install(connection)


def install(connection: Any) -> None:
    """Make what is missing of the index, filled from the entries; nothing before their table exists."""
    if ENTRIES not in connection.introspection.table_names():
        return
    lacking = missing(connection)
    with connection.cursor() as cursor:
        for name, statement in (_SQLITE if connection.vendor == "sqlite" else _POSTGRESQL).items():
            if name in lacking:
                cursor.execute(statement)
    if INDEX in lacking and connection.vendor == "sqlite":
        rebuild(connection)


def remove(connection: Any) -> None:
    """Take the index away: before the table of entries goes, or very many entries are written."""
    triggers = [f"DROP TRIGGER IF EXISTS {name}" for name in _TRIGGERS]
    statements = [*triggers, f"DROP TABLE IF EXISTS {INDEX}"] if connection.vendor == "sqlite" else []
    with connection.cursor() as cursor:
        for statement in statements or [f"DROP INDEX IF EXISTS {INDEX}"]:
            cursor.execute(statement)


def missing(connection: Any) -> list[str]:
    """Names of the parts of the index that should stand and do not."""
    if connection.vendor == "sqlite":
        query, names = "SELECT name FROM sqlite_master", _SQLITE
    else:
        query, names = "SELECT indexrelid::regclass::text FROM pg_index WHERE indisvalid", _POSTGRESQL
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in names if name not in present]


def agrees(connection: Any) -> bool:
    """Does the index say what the entries say? On PostgreSQL the server itself sees to that."""
    if connection.vendor != "sqlite":
        return True
    from django.db import DatabaseError, transaction

    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {INDEX}({INDEX}, rank) VALUES ('integrity-check', 1)")
    except DatabaseError:
        return False
    return True


def rebuild(connection: Any) -> None:
    """Make the index anew from the entries; it may be asked meanwhile."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')")
        else:
            cursor.execute(f"REINDEX INDEX {INDEX}")


def forget(connection: Any) -> None:
    """Rewrite the index without what was taken out: SQLite keeps removed words in older parts of it until then."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('optimize')")


def fts5(stage: Stage) -> str:
    """The question in the language of FTS5."""
    parts = [_double(token) for token in stage.tokens]
    if stage.beginning:
        parts.append(f"{_double(stage.beginning)}*")
    wanted = " AND ".join(parts)
    for group in stage.without:
        wanted = f"({wanted}) NOT ({' AND '.join(map(_double, group))})"
    return wanted


def tsquery(stage: Stage) -> str:
    """The question as PostgreSQL's `tsquery`."""
    parts = [_single(token) for token in stage.tokens]
    if stage.beginning:
        parts.append(f"{_single(stage.beginning)}:*")
    parts += [f"!({' & '.join(map(_single, group))})" for group in stage.without]
    return " & ".join(parts)


def _double(token: str) -> str:
    return f'"{token}"'


def _single(token: str) -> str:
    return f"'{token}'"

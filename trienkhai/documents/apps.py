from django.apps import AppConfig
from django.db.models.signals import post_migrate


def complete_index(sender: object, using: str, **kwargs: object) -> None:
    """Triggers of the index are made anew after every migrate: SQLite's AlterField drops them without a word."""
    from django.db import connections

    from trienkhai.documents.search import engines

    engines.install(connections[using])


class DocumentsConfig(AppConfig):
    name = "trienkhai.documents"
    label = "documents"

    def ready(self) -> None:
        from trienkhai.common import slots
        from trienkhai.documents import entries, explaining, moves
        from trienkhai.documents.reader.secrecy import secrecy_mark
        from trienkhai.orgs import entries_accounts, hanging, outlets, succession
        from trienkhai.orgs import explaining as sight

        post_migrate.connect(complete_index, sender=self)
        slots.fill("menu", entries.menu)
        slots.fill("menu", entries.menu_dossiers)
        slots.fill("menu", entries.menu_books)
        slots.fill("orgs.unit.actions", entries.unit_books)
        slots.fill("tasks.mine.waiting", entries.waiting)
        slots.fill("tasks.mine.count", entries.waiting_count)
        slots.fill("menu", entries.menu_drafts)
        slots.fill("documents.detail.actions", entries.concretise)
        slots.fill("documents.list.filters", entries.in_force_filter)
        slots.fill("search", entries.search_documents)
        slots.fill("orgs.unit.actions", entries.unit_phrases)
        succession.register(moves.carrier)
        hanging.register(moves.HANGING)
        sight.register(explaining.KIND, explaining.ways)
        slots.fill("documents.detail.actions", entries_accounts.sight_link(explaining.KIND.name))
        slots.fill("orgs.reorganisation.decision", entries.decision_of_reorganisation)
        outlets.add_searcher(secrecy_mark)

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "trienkhai.documents"
    label = "documents"

    def ready(self) -> None:
        from trienkhai.common import slots
        from trienkhai.documents import entries

        slots.fill("menu", entries.menu)
        slots.fill("menu", entries.menu_dossiers)
        slots.fill("menu", entries.menu_books)
        slots.fill("orgs.unit.actions", entries.unit_books)
        slots.fill("tasks.mine.waiting", entries.waiting)
        slots.fill("tasks.mine.count", entries.waiting_count)
        slots.fill("menu", entries.menu_drafts)
        slots.fill("documents.detail.actions", entries.concretise)
        slots.fill("search", entries.search_documents)

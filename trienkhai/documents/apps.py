from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "trienkhai.documents"
    label = "documents"

    def ready(self) -> None:
        from trienkhai.common import slots
        from trienkhai.documents import entries

        slots.fill("menu", entries.menu)
        slots.fill("menu", entries.menu_dossiers)
        slots.fill("search", entries.search_documents)
        slots.fill("orgs.unit.actions", entries.unit_phrases)

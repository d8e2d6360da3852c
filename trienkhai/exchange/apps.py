from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "trienkhai.exchange"
    label = "exchange"

    def ready(self) -> None:
        from trienkhai.common import slots
        from trienkhai.documents import sight
        from trienkhai.exchange import entries, sources

        sight.register_removal(sources.remove_packets)
        slots.fill("documents.book.actions", entries.book_actions)
        slots.fill("documents.list.actions", entries.list_actions)
        slots.fill("documents.detail.actions", entries.document_actions)
        slots.fill("orgs.tree.actions", entries.tree_actions)
        slots.fill("orgs.unit.actions", entries.unit_actions)

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "trienkhai.exchange"
    label = "exchange"

    def ready(self) -> None:
        from trienkhai.common import slots
        from trienkhai.exchange import entries

        slots.fill("documents.book.actions", entries.book_actions)
        slots.fill("documents.list.actions", entries.list_actions)
        slots.fill("documents.detail.actions", entries.document_actions)
        slots.fill("orgs.tree.actions", entries.tree_actions)
        slots.fill("orgs.unit.actions", entries.unit_actions)

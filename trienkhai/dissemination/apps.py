from django.apps import AppConfig


class DisseminationConfig(AppConfig):
    name = "trienkhai.dissemination"
    label = "dissemination"

    def ready(self) -> None:
        from trienkhai.common import slots
        from trienkhai.dissemination import entries, explaining, moves, sources
        from trienkhai.documents import sight
        from trienkhai.orgs import explaining as who_sees
        from trienkhai.orgs import succession

        slots.fill("menu", entries.menu)
        slots.fill("search", entries.search_plans)
        slots.fill("documents.detail.actions", entries.document_actions)
        slots.fill("documents.detail.panels", entries.document_panel)
        slots.fill("tasks.mine.waiting", entries.waiting)
        slots.fill("tasks.mine.count", entries.waiting_count)
        succession.register(moves.carrier)
        sight.register(sources.seen_by_receipt, sources.remove_sendings)
        sight.register_members(sources.studied_by_members)
        who_sees.add_ways("van-ban", explaining.ways_to_document)

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "trienkhai.reports"
    label = "reports"

    def ready(self) -> None:
        from trienkhai.common import slots
        from trienkhai.documents import sight
        from trienkhai.orgs import succession
        from trienkhai.reports import decisions, entries, moves, sources
        from trienkhai.tasks import background

        slots.fill("menu", entries.menu)
        slots.fill("search", entries.search_forms)
        slots.fill("tasks.mine.waiting", entries.waiting)
        slots.fill("tasks.mine.count", entries.waiting_count)
        background.register(decisions.area)
        succession.register(moves.carrier)
        sight.register_removal(sources.remove_lines)

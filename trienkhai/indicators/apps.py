from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "trienkhai.indicators"
    label = "indicators"

    def ready(self) -> None:
        from trienkhai.common import slots
        from trienkhai.documents import sight
        from trienkhai.indicators import decisions, entries, moves, rules, sources
        from trienkhai.orgs import succession
        from trienkhai.tasks import background, rules_programme

        slots.fill("menu", entries.menu)
        slots.fill("search", entries.search)
        slots.fill("tasks.mine.waiting", entries.waiting)
        slots.fill("tasks.mine.count", entries.waiting_count)
        slots.fill("tasks.focus.part", entries.focus_part)
        slots.fill("tasks.steps.part", entries.steps)
        background.register(decisions.area)
        rules_programme.register_serving(rules.focuses_served)
        succession.register(moves.carrier)
        sight.register_removal(sources.forget_document)

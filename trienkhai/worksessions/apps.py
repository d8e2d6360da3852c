from django.apps import AppConfig


class WorksessionsConfig(AppConfig):
    name = "trienkhai.worksessions"
    label = "worksessions"

    def ready(self) -> None:
        from trienkhai.common import slots
        from trienkhai.documents import sight
        from trienkhai.orgs import explaining as who_sees
        from trienkhai.orgs import succession
        from trienkhai.worksessions import entries, explaining, moves, sources

        slots.fill("menu", entries.menu)
        slots.fill("orgs.unit.actions", entries.unit_actions)
        slots.fill("tasks.mine.waiting", entries.waiting)
        slots.fill("tasks.mine.count", entries.waiting_count)
        succession.register(moves.carrier)
        sight.register(sources.seen_by_session, sources.empty_conclusions)
        who_sees.add_ways("van-ban", explaining.ways_to_document)

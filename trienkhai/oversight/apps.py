from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "trienkhai.oversight"
    label = "oversight"

    def ready(self) -> None:
        from trienkhai.common import slots
        from trienkhai.norms import soundness
        from trienkhai.orgs import succession
        from trienkhai.oversight import entries, moves, norms

        soundness.register(norms.MATTERS, norms.matters_faults)
        for key in norms.DAYS:
            soundness.register(key, norms.days_faults)
        slots.fill("menu", entries.menu)
        slots.fill("orgs.unit.actions", entries.unit_actions)
        slots.fill("tasks.mine.waiting", entries.waiting)
        slots.fill("tasks.mine.count", entries.waiting_count)
        succession.register(moves.carrier)

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "trienkhai.evaluation"
    label = "evaluation"

    def ready(self) -> None:
        from trienkhai.common import slots
        from trienkhai.documents import sight
        from trienkhai.evaluation import entries, moves, norms, sources
        from trienkhai.norms import soundness
        from trienkhai.orgs import succession

        soundness.register(norms.CRITERIA, norms.criteria_faults)
        soundness.register(norms.LEVELS, norms.levels_faults)
        soundness.register(norms.CEILING, norms.ceiling_faults)
        slots.fill("menu", entries.menu)
        slots.fill("menu", entries.menu_commending)
        slots.fill("tasks.mine.waiting", entries.waiting)
        slots.fill("tasks.mine.count", entries.waiting_count)
        succession.register(moves.carrier)
        sight.register_removal(sources.remove_evidence)

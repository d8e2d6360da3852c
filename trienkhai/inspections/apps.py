from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "trienkhai.inspections"
    label = "inspections"

    def ready(self) -> None:
        from trienkhai.common import slots
        from trienkhai.documents import sight
        from trienkhai.inspections import entries, moves, norms, risk, sources
        from trienkhai.norms import soundness
        from trienkhai.orgs import succession
        from trienkhai.tasks import proving

        soundness.register(norms.RISK, risk.rule_faults)
        soundness.register(norms.STEP_DAYS, risk.days_faults)
        soundness.register(norms.TOTAL_DAYS, risk.days_faults)
        soundness.register(norms.EXTENSION, risk.share_faults)
        slots.fill("menu", entries.menu)
        slots.fill("tasks.mine.waiting", entries.waiting)
        slots.fill("tasks.mine.count", entries.waiting_count)
        succession.register(moves.carrier)
        sight.register_removal(sources.remove_conclusions)
        proving.register(sources.remedies_need_proof)

from django.apps import AppConfig


class ConductConfig(AppConfig):
    name = "trienkhai.conduct"
    label = "conduct"

    def ready(self) -> None:
        from trienkhai.common import slots
        from trienkhai.conduct import entries, moves, norms
        from trienkhai.conduct.actions.forgetting import forget_members
        from trienkhai.norms import soundness
        from trienkhai.orgs import forgetting, succession

        soundness.register(norms.DAYS, norms.days_faults)
        soundness.register(norms.CONTENTS, norms.contents_faults)
        soundness.register(norms.SHOWN, norms.shown_faults)
        soundness.register(norms.FOLLOWED, norms.shown_faults)
        slots.fill("menu", entries.menu)
        slots.fill("tasks.mine.waiting", entries.waiting)
        slots.fill("tasks.mine.count", entries.waiting_count)
        succession.register(moves.carrier)
        forgetting.register(forget_members)

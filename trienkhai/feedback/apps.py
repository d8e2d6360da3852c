from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "trienkhai.feedback"
    label = "feedback"

    def ready(self) -> None:
        from trienkhai.common import slots
        from trienkhai.documents import sight
        from trienkhai.feedback import entries, moves, norms, sources
        from trienkhai.norms import soundness
        from trienkhai.orgs import succession

        soundness.register(norms.ANSWER_DAYS, norms.days_faults)
        soundness.register(norms.UNNAMED, norms.unnamed_faults)
        slots.fill("menu", entries.menu)
        slots.fill("people.sign_in.links", entries.sign_in_link)
        slots.fill("tasks.mine.waiting", entries.waiting)
        slots.fill("tasks.mine.count", entries.waiting_count)
        succession.register(moves.carrier)
        sight.register_removal(sources.unlink)
        sight.register_removal(sources.remove_consultations)

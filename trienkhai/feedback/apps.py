from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "trienkhai.feedback"
    label = "feedback"

    def ready(self) -> None:
        from trienkhai.common import slots
        from trienkhai.documents import sight
        from trienkhai.feedback import entries, moves, sources
        from trienkhai.orgs import succession

        slots.fill("menu", entries.menu)
        slots.fill("people.sign_in.links", entries.sign_in_link)
        slots.fill("tasks.mine.waiting", entries.waiting)
        slots.fill("tasks.mine.count", entries.waiting_count)
        succession.register(moves.carrier)
        sight.register_removal(sources.unlink)

from django.apps import AppConfig


class UrgingConfig(AppConfig):
    name = "trienkhai.urging"
    label = "urging"

    def ready(self) -> None:
        from trienkhai.common import slots
        from trienkhai.documents import sight
        from trienkhai.norms import soundness
        from trienkhai.orgs import succession
        from trienkhai.urging import entries, ladder, moves, sources

        soundness.register(ladder.KEY, ladder.faults)
        succession.register(moves.carrier)
        sight.register_removal(sources.remove_words)
        slots.fill("menu", entries.menu_urging)
        slots.fill("tasks.assignment.verbs", entries.verbs_of_assignment)
        slots.fill("tasks.assignment.side", entries.side_of_assignment)
        slots.fill("tasks.assignment.acts", entries.acts_of_assignment)
        slots.fill("tasks.list.actions", entries.list_actions)

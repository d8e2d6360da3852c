from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "trienkhai.notices"
    label = "notices"

    def ready(self) -> None:
        from trienkhai.common import slots
        from trienkhai.notices import actions, entries, moves
        from trienkhai.orgs import hanging, outlets, succession

        slots.fill("menu", entries.menu_inbox)
        slots.fill("health", entries.mail_trouble)
        succession.register(moves.carrier)
        hanging.register(moves.HANGING)
        outlets.add_teller(actions.tell_posts)
        outlets.add_people_teller(actions.tell_people)

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "trienkhai.orgs"
    label = "orgs"

    def ready(self) -> None:
        from trienkhai.common import slots
        from trienkhai.orgs import entries, moves, succession

        slots.fill("search", entries.search_units)
        slots.fill("frame.account", entries.account_post)
        slots.fill("people.profile", entries.profile_posts)
        succession.register(moves.carrier)

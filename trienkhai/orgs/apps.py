from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "trienkhai.orgs"
    label = "orgs"

    def ready(self) -> None:
        from trienkhai.common import slots
        from trienkhai.orgs import entries, entries_posts, moves, succession

        slots.fill("search", entries.search_units)
        slots.fill("frame.account", entries.account_post)
        slots.fill("people.profile", entries.profile_posts)
        succession.register(moves.carrier)
        slots.fill("menu", entries_posts.menu_posts)
        slots.fill("search", entries_posts.search_people)
        slots.fill("orgs.unit.actions", entries_posts.unit_posts)
        slots.fill("orgs.unit.side", entries_posts.unit_committee)
        slots.fill("orgs.unit.side", entries_posts.unit_members)

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "trienkhai.orgs"
    label = "orgs"

    def ready(self) -> None:
        from trienkhai.common import slots
        from trienkhai.orgs import (
            entries,
            entries_accounts,
            entries_comparing,
            entries_posts,
            entries_reorganising,
            entries_roster,
            explaining,
            measures,
            measures_members,
            moves,
            moves_roster,
            succession,
        )

        slots.fill("search", entries.search_units)
        slots.fill("frame.account", entries.account_post)
        slots.fill("people.profile", entries.profile_posts)
        succession.register(moves.carrier)
        succession.register(moves_roster.carrier)
        slots.fill("menu", entries_posts.menu_posts)
        slots.fill("search", entries_posts.search_people)
        slots.fill("orgs.unit.actions", entries_posts.unit_posts)
        slots.fill("orgs.unit.side", entries_posts.unit_committee)
        slots.fill("orgs.unit.side", entries_posts.unit_members)
        slots.fill("menu", entries_accounts.menu_accounts)
        slots.fill("menu", entries_accounts.menu_reviews)
        slots.fill("orgs.unit.actions", entries_accounts.unit_actions)
        slots.fill("orgs.unit.actions", entries_accounts.unit_sight)
        slots.fill("orgs.unit.actions", entries_accounts.unit_review)
        slots.fill("tasks.mine.waiting", entries_accounts.review_waiting)
        slots.fill("tasks.mine.count", entries_accounts.review_waiting_count)
        explaining.register(entries_accounts.UNIT, entries_accounts.ways_to_unit)
        slots.fill("orgs.tree.actions", entries_reorganising.tree_actions)
        slots.fill("orgs.unit.actions", entries_reorganising.unit_actions)
        slots.fill("tasks.mine.waiting", entries_reorganising.waiting)
        slots.fill("tasks.mine.count", entries_reorganising.waiting_count)
        measures.register_figures(measures_members.TITLE, measures_members.figures, measures_members.labels)
        slots.fill("orgs.tree.actions", entries_comparing.tree_actions)
        slots.fill("tasks.mine.waiting", entries_comparing.waiting)
        slots.fill("tasks.mine.count", entries_comparing.waiting_count)
        slots.fill("orgs.unit.actions", entries_roster.unit_list)
        slots.fill("orgs.tree.actions", entries_roster.tree_lists)
        slots.fill("people.profile.more", entries_roster.own_rows)
        slots.fill("tasks.mine.waiting", entries_roster.waiting)
        slots.fill("tasks.mine.count", entries_roster.waiting_count)

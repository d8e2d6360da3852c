from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "trienkhai.tasks"
    label = "tasks"

    def ready(self) -> None:
        from trienkhai.audit import triggers
        from trienkhai.common import slots
        from trienkhai.documents import sight
        from trienkhai.orgs import entries_accounts, hanging, succession
        from trienkhai.orgs import explaining as who_sees
        from trienkhai.tasks import (
            background,
            decisions,
            entries,
            entries_coordinating,
            entries_posts,
            entries_programme,
            explaining,
            moves,
            sources,
        )
        from trienkhai.tasks.actions.leaving import remove_work
        from trienkhai.tasks.queries import closed

        slots.fill("menu", entries.menu_my_work)
        slots.fill("menu", entries.menu_tasks)
        slots.fill("menu", entries.menu_approvals)
        slots.fill("menu", entries.menu_issues)
        slots.fill("menu", entries.menu_steps)
        slots.fill("tasks.list.actions", entries.list_actions)
        slots.fill("menu", entries_programme.menu_programmes)
        slots.fill("orgs.unit.actions", entries_programme.unit_actions)
        slots.fill("orgs.holding.left", entries_posts.left_by_holder)
        slots.fill("search", entries.search_tasks)
        slots.fill("notices.calendar", entries.calendar)
        slots.fill("documents.list.filters", entries.documents_filter)
        slots.fill("documents.detail.actions", entries.document_actions)
        slots.fill("documents.detail.side", entries.document_progress)
        succession.register(moves.carrier)
        hanging.register(moves.HANGING)
        background.register(decisions.area)
        sight.register(sources.seen_by_work, remove_work)
        sight.register_removal(sources.remove_programmes)
        sight.register_removal(sources.remove_coordination)
        slots.fill("menu", entries_coordinating.menu_coordination)
        slots.fill("tasks.mine.waiting", entries_coordinating.my_opinions)
        slots.fill("tasks.mine.count", entries_coordinating.count_opinions)
        slots.fill("orgs.unit.actions", entries_coordinating.unit_actions)
        sight.register_work(sources.has_work)
        triggers.guard("tasks_sheet", *closed.TAKEN)
        who_sees.register(explaining.KIND, explaining.ways)
        who_sees.add_ways("van-ban", explaining.ways_to_document)
        slots.fill("tasks.assignment.side", entries_accounts.sight_link(explaining.KIND.name))

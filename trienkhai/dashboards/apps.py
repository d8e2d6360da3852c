from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "trienkhai.dashboards"
    label = "dashboards"

    def ready(self) -> None:
        from trienkhai.common import slots
        from trienkhai.dashboards import entries

        slots.fill("menu", entries.menu_board)
        slots.fill("menu", entries.menu_tree)
        slots.fill("menu", entries.menu_acts)
        slots.fill("orgs.unit.actions", entries.unit_actions)
        slots.fill("orgs.person.acts", entries.acts_of_deputy)

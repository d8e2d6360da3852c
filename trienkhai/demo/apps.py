from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "trienkhai.demo"
    label = "demo"

    def ready(self) -> None:
        from trienkhai.common import slots
        from trienkhai.demo import entries

        slots.fill("people.sign_in", entries.accounts)

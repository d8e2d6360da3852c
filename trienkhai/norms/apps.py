from django.apps import AppConfig
from django.db.models.signals import post_migrate


def load(sender: object, using: str, **kwargs: object) -> None:
    from trienkhai.norms.loading import load_norms

    load_norms()


class NormsConfig(AppConfig):
    name = "trienkhai.norms"
    label = "norms"

    def ready(self) -> None:
        post_migrate.connect(load, sender=self)

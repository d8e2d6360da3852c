from django.apps import AppConfig
from django.db.models.signals import post_migrate


def protect(sender: object, using: str, **kwargs: object) -> None:
    """Triggers are made anew after every migrate: SQLite's AlterField drops them without a word."""
    from django.db import connections

    from trienkhai.audit import triggers

    triggers.install(connections[using])


class AuditConfig(AppConfig):
    name = "trienkhai.audit"
    label = "audit"

    def ready(self) -> None:
        post_migrate.connect(protect, sender=self)

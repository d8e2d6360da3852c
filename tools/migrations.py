"""Do the migrations say what the models say? Asks Django in a home of its own, so that no one's data is touched."""

import os
import sys
import tempfile


def main() -> int:
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(TRIENKHAI_HOME=home, DJANGO_SETTINGS_MODULE="trienkhai.config.settings")
        os.environ.pop("TRIENKHAI_DATABASE_URL", None)
        import django
        from django.core.management import call_command

        django.setup()
        call_command("makemigrations", check_changes=True, dry_run=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

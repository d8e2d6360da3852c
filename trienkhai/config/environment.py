"""Reading of the environment: each value once, typed; a wrong one stops the start with a plain sentence."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


class WrongSetting(SystemExit):
    """A setting of the environment cannot be used; the message says which and what is expected."""

    def __init__(self, name: str, expected: str) -> None:
        super().__init__(f"{name}: {expected}")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    value = text(name).lower()
    if value in ("", "1", "true", "yes", "0", "false", "no"):
        return default if value == "" else value in ("1", "true", "yes")
    raise WrongSetting(name, "expects 1 or 0")


def number(name: str, default: int, *, minimum: int = 0) -> int:
    value = text(name) or str(default)
    if not value.isdigit() or int(value) < minimum:
        raise WrongSetting(name, f"expects a whole number of at least {minimum}")
    return int(value)


def names(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def home() -> Path:
    """`$TRIENKHAI_HOME`, made when missing: database, files and keys of one installation."""
    path = Path(text("TRIENKHAI_HOME", "var")).resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def secret_key(folder: Path) -> str:
    """The key from the environment, else one made once and kept in `folder`, readable by its owner only."""
    if given := text("TRIENKHAI_SECRET_KEY"):
        return given
    path = folder / "secret-key"
    if not path.exists():
        from django.core.management.utils import get_random_secret_key

        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text().strip()


def database(folder: Path) -> dict:
    """Django's settings of one database.

    `TRIENKHAI_DATABASE_URL`: `postgresql://user:password@host:port/name?host=/socket/folder`; empty: SQLite in
    `folder`.
    """
    url = text("TRIENKHAI_DATABASE_URL")
    if not url:
        return sqlite(folder / "trienkhai.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in ("postgresql", "postgres"):
        raise WrongSetting("TRIENKHAI_DATABASE_URL", "expects postgresql://user:password@host:port/name")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def sqlite(path: Path) -> dict:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
        "TEST": {"NAME": str(path.with_suffix(".test.sqlite3"))},
    }

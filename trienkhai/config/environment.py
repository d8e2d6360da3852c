"""Reading of the environment: each value once, typed; a wrong one stops the start with a plain sentence."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

TESSERACT = "tesseract with Vietnamese: apt-get install tesseract-ocr tesseract-ocr-vie"


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


def words(packs: Path) -> str:
    """The sort of organisation in whose words the screens speak; those of a party stand in no pack."""
    chosen = text("TRIENKHAI_WORDS") or "party"
    known = ["party", *sorted(path.name for path in packs.iterdir() if path.is_dir())]
    if chosen not in known:
        raise WrongSetting("TRIENKHAI_WORDS", f"expects one of {', '.join(known)}")
    return chosen


def home() -> Path:
    """`$TRIENKHAI_HOME`, made when missing: database, files and keys of one installation."""
    path = Path(text("TRIENKHAI_HOME") or "var").resolve()
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


def storage(folder: Path) -> dict:
    """Django's settings of the store of files.

    `TRIENKHAI_STORAGE`: empty for `folder`, or `s3://bucket/prefix?endpoint=https://host&region=name` for any store
    that speaks the S3 API; its keys come from `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` or where boto3 looks.
    """
    url = text("TRIENKHAI_STORAGE")
    if not url:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(folder)}}
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    if parts.scheme != "s3" or not parts.netloc or options.keys() - {"endpoint", "region"}:
        raise WrongSetting("TRIENKHAI_STORAGE", "expects s3://bucket/prefix?endpoint=https://host&region=name")
    if not (find_spec("boto3") and find_spec("storages")):
        raise WrongSetting("TRIENKHAI_STORAGE", "needs the extra: pip install 'trienkhai[s3]'")
    from boto3.s3.transfer import TransferConfig

    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": parts.netloc,
            "location": unquote(parts.path).strip("/"),
            "endpoint_url": options.get("endpoint"),
            "region_name": options.get("region"),
            "default_acl": None,
            "file_overwrite": True,  # every path is new
            "max_memory_size": 1024 * 1024,  # beyond it, what is read waits in a temporary file
            "transfer_config": TransferConfig(use_threads=False),  # eight megabytes at a time, not eighty
        },
    }


MAIL_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def mail() -> dict:
    """Django's settings for sending mail; empty without `TRIENKHAI_EMAIL_URL`, which switches it on.

    `smtp://user:password@host:port?from=name@host`; `smtp+starttls://` and `smtps://` for a protected connection.
    """
    url = text("TRIENKHAI_EMAIL_URL")
    if not url:
        return {}
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    sender = options.pop("from", "")
    if parts.scheme not in MAIL_PORTS or not parts.hostname or options or "@" not in sender:
        raise WrongSetting("TRIENKHAI_EMAIL_URL", "expects smtp://user:password@host:port?from=name@host")
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "HOST": parts.hostname,
        "PORT": parts.port or MAIL_PORTS[parts.scheme],
        "HOST_USER": unquote(parts.username or ""),
        "HOST_PASSWORD": unquote(parts.password or ""),
        "USE_TLS": parts.scheme == "smtp+starttls",
        "USE_SSL": parts.scheme == "smtps",
        "FROM": sender,
    }


def site_url(needed: bool) -> str:
    """Where people reach the site (`TRIENKHAI_SITE_URL`), without a slash at its end; mail cannot do without."""
    url = text("TRIENKHAI_SITE_URL").rstrip("/")
    parts = urlsplit(url)
    if (url or needed) and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query):
        raise WrongSetting("TRIENKHAI_SITE_URL", "expects https://name, the address by which people reach the site")
    return url


def one_of(name: str, *allowed: str) -> str:
    """One of the words allowed; the first when nothing is said."""
    value = text(name, allowed[0]) or allowed[0]
    if value not in allowed:
        raise WrongSetting(name, f"expects {' or '.join(allowed)}")
    return value


def recognition() -> bool:
    """Are scans recognised by machine (`TRIENKHAI_OCR`)? Then the programs for it must be here."""
    if not flag("TRIENKHAI_OCR"):
        return False
    if not find_spec("ocrmypdf"):
        raise WrongSetting("TRIENKHAI_OCR", "needs the extra: pip install 'trienkhai[ocr]'")
    if not has_tesseract():
        raise WrongSetting("TRIENKHAI_OCR", f"needs {TESSERACT}")
    return True


def has_tesseract() -> bool:
    """Is the program there that recognises letters, with Vietnamese?"""
    program = shutil.which("tesseract")
    if not program:
        return False
    told = subprocess.run([program, "--list-langs"], capture_output=True, text=True)
    return "vie" in told.stdout.split()


def sqlite(path: Path) -> dict:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA secure_delete=ON;",
        },
        "TEST": {"NAME": str(path.with_suffix(".test.sqlite3"))},
    }

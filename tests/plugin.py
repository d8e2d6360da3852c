"""What every test run stands on: which database, a home of its own, a browser. Loaded by pytest before Django is.

`--database sqlite|postgresql` (or `$TRIENKHAI_TEST_DATABASE`); SQLite when nothing is said.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import browser as browsers
from tests.postgres import Cluster, NotStarted

DATABASES = ("sqlite", "postgresql")
CLUSTER = pytest.StashKey[Cluster]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=DATABASES, help="the database the tests run on (default: sqlite)")


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, Any, Any]:
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:  # the server is the controller's; files are each worker's own
        os.environ["TRIENKHAI_HOME"] = str(Path(os.environ["TRIENKHAI_HOME"], worker))
    else:
        _prepare(early_config)
    result = yield
    _fit_settings()
    return result


def _prepare(config: pytest.Config) -> None:
    home = tempfile.mkdtemp(prefix="trienkhai-tests-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ["TRIENKHAI_HOME"] = home
    os.environ.pop("TRIENKHAI_DATABASE_URL", None)
    if _database(config) == "postgresql":
        try:
            config.stash[CLUSTER] = Cluster().start()
        except NotStarted as fault:
            raise pytest.UsageError(str(fault)) from None
        os.environ["TRIENKHAI_DATABASE_URL"] = config.stash[CLUSTER].url


def _database(config: pytest.Config) -> str:
    chosen = config.known_args_namespace.database or os.environ.get("TRIENKHAI_TEST_DATABASE") or "sqlite"
    if chosen not in DATABASES:
        raise pytest.UsageError(f"TRIENKHAI_TEST_DATABASE: expects {' or '.join(DATABASES)}")
    return chosen


def _fit_settings() -> None:
    """Quick passwords and disks, static files without a build, numbers of the menu asked on each page; SQLite's test
    database a file, as in use.
    """
    from django.conf import settings
    from django.test import TransactionTestCase

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.HINT_SECONDS = 0
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        default["TEST"]["NAME"] = str(Path(os.environ["TRIENKHAI_HOME"], "test.sqlite3"))
        default["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    if TransactionTestCase._fixture_teardown is not _flush:
        TransactionTestCase._fixture_teardown = _flush


def _flush(case: Any) -> None:
    """Empty the database after a transactional test, past the triggers that guard the acts.

    Django's flush ends with post_migrate, which puts the triggers and the norms back.
    """
    from django.core.management import call_command
    from django.db import connection

    from trienkhai.audit import triggers

    triggers.drop(connection)
    call_command("flush", verbosity=0, interactive=False, allow_cascade=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Off PostgreSQL, what means something there only is left out: the other run has it."""
    if os.environ.get("TRIENKHAI_DATABASE_URL"):
        return
    left_out = [item for item in items if item.get_closest_marker("postgresql")]
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


def pytest_report_header() -> str:
    from django.db import connection

    return f"database: {connection.display_name}"


def pytest_unconfigure(config: pytest.Config) -> None:
    if CLUSTER in config.stash:
        config.stash[CLUSTER].stop()


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Each test begins in the language of the site, whatever an earlier one in this process left behind."""
    from django.conf import settings
    from django.utils import translation

    if not settings.configured:
        yield
        return
    translation.activate(settings.LANGUAGE_CODE)
    yield


@pytest.fixture
def kept_hints(settings: Any) -> None:
    """Numbers of the menu are kept, as on a running site; none is yet."""
    from django.core.cache import cache

    settings.HINT_SECONDS = 60
    cache.clear()


@pytest.fixture
def own_files(settings: Any, tmp_path: Path) -> None:
    """A folder of files of the test's own: what others left on the disk, whose rows were rolled back, is not in it."""
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path / "files")}}
    settings.STORAGES = settings.STORAGES | {"default": files}


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of private documents; a test that asks for it is skipped where there is none."""
    given = os.environ.get("TRIENKHAI_CORPUS")
    if not given:
        pytest.skip("TRIENKHAI_CORPUS names no folder of documents")
    return Path(given)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium for the whole run."""
    from playwright.sync_api import sync_playwright

    path = browsers.find_browser()
    if path is None:
        pytest.fail(browsers.MISSING)
    # Playwright keeps an event loop in this thread, which Django would take for an asynchronous caller.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any, live_server: Any) -> Iterator[Any]:
    """A new Vietnamese browser page at the live server's root; paths such as `page.goto("/tasks/")` are enough."""
    context = browser.new_context(base_url=live_server.url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()

"""What every test run stands on: which database, a home of its own, a browser. Loaded by pytest before Django is.

`--database sqlite|postgresql` (or `$TRIENKHAI_TEST_DATABASE`); SQLite when nothing is said.
"""

import atexit
import functools
import gc
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
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
    """Quick passwords and disks, static files without a build, numbers of the menu kept as on a running site; SQLite's
    test database a file, as in use.
    """
    from django.conf import settings
    from django.test import TransactionTestCase
    from django.test.utils import CaptureQueriesContext

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.HINT_SECONDS = 60
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        default["TEST"]["NAME"] = str(Path(os.environ["TRIENKHAI_HOME"], "test.sqlite3"))
        default["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    if TransactionTestCase._fixture_teardown is not _empty:
        TransactionTestCase._fixture_teardown = _empty
        CaptureQueriesContext.__enter__ = _counting_from_nothing_kept(CaptureQueriesContext.__enter__)


def _counting_from_nothing_kept(begin: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Where queries are counted, those of the menu are among them: what was kept would hide that a part of it grew."""
    from django.core.cache import cache

    @functools.wraps(begin)
    def enter(queries: Any) -> Any:
        cache.clear()
        return begin(queries)

    return enter


def _empty(case: Any) -> None:
    """Loaded when the areas are."""
    from tests.emptying import empty

    empty(case)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Each run has what means something on its database: that of PostgreSQL leaves to SQLite's what asks no database,
    what waits for tesseract and the walk for barriers; each way in the browser is walked once, its second variant on
    PostgreSQL (decision 0028).
    """
    given = list(items)
    items[:] = [item for item in given if _meant_here(item)]
    if left_out := [item for item in given if not _meant_here(item)]:
        config.hook.pytest_deselected(items=left_out)


def _meant_here(item: pytest.Item) -> bool:
    on_postgresql = bool(os.environ.get("TRIENKHAI_DATABASE_URL"))
    if item.get_closest_marker("browser") and not item.get_closest_marker("accessibility"):
        variant = max(item.callspec.indices.values()) if hasattr(item, "callspec") else 0
        return variant % 2 == on_postgresql
    if not on_postgresql:
        return item.get_closest_marker("postgresql") is None
    return _asks_the_database(item) and not any(item.get_closest_marker(name) for name in ("ocr", "accessibility"))


def _asks_the_database(item: pytest.Item) -> bool:
    """By a fixture, as a test case of Django's, or, where the marker says so, in a program that it starts."""
    from django.test import TransactionTestCase

    marked = item.get_closest_marker("django_db") or item.get_closest_marker("own_program")
    fixtures = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(marked or fixtures or issubclass(getattr(item, "cls", None) or object, TransactionTestCase))


def pytest_collection_finish() -> None:
    """What is loaded by now stays, and what tests leave goes later: looked for less often, garbage costs less time."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any) -> Generator[None, Any, Any]:
    if fixturedef.argname != "django_db_setup":
        return (yield)
    from tests.migrating import forward_only

    with forward_only():
        return (yield)


def pytest_report_header() -> str:
    from django.db import connection

    return f"database: {connection.display_name}"


def pytest_unconfigure(config: pytest.Config) -> None:
    if CLUSTER in config.stash:
        config.stash[CLUSTER].stop()


@pytest.fixture(autouse=True)
def own_start() -> None:
    """Each test begins in the language of the site and with nothing kept, whatever an earlier one left behind."""
    from django.conf import settings
    from django.core.cache import cache
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)
    cache.clear()


@pytest.fixture
def kept_hints(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers of the menu are kept where queries are counted too."""
    from django.test.utils import CaptureQueriesContext

    monkeypatch.setattr(CaptureQueriesContext, "__enter__", CaptureQueriesContext.__enter__.__wrapped__)


@pytest.fixture
def own_files(settings: Any, tmp_path: Path) -> None:
    """A folder of files of the test's own: what others left on the disk, whose rows were rolled back, is not in it."""
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path / "files")}}
    settings.STORAGES = settings.STORAGES | {"default": files}


@pytest.fixture(scope="session")
def lend_database() -> Callable[[Path], None]:
    """`lend_database(home)`: if the tests have made their SQLite database by now, an installation of its own begins
    with a copy of it, which no open transaction is in. `trienkhai migrate` then has little to do; else half a minute.
    """
    from django.conf import settings

    def lend(home: Path) -> None:
        made = settings.DATABASES["default"]["TEST"].get("NAME")
        if made and Path(made).is_file():
            with closing(sqlite3.connect(made)) as tests, closing(sqlite3.connect(home / "trienkhai.sqlite3")) as own:
                tests.backup(own)

    return lend


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

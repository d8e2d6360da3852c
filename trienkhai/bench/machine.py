"""The machine and the programs a run was made on, without names or places."""

import os
import platform
from pathlib import Path

import django
from django.db import connection


def describe() -> dict[str, str | int | float]:
    """`cores`, `memory_gb`, `processor`, `system`, and the versions of `python`, `django` and the database."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 0,
        "memory_gb": _memory(),
        "processor": _processor(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "django": django.get_version(),
        "database": _database(),
    }


def _memory() -> float:
    for line in _lines("/proc/meminfo"):
        if line.startswith("MemTotal:"):
            return round(int(line.split()[1]) / 1024**2, 1)
    return 0


def _processor() -> str:
    for line in _lines("/proc/cpuinfo"):
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def _lines(path: str) -> list[str]:
    return Path(path).read_text(errors="replace").splitlines() if Path(path).exists() else []


def _database() -> str:
    if connection.vendor == "sqlite":
        import sqlite3

        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"

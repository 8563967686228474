"""Looks at the folder, the settings, mail, Redis and the database, one after the other."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from config.settings import LOOPBACK_HOSTS, Settings
from trackeep.core import clock, db
from trackeep.core.backup import dumps
from trackeep.core.db import migrate
from trackeep.core.doctor.findings import Finding, Level
from trackeep.core.doctor.redis import redis_findings
from trackeep.core.jobs import JobRow

LOW_DISK, EMPTY_DISK = 2 * 1024**3, 256 * 1024**2
OLDEST_POSTGRESQL = 13
LATE = timedelta(minutes=5)
SHORT_KEY = 32


def examine(settings: Settings) -> Iterator[Finding]:
    """All findings; those that need the database are left out while it cannot be reached."""
    yield from _data_folder(settings)
    yield from _settings(settings)
    yield from _mail(settings)
    yield from redis_findings(settings)
    try:
        yield from _database()
        for look in _WITH_DATABASE:
            yield from look(settings)
    except SQLAlchemyError as error:
        words = str(error.__cause__ or error).strip().splitlines()[0]
        yield Finding(Level.PROBLEM, "database", f"It cannot be reached ({words}). Check DATABASE_URL and the server.")
    finally:
        db.release()


def _database() -> Iterator[Finding]:
    if db.dialect() == "sqlite":
        answer = db.session().scalar(text("PRAGMA quick_check(1)"))
        if answer != "ok":
            yield Finding(Level.PROBLEM, "database", f"The file is damaged ({answer}). Restore the newest backup.")
            return
        yield Finding(Level.GOOD, "database", "SQLite can be read and is sound.")
        return
    version = str(db.session().scalar(text("SHOW server_version")))
    if int(version.split(".")[0]) < OLDEST_POSTGRESQL:
        words = f"PostgreSQL {version} is too old. Please use {OLDEST_POSTGRESQL} or newer."
        yield Finding(Level.PROBLEM, "database", words)
    else:
        yield Finding(Level.GOOD, "database", f"PostgreSQL {version} answers.")


def _schema(_settings: Settings) -> Iterator[Finding]:
    current = migrate.current()
    if current == migrate.head():
        yield Finding(Level.GOOD, "schema", f"It is the newest one ({current or 'no migration yet'}).")
    elif current is None or current in migrate.known():
        yield Finding(Level.PROBLEM, "schema", "It is older than this version. Run `flask --app wsgi migrate`.")
    else:
        yield Finding(Level.PROBLEM, "schema", "It is newer than this version of Trackeep knows. Update Trackeep.")


def _jobs(settings: Settings) -> Iterator[Finding]:
    if not inspect(db.database.engine).has_table(JobRow.__tablename__):
        return
    late = select(JobRow.id).where(JobRow.state == "waiting", JobRow.run_at < clock.now() - LATE).limit(1)
    if db.session().scalar(late) is None:
        yield Finding(Level.GOOD, "background jobs", "None has waited for more than five minutes.")
        return
    where = "the server" if settings.embedded_worker else "`flask --app wsgi worker`"
    yield Finding(Level.WARNING, "background jobs", f"Some wait for more than five minutes. Is {where} running?")


_WITH_DATABASE: tuple[Callable[[Settings], Iterator[Finding]], ...] = (_schema, _jobs)


def _data_folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.data_dir
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        words = f"{folder} cannot be written. Create it, give it to the server's user, or set DATA_DIR."
        yield Finding(Level.PROBLEM, "data directory", words)
        return
    yield Finding(Level.GOOD, "data directory", f"{folder} can be written.")
    free = shutil.disk_usage(folder).free
    words = f"{free / 1024**3:.1f} GiB are free."
    if free < LOW_DISK:
        words += " Free some space, or move DATA_DIR: a full disk stops every change."
    level = Level.PROBLEM if free < EMPTY_DISK else Level.WARNING if free < LOW_DISK else Level.GOOD
    yield Finding(level, "disk space", words)


def _settings(settings: Settings) -> Iterator[Finding]:
    complaints = list(_complaints(settings))
    for words in complaints:
        yield Finding(Level.WARNING, "settings", words)
    if not complaints:
        yield Finding(Level.GOOD, "settings", f"Served as {settings.public_url}.")


def _complaints(settings: Settings) -> Iterator[str]:
    host = urlsplit(settings.public_url).hostname or ""
    if not settings.is_https and host not in LOOPBACK_HOSTS:
        yield "PUBLIC_URL is not https: passwords and sessions can be read on the way. Put it behind HTTPS."
    if settings.is_https and not settings.proxy_hops:
        yield "PUBLIC_URL is https but PROXY_HOPS is 0: behind a proxy all seem to have one address. Set it to 1."
    if host in LOOPBACK_HOSTS and settings.host not in LOOPBACK_HOSTS:
        yield "HOST is open to the network, but links in mails point to this machine. Set PUBLIC_URL."
    if len(settings.secret_key) < SHORT_KEY:
        yield f"SECRET_KEY is shorter than {SHORT_KEY} letters. Set a longer one, this one as SECRET_KEY_PREVIOUS."
    if not settings.is_sqlite and not dumps.has_tools():
        yield "pg_dump and pg_restore are not on PATH: `flask backup` and the copy before a migration need them."


def _mail(settings: Settings) -> Iterator[Finding]:
    if settings.smtp_host:
        yield Finding(
            Level.GOOD, "mail", f"It goes to {settings.smtp_host}:{settings.smtp_port} as {settings.mail_from}."
        )
    else:
        yield Finding(Level.GOOD, "mail", "It is kept in the administrator's outbox, since SMTP_HOST is not set.")

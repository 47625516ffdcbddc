"""Settings that contradict each other stop the start, with a sentence that says what to do.

What can be told from the environment alone comes first and costs nothing: every command refuses it. Whether the
database answers and the model is whole is asked before serving.
"""

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.checks import CheckMessage, Error, Warning, register

from alongside.config.backups.keys import PUBLIC_FILE
from alongside.config.environment import LOCAL_ADDRESSES, Environment, SettingError, read_environment
from alongside.config.keys import SECRET_FILES

SECONDS_TO_ANSWER = 5
OLDEST_POSTGRESQL = 14  # Django 5.2 needs it
HOST_NAME = re.compile(r"\.?[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\]")


def refuse_contradictions(environment: Environment) -> None:
    """Raise ``SettingError``, with a sentence for each, when settings contradict each other or themselves."""
    sentences = list(contradictions(environment))
    if sentences:
        raise SettingError(" ".join(sentences))


def contradictions(environment: Environment) -> Iterator[str]:
    """Give a sentence for each contradiction that the environment alone shows."""
    yield from _in_hosts(environment)
    yield from _in_folders(environment)
    yield from _in_mail(environment)
    yield from _in_database_address(environment)
    yield from _in_leaving(environment)


def warnings(environment: Environment) -> Iterator[str]:
    """Give a sentence for each thing that works, and that somebody should know of before others come in."""
    yield from _open_folders(environment)
    if not environment.is_public:
        return
    if not environment.proxies:
        yield (
            f"People reach this server at {environment.address} without TLS, so whoever shares their network can read "
            "along. Put a proxy that ends TLS in front of it, and set ALONGSIDE_PROXIES=1 (docs/hosting.md)."
        )
    if not (environment.keys / PUBLIC_FILE).exists():
        yield "No backups are taken: there is no backup key. Make one with “alongside backup-key” (docs/hosting.md)."
    together = _common_folder(environment.data, environment.keys)
    if together:
        yield (
            f"Data and keys lie together in {together}: one copy of that folder holds both. "
            "Set ALONGSIDE_KEYS to a folder elsewhere that no backup takes along, and move the keys there."
        )


def make_data_folder(environment: Environment) -> None:
    """Make the data folder, for this user alone. Raises ``SettingError`` when it or the database is not writable."""
    folder = environment.data
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise SettingError(
            f"The data folder {folder} cannot be written ({error.strerror}). "
            "Set ALONGSIDE_DATA to a folder that this user may write, or make room on its disk."
        ) from error
    for file in folder.glob("alongside.sqlite3*"):
        if not os.access(file, os.R_OK | os.W_OK):
            raise SettingError(f"The database {file} cannot be written. Give it to the user that runs Alongside.")


def refuse_silent_database(environment: Environment) -> None:
    """Raise ``SettingError`` when PostgreSQL is asked for and does not answer within five seconds.

    Nothing that is shown holds the password. Django's settings must be readable.
    """
    if not environment.database_url:
        return
    import psycopg  # only where PostgreSQL is used
    from django.db import connection

    parameters: dict[str, Any] = {**connection.get_connection_params(), "connect_timeout": SECONDS_TO_ANSWER}
    place = f"{parameters.get('host') or 'the local socket'}, database “{parameters.get('dbname', '')}”"
    try:
        with psycopg.connect(**{name: parameters[name] for name in parameters if name != "context"}) as answering:
            major = answering.info.server_version // 10_000
    except psycopg.Error as error:
        raise SettingError(
            f"PostgreSQL does not answer at {place} ({_without_password(error, parameters.get('password'))}). "
            "Start it, or correct DATABASE_URL."
        ) from None
    if major < OLDEST_POSTGRESQL:
        raise SettingError(f"PostgreSQL at {place} is version {major}. Use {OLDEST_POSTGRESQL} or newer.")


def refuse_old_tables() -> None:
    """Raise ``SettingError`` when the database's tables are missing or of an older version."""
    from alongside.config import tables  # Django's settings must be readable

    if tables.is_older():
        if tables.is_in_use():
            raise SettingError(tables.NEEDS_AN_UPDATE)
        raise SettingError("The database is not prepared for this version. Run “alongside prepare” first.")


def refuse_missing_model(environment: Environment) -> None:
    """Raise ``SettingError`` when the rating model is missing or damaged."""
    from alongside.core.rating.model import verify  # brings the run time of the model along
    from alongside.core.rating.rating import ModelUnavailableError

    if environment.model is not None and not environment.model.is_dir():
        raise SettingError(
            f"ALONGSIDE_MODEL is {environment.model}, and there is no such folder. "
            "Correct it, or leave it empty for the model that ships."
        )
    try:
        verify(environment.model)
    except ModelUnavailableError as error:
        raise SettingError(str(error)) from error


@register()
def show_contradictions(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Show the same to whoever runs Django's commands in another way."""
    return [Error(sentence, id="alongside.E001") for sentence in contradictions(read_environment())]


@register(deploy=True)
def show_warnings(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Show to ``alongside check --deploy`` what ``alongside serve`` says when it starts."""
    return [Warning(sentence, id="alongside.W001") for sentence in warnings(read_environment())]


def _in_hosts(environment: Environment) -> Iterator[str]:
    if environment.debug and environment.is_public:
        yield (
            "ALONGSIDE_DEBUG shows errors in full, with what people wrote, and others can reach this server. "
            "Set ALONGSIDE_DEBUG=0, or leave HOST and ALONGSIDE_HOSTS empty."
        )
    if environment.host not in LOCAL_ADDRESSES and not environment.hosts:
        yield (
            f"HOST is {environment.host}, so others can reach this server, but no name is set at which it answers. "
            "Set ALONGSIDE_HOSTS to the name in its address, or leave HOST empty."
        )
    yield from _in_talk_hosts(environment)
    for host in environment.hosts:
        if not HOST_NAME.fullmatch(host):
            yield f"ALONGSIDE_HOSTS holds “{host}”. Write names alone, such as allies.example.org, joined by commas."
    if environment.proxies and not environment.hosts:
        yield (
            "ALONGSIDE_PROXIES says that a proxy stands in front, but no name is set at which people come in. "
            "Set ALONGSIDE_HOSTS to the name in its address, or ALONGSIDE_PROXIES=0."
        )


def _in_talk_hosts(environment: Environment) -> Iterator[str]:
    if environment.talk_there_only and not environment.talk_hosts:
        yield (
            "ALONGSIDE_TALK_THERE_ONLY=1 takes /talk/ from every name, and none is set at which it answers. Set "
            "ALONGSIDE_TALK_HOSTS, or ALONGSIDE_TALK_THERE_ONLY=0."
        )
    if environment.talk_hosts and not environment.hosts:
        yield (
            "ALONGSIDE_TALK_HOSTS names where people come to talk, but no name is set for everybody else, allies among "
            "them. Set ALONGSIDE_HOSTS."
        )
    for host in environment.talk_hosts:
        if not HOST_NAME.fullmatch(host) or host.startswith("."):
            yield (
                f"ALONGSIDE_TALK_HOSTS holds “{host}”. Write names alone, such as notes.example.org, joined by commas."
            )
        if host in environment.hosts:
            yield (
                f"{host} stands in ALONGSIDE_HOSTS and in ALONGSIDE_TALK_HOSTS, and can be the name of one only. Take "
                "it out of one of them."
            )


def _in_folders(environment: Environment) -> Iterator[str]:
    data, backups = environment.data.resolve(), environment.backups.resolve()
    if backups.is_relative_to(data) or data.is_relative_to(backups):
        yield (
            f"The backups in {backups} and the data in {data} lie in one another, so that one mishap takes both. "
            "Set ALONGSIDE_BACKUPS to a folder elsewhere."
        )
    if environment.keys.resolve().is_relative_to(backups):
        yield (
            f"The keys in {environment.keys} lie among the backups, so that whoever copies those takes them along. "
            "Set ALONGSIDE_BACKUPS or ALONGSIDE_KEYS to a folder elsewhere."
        )


def _in_mail(environment: Environment) -> Iterator[str]:
    if not environment.mail:
        return
    if not _is_address(environment.mail, ("smtp", "smtps")):
        yield (
            "ALONGSIDE_MAIL is no mail server’s address. Write it as smtp://user:password@host:587 or "
            "smtps://user:password@host:465, or leave it empty for no mail."
        )
    if "@" not in environment.mail_from:
        yield (
            "ALONGSIDE_MAIL names a mail server, but ALONGSIDE_MAIL_FROM no address that mail comes from. "
            "Set it, such as workshop@example.org, or leave ALONGSIDE_MAIL empty."
        )


def _in_database_address(environment: Environment) -> Iterator[str]:
    url = environment.database_url
    if not url:
        return
    if not _is_address(url, ("postgres", "postgresql"), host_needed=False) or not urlsplit(url).path.strip("/"):
        yield (
            "DATABASE_URL is no PostgreSQL address. Write it as postgres://user:password@host:5432/name, with signs "
            "such as @ or / in the password percent-encoded, or leave it empty for SQLite in the data folder."
        )


def _in_leaving(environment: Environment) -> Iterator[str]:
    url = environment.leave_to
    if not _is_address(url, ("https", "http")) or not url.isprintable() or " " in url:
        yield (
            f"ALONGSIDE_LEAVE_TO is “{url}”. Write the whole address of a site that anybody might look at, such as "
            "https://www.wikipedia.org/."
        )
    elif urlsplit(url).hostname in (*environment.hosts, *environment.talk_hosts):
        yield (
            "ALONGSIDE_LEAVE_TO leads back to this house, and whoever leaves it in a hurry must not be shown it. "
            "Set it to the address of another site."
        )


def _is_address(url: str, schemes: tuple[str, ...], *, host_needed: bool = True) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme in schemes and (bool(parts.hostname) or not host_needed) and port != 0


def _open_folders(environment: Environment) -> Iterator[str]:
    for path in (environment.keys, *(environment.keys / name for name in SECRET_FILES)):
        if path.exists() and path.stat().st_mode & 0o077:
            yield f"Others on this machine may read {path}. Close it: chmod go= {path}"
    if environment.is_public and environment.data.exists() and environment.data.stat().st_mode & 0o007:
        yield f"Others on this machine may read {environment.data}. Close it: chmod o= {environment.data}"


def _common_folder(data: Path, keys: Path) -> Path | None:
    """Give the folder that holds both: one of the two, or the one in which they lie side by side."""
    data, keys = data.resolve(), keys.resolve()
    if keys.is_relative_to(data):
        return data
    if data.is_relative_to(keys):
        return keys
    side_by_side = data.parent == keys.parent and data.parent != Path(data.anchor)
    return data.parent if side_by_side else None


def _without_password(error: Exception, password: object) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    reason = (lines[0] if lines else type(error).__name__).rstrip(".")
    return reason.replace(str(password), "…") if password else reason

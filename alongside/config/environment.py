"""Every setting that an organisation can make, read once from the environment.

The table in ``docs/settings.md`` is compared with ``SETTINGS`` by a test.
"""

import os
from dataclasses import dataclass
from pathlib import Path

SETTINGS: dict[str, tuple[str, str]] = {
    "HOST": ("127.0.0.1", "The address to listen on. Leave it unless the server itself faces a network."),
    "PORT": ("8000", "The port to listen on."),
    "DATABASE_URL": ("", "A PostgreSQL address (`postgres://…`). Empty: SQLite in the data folder."),
    "ALONGSIDE_DATA": ("var", "The data folder: database, uploaded media, collected style sheets."),
    "ALONGSIDE_KEYS": ("keys", "The folder of secret keys. Keep it away from the data folder and its backups."),
    "ALONGSIDE_BACKUPS": ("backups", "The folder of backups, not inside the data folder. Copy it to another machine."),
    "ALONGSIDE_HOSTS": ("", "The public host names, comma-separated. Empty: this machine only."),
    "ALONGSIDE_TALK_HOSTS": (
        "",
        "Neutral host names at which nothing answers but `/talk/`, such as `notes.example.org`. Empty: none.",
    ),
    "ALONGSIDE_TALK_THERE_ONLY": (
        "0",
        "1: `/talk/` answers at `ALONGSIDE_TALK_HOSTS` alone, and is not found at the other names.",
    ),
    "ALONGSIDE_PROXIES": (
        "0",
        "How many reverse proxies stand in front. 1 or more: they end TLS, and cookies are sent over TLS only.",
    ),
    "ALONGSIDE_MAIL": (
        "",
        "The mail server: `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465`. Empty: no mail.",
    ),
    "ALONGSIDE_MAIL_FROM": ("", "The address that mail comes from. Needed with `ALONGSIDE_MAIL`."),
    "ALONGSIDE_LEAVE_TO": (
        "https://www.wikipedia.org/",
        "Where “leave now” leads from the pages of `/talk/`: a site that anybody might look at, by its whole address.",
    ),
    "ALONGSIDE_WORKERS": ("1", "Web server processes. Each that has rated a reply holds the model in memory."),
    "ALONGSIDE_MODEL": ("", "A folder with another rating model. Empty: the model that ships."),
    "ALONGSIDE_DEBUG": ("0", "1 shows errors in full to whoever causes them. For developers, on this machine only."),
}
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
LOCAL_ADDRESSES = ("localhost", "127.0.0.1", "::1")


class SettingError(Exception):
    """A setting that cannot be right; the message is a sentence that says what to do."""


@dataclass(frozen=True)
class Environment:
    """The settings, parsed. Folders are absolute; numbers are in range."""

    host: str
    port: int
    database_url: str
    data: Path
    keys: Path
    backups: Path
    hosts: tuple[str, ...]
    talk_hosts: tuple[str, ...]
    talk_there_only: bool
    proxies: int
    mail: str
    mail_from: str
    leave_to: str
    workers: int
    model: Path | None
    debug: bool

    @property
    def is_public(self) -> bool:
        """Whether people beyond this machine can reach the server."""
        return bool({*self.hosts, *self.talk_hosts} - set(LOCAL_HOSTS)) or self.host not in LOCAL_ADDRESSES

    @property
    def address(self) -> str:
        """Where a person opens the site, without a slash at the end."""
        return self._address_at(self.hosts)

    @property
    def talk_address(self) -> str:
        """Where ``/talk/`` lies for everybody else to lead to it: at its own name, if it has one."""
        return f"{self._address_at(self.talk_hosts or self.hosts)}/talk/"

    def _address_at(self, names: tuple[str, ...]) -> str:
        if names and self.proxies:
            return f"https://{names[0]}"
        everywhere = self.host in ("0.0.0.0", "::")  # noqa: S104
        host = names[0] if names else "localhost" if everywhere else self.host
        if ":" in host and not host.startswith("["):
            host = f"[{host}]"
        return f"http://{host}:{self.port}"


def read_environment(environ: dict[str, str] | None = None) -> Environment:
    """Parse ``environ`` (the process's own when ``None``).

    Raises ``SettingError`` for a value out of its range; contradictions between values are left to ``checks``.
    """
    given = dict(os.environ) if environ is None else environ
    value = {name: given.get(name, "").strip() or default for name, (default, _) in SETTINGS.items()}
    return Environment(
        host=value["HOST"],
        port=_whole_number("PORT", value["PORT"], 1, 65535),
        database_url=value["DATABASE_URL"],
        data=Path(value["ALONGSIDE_DATA"]).absolute(),
        keys=Path(value["ALONGSIDE_KEYS"]).absolute(),
        backups=Path(value["ALONGSIDE_BACKUPS"]).absolute(),
        hosts=_names(value["ALONGSIDE_HOSTS"]),
        talk_hosts=_names(value["ALONGSIDE_TALK_HOSTS"]),
        talk_there_only=bool(_whole_number("ALONGSIDE_TALK_THERE_ONLY", value["ALONGSIDE_TALK_THERE_ONLY"], 0, 1)),
        proxies=_whole_number("ALONGSIDE_PROXIES", value["ALONGSIDE_PROXIES"], 0, 10),
        mail=value["ALONGSIDE_MAIL"],
        mail_from=value["ALONGSIDE_MAIL_FROM"],
        leave_to=value["ALONGSIDE_LEAVE_TO"],
        workers=_whole_number("ALONGSIDE_WORKERS", value["ALONGSIDE_WORKERS"], 1, 64),
        model=Path(value["ALONGSIDE_MODEL"]).absolute() if value["ALONGSIDE_MODEL"] else None,
        debug=bool(_whole_number("ALONGSIDE_DEBUG", value["ALONGSIDE_DEBUG"], 0, 1)),
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip().lower() for name in text.split(",") if name.strip())


def _whole_number(name: str, text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise SettingError(f"{name} is “{text}”. Set it to a whole number from {least} to {most}.")
    return int(text)

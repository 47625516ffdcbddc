"""What is shipped for a server agrees with itself, and a server calls nobody."""

import os
import re
import subprocess
import sys
from pathlib import Path

from alongside.config.cli import COMMANDS
from alongside.config.environment import SETTINGS

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs" / "hosting.md").read_text("utf-8")
UNIT, UNIT_OF_TALK = (
    (ROOT / "deploy" / f"{name}.service").read_text("utf-8") for name in ("alongside", "alongside-talk")
)


def blocks() -> list[str]:
    """What the guide tells one to type or to write."""
    return re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)


def settings() -> dict[str, str]:
    lines = [line for block in blocks() for line in block.splitlines()]
    return dict(line.split("=", 1) for line in lines if re.match(r"ALONGSIDE_[A-Z_]+=", line))


def test_every_command_and_setting_in_the_guide_is_one():
    typed = "\n".join(blocks()) + "\n".join(re.findall(r"`(alongside [^`]+)`", GUIDE))
    commands = set(re.findall(r"(?:^|org )alongside ([a-z-]+)", typed, re.MULTILINE))
    assert {"backup", "restore", "update", "backup-key"} <= commands <= COMMANDS.keys() | {"help"}
    assert settings().keys() <= SETTINGS.keys()
    for option in ("--key", "--over", "--check"):
        assert option in GUIDE


def test_every_file_that_is_shipped_for_a_server_is_in_the_guide():
    shipped = {path.name for path in (ROOT / "deploy").iterdir()}
    assert shipped == set(re.findall(r"deploy/([A-Za-z.-]+)", GUIDE))


def test_the_service_may_write_where_the_settings_say_and_nowhere_else():
    folders = {settings()[f"ALONGSIDE_{name}"] for name in ("DATA", "KEYS", "BACKUPS")}
    for unit in (UNIT, UNIT_OF_TALK):
        writable = re.search(r"^ReadWritePaths=(.*)$", unit, re.MULTILINE)
        assert writable
        assert set(writable[1].split()) == folders
    assert all(folder in GUIDE.split("## The proxy")[0] for folder in folders)


def test_the_proxies_put_in_what_one_proxy_is_believed():
    assert settings()["ALONGSIDE_PROXIES"] == "1"
    nginx = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in nginx
    assert "proxy_set_header X-Forwarded-Proto https;" in nginx
    assert nginx.count("access_log off;") == nginx.count("server {")


def test_the_server_of_survivors_alone_is_kept_in_as_the_other_is():
    only_there = set(UNIT_OF_TALK.splitlines()) - set(UNIT.splitlines())
    settings = {line.partition("=")[0] for line in only_there if line[:1].isalpha()}
    assert settings == {"Description", "After", "ExecStart"}
    assert "PORT=8001" in UNIT_OF_TALK
    assert UNIT_OF_TALK.split("ProtectSystem")[1] == UNIT.split("ProtectSystem")[1]


def test_the_model_calls_nobody_and_leaves_nothing_in_the_home_folder(tmp_path):
    """Its run time keeps an id of the machine and a queue there for what it would send to its maker."""
    code = "from alongside.core.rating.model import load_model; load_model()"
    without = {name: value for name, value in os.environ.items() if name not in {"CI", "ORT_DISABLE_TELEMETRY"}}
    environment = {**without, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []

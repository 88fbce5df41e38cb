"""The files of deploy/ start densai as it is, and belong together."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from simulator import cli
from simulator.app import create_app
from simulator.command_options import command_parser
from simulator.settings import Settings
from tests.cluster import nginx
from tests.docs.pages import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DEPLOY = ROOT / "deploy"
COMPOSE = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
KUBERNETES = "".join(file.read_text(encoding="utf-8") for file in sorted(DEPLOY.glob("kubernetes/*.yaml")))
UNITS = sorted(DEPLOY.glob("systemd/*.service"))
SYSTEMD = shutil.which("systemd-analyze")
EXAMPLES = {"DENSAI_HOST": "densai.example.jp", "DENSAI_DATABASE": "postgresql+psycopg://u@h/d"}


def commands() -> Iterator[list[str]]:
    """Yield the arguments of densai in every file, with examples for what a site fills in."""
    for text in re.findall(r"command: \[(.*?)\]\n", COMPOSE, re.DOTALL):
        yield re.findall(r'"([^"]*)"', text)
    for text in re.findall(r"args:\n((?: +[-#] .*\n)+)", KUBERNETES):
        yield re.findall(r"- (\S+)", text)
    for unit in UNITS:
        yield re.findall(r"^ExecStart=/opt/densai/bin/densai (.*)$", unit.read_text(), re.MULTILINE)[
            0
        ].split()


def filled(argument: str) -> str:
    return re.sub(r"\$\{(\w+)[^}]*\}", lambda found: EXAMPLES[found[1]], argument).replace("%i", "8001")


def test_every_file_starts_or_upgrades_it_and_all_options_are_real() -> None:
    kinds = []
    for arguments in commands():
        kinds.append(arguments[0])
        if arguments[0] == "serve":
            settings = cli.settings_from(command_parser().parse_args([filled(each) for each in arguments]))
            assert settings.is_behind_https
            assert settings.database.startswith("postgresql+psycopg://")
    assert sorted(kinds) == ["database"] * 3 + ["serve"] * 3


def test_no_password_stands_on_a_command_line() -> None:
    for arguments in commands():
        assert not re.search(r"://\w+:", " ".join(arguments))


def test_probes_ask_for_what_is_there(tmp_path: Path) -> None:
    app = create_app(Settings(database=f"sqlite:///{tmp_path / 'd.sqlite3'}"))
    there = {rule.rule for rule in app.url_map.iter_rules()}
    app.extensions["densai"].close()
    asked = re.findall(r"path: (/\w+), port", KUBERNETES) + re.findall(r"127\.0\.0\.1:8000(/\w+)", COMPOSE)
    assert len(asked) == 4
    assert set(asked) <= there


def test_a_node_has_longer_to_end_than_it_takes() -> None:
    seconds = re.findall(r"stop_grace_period: (\d+)", COMPOSE)
    seconds += re.findall(r"terminationGracePeriodSeconds: (\d+)", KUBERNETES)
    seconds += re.findall(r"TimeoutStopSec=(\d+)", "".join(unit.read_text() for unit in UNITS))
    assert len(seconds) == 3
    assert min(map(int, seconds)) > 15


def test_the_proxy_leads_to_the_nodes_of_the_compose_file() -> None:
    nodes = re.findall(r"server ([\d.]+):8000", nginx.SITE.read_text(encoding="utf-8"))
    assert len(nodes) == 2
    assert re.findall(r"node\d:\n.*\n.*ipv4_address: ([\d.]+)", COMPOSE) == nodes
    proxy = re.findall(r"--proxy\", \"([\d.]+)", COMPOSE)
    assert re.findall(r"nodes: \{ ipv4_address: ([\d.]+) \}\n\n  database", COMPOSE) == proxy


def test_what_the_proxy_says_itself_is_marked_as_training() -> None:
    said = re.findall(r'return 503 "(.*)";', nginx.SITE.read_text(encoding="utf-8"))
    assert [page.count("訓練用") for page in said] == [2]


@pytest.mark.skipif(not (shutil.which("nginx") or nginx.DEBIAN.exists()), reason="nginx is not installed")
def test_nginx_takes_its_configuration(tmp_path: Path) -> None:
    main = nginx.write_configuration(tmp_path, 8443, [8001, 8002])
    command = [str(nginx.program(tmp_path)), "-t", "-q", "-p", str(tmp_path), "-e", str(tmp_path / "log")]
    assert subprocess.run([*command, "-c", str(main)], check=False).returncode == 0


@pytest.mark.skipif(not SYSTEMD, reason="there is no systemd")
def test_systemd_takes_its_units(tmp_path: Path) -> None:
    """With a program in place of densai that is there."""
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/densai/bin/densai", "/bin/true")
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    units = [str(tmp_path / unit.name) for unit in UNITS]
    done = subprocess.run([str(SYSTEMD), "verify", *units], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")

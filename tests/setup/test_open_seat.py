"""`python -m fixtures.open_seat`: a bank that opens without a seat code, and what a tester needs for it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from itertools import takewhile
from pathlib import Path
from urllib.request import urlopen

from fixtures.open_seat import announced, environment
from simulator.bank.people import people

ROOT = Path(__file__).parents[2]
FILE = ROOT / "fixtures" / "deployments" / "simulator.toml"
SEED = 1560


def test_the_bank_opens_to_anybody_and_the_lines_to_copy_are_its_people() -> None:
    command = [sys.executable, "-m", "fixtures.open_seat", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            told = "".join(takewhile(lambda line: "Ctrl+C" not in line, process.stdout))
            typed = dict(re.findall(r"^export (\w+)='(.*)'$", told, re.MULTILINE))
            with urlopen(typed["DENSAI_START"], timeout=20) as answer:  # noqa: S310  loopback
                assert "当金庫ホームページ" in answer.read().decode()
        finally:
            process.terminate()
    assert typed == environment(people(SEED), typed["DENSAI_START"])


def test_both_shells_get_every_variable_that_the_simulators_file_names() -> None:
    variables = environment(people(SEED), "http://127.0.0.1/")
    told = "\n".join(announced(variables))
    named = set(re.findall(r'env = "(\w+)"', FILE.read_text(encoding="utf-8")))
    assert named == set(variables)
    for line in ("export {}='{}'", "$env:{} = '{}'"):
        assert all(line.format(*each) in told for each in variables.items())


def test_the_people_of_the_seat_are_those_of_the_simulators_file() -> None:
    file = tomllib.loads(FILE.read_text(encoding="utf-8"))["people"]
    for who in (people(SEED).master, people(SEED).general):
        written = [file[who.kind][key] for key in ("login_id", "name", "mail")]
        assert written == [who.login_id, who.name, who.mail]

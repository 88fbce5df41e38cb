"""The commands of the pages: every one names what there is, and all that can run here are run.

A block of ``sh`` is run, in the order of its page and in one shell, in a temporary folder that looks like the
checkout. The comment above a block may change that:

- ``not run: WHY`` is not run;
- ``in a window of its own`` stays in the foreground for the reader: here it is started first, on a free port,
  and what it tells the reader to export is exported;
- ``output``, above a block of ``text``: these lines, 「…」 standing for anything, are in the output of the
  block before it.

A block of ``powershell`` is never run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from itertools import takewhile
from pathlib import Path

import pytest

from simulator.cli import main
from simulator.command_table import DATABASE
from tests.docs.pages import ROOT, Block, blocks, name_of, pages, text_of

NOT_RUN, WINDOW, OUTPUT = "not run: ", "in a window of its own", "output"
SHELLS = ("sh", "powershell")
COMMANDS = (
    "serve",
    "bank",
    "database",
    "xapi",
    "accept",
    "probe",
    "drift",
    "verify",
    "history",
    "sign",
    "publish",
)
# What belongs to the work in the checkout alone is not in the folder that a page's commands are run in.
NOT_THERE = {".venv", ".git", ".cache", "test-results", "reports"}
SEPARATOR = "\x1e"
SECONDS = 120


def is_runnable(block: Block) -> bool:
    """Return whether a block is run here."""
    return block.language == "sh" and not block.note.startswith(NOT_RUN)


RUN = [path for path in pages() if any(map(is_runnable, blocks(path)))]


# What they name ---------------------------------------------------------------------------------


def lines() -> Iterator[tuple[str, str]]:
    """Yield the name of a page and a command of it, without its comment; a continued line is one."""
    for path in pages():
        for block in blocks(path):
            for line in re.sub(r"\s*[\\`]\n\s*", " ", block.text).splitlines():
                bare = re.sub(r"(^|\s)#.*", "", line).strip()
                if block.language in SHELLS and bare:
                    yield name_of(path), bare


def test_every_option_of_densai_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    known = {name: options_of(name, capsys) for name in COMMANDS}
    for name, line in lines():
        if asked := re.search(r"\bdensai ([a-z]+)(.*)", line):
            assert set(re.findall(r"--[a-z][a-z-]*", asked[2])) <= known[asked[1]], f"{name}: {line}"


def options_of(command: str, capsys: pytest.CaptureFixture[str]) -> set[str]:
    for asked in [[command], *([command, doing] for doing in DATABASE if command == "database")]:
        with pytest.raises(SystemExit):
            main([*asked, "--help"])
    return set(re.findall(r"--[a-z][a-z-]*", capsys.readouterr().out))


def test_every_make_command_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    known = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    for path in pages():
        asked = set(re.findall(r"(?:^ *|`)make ([a-z][a-z-]*)", text_of(path), re.MULTILINE))
        assert asked <= known, name_of(path)


def test_every_python_module_is_there() -> None:
    asked = [
        (name, found[1]) for name, line in lines() if (found := re.search(r"python3? -m ([\w.]+)", line))
    ]
    assert [(name, module) for name, module in asked if find_spec(module) is None] == []


# What they do -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("program")  # minutes, some of them
@pytest.mark.parametrize("path", RUN, ids=name_of)
def test_the_commands_of_a_page_run_one_after_another(path: Path, tmp_path: Path) -> None:
    lay_out(tmp_path)
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }
    asked = [block for block in blocks(path) if is_runnable(block)]
    typed = [block for block in asked if block.note != WINDOW]
    with ExitStack() as windows:
        exports = [
            windows.enter_context(window(block.text.split(), tmp_path, environment))
            for block in asked
            if block.note == WINDOW
        ]
        told = outputs(typed, exports, tmp_path, environment)
    for block, shown in shown_after(path):
        output = told[typed.index(block)]
        assert [line for line in shown if not re.search(pattern_of(line), output)] == [], output


def lay_out(folder: Path) -> None:
    """Make a folder look like the checkout, and keep what is written beside the files out of the checkout."""
    for entry in ROOT.iterdir():
        if entry.name not in NOT_THERE and not entry.name.endswith(".sqlite3"):
            (folder / entry.name).symlink_to(entry)


@contextmanager
def window(command: Sequence[str], folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """Run a command that stays in the foreground, on a free port; the lines that it says to export."""
    program = shutil.which(command[0], path=environment["PATH"])
    assert program
    asked = [program, *command[1:], "--port", "0"]
    with subprocess.Popen(asked, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            told = takewhile(lambda line: "Ctrl+C" not in line, process.stdout)
            yield "".join(line for line in told if line.startswith("export "))
        finally:
            process.terminate()


def outputs(
    typed: Sequence[Block], before: Sequence[str], folder: Path, environment: dict[str, str]
) -> list[str]:
    """Run the blocks in one shell; what each has printed. Fails for an exit code other than 0."""
    parts = [f"printf '{SEPARATOR}'\n{block.text}" for block in typed]
    script = "\n".join(["exec 2>&1", "set -eu", *before, *parts])
    done = subprocess.run(
        ["/bin/sh", "-c", script],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout.split(SEPARATOR)[1:]


def shown_after(path: Path) -> Iterator[tuple[Block, list[str]]]:
    """Yield each block whose output the page shows, with the lines shown."""
    all_ = list(blocks(path))
    for place, block in enumerate(all_):
        if block.note == OUTPUT:
            yield all_[place - 1], [line for line in block.text.splitlines() if line != "…"]


def pattern_of(line: str) -> str:
    return ".*".join(map(re.escape, line.split("…")))

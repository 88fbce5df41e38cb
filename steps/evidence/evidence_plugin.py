"""pytest plugin: `--evidence FOLDER` keeps evidence of every scenario. Without it nothing here runs.

One process tells one story in order, so pytest-xdist is refused, and so is whatever would record
passwords: traces, films and unmasked pictures.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

UNMASKED = ("--tracing", "--video", "--screenshot")


def pytest_addoption(parser: pytest.Parser) -> None:
    """One option and how to go on in a folder that has evidence already."""
    group = parser.getgroup("evidence", "証跡")
    group.addoption(
        "--evidence", type=Path, metavar="FOLDER", help="画面の記録と報告書を、新しいフォルダーに残します"
    )
    group.addoption(
        "--evidence-resume", action="store_true", help="途中で終わった実行の証跡フォルダーに続けて残します"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Before junitxml looks where to write. Raises pytest.UsageError for what does not go together."""
    folder = config.getoption("--evidence")
    if folder is None or hasattr(config, "workerinput"):
        return
    if config.getoption("numprocesses", None):
        raise pytest.UsageError("証跡は 1 つずつ順に残します。--evidence と -n は一緒に指定できません。")
    for option in UNMASKED:
        if config.getoption(option, "off") != "off":
            raise pytest.UsageError(
                f"{option} の記録にはパスワードが残ります。--evidence と一緒に指定できません。"
            )
    watching = import_module("steps.evidence.recorder_hooks").RecorderHooks(config, folder.absolute())
    config.option.xmlpath = config.option.xmlpath or str(watching.junit.file)
    config.pluginmanager.register(watching, "densai-evidence")

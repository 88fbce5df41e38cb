"""pytest plugin: `--evidence FOLDER` keeps evidence of every scenario. Without it nothing here runs.

One process tells one story in order, so pytest-xdist is refused, and so is whatever would record
passwords: traces, films and unmasked pictures.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from steps.evidence.recorder import RunInfo
    from steps.evidence.run_records import Scenario

# Whoever knows the deployment says what is tested, which secrets there are besides the story's own, and
# why a scenario that was not chosen is not run.
RUN: pytest.StashKey[RunInfo] = pytest.StashKey()
SECRETS: pytest.StashKey[Callable[[], set[str]]] = pytest.StashKey()
WHY_NOT: pytest.StashKey[Callable[[Scenario], str]] = pytest.StashKey()
# Of a test: that it is known to be skipped before anything has run, so its lines are none to wait for.
NOT_PLAYED: pytest.StashKey[bool] = pytest.StashKey()
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

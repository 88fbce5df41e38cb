"""pytest plugin: `--evidence FOLDER` records evidence of every scenario; without the option it does nothing.

Evidence is the record of one process running scenarios in order, so pytest-xdist is refused, and so are
traces, videos and pytest-playwright's own screenshots, which would hold passwords.
"""

from __future__ import annotations

from pathlib import Path

import pytest

UNMASKED = ("--tracing", "--video", "--screenshot")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the evidence."""
    group = parser.getgroup("evidence", "証跡")
    group.addoption(
        "--evidence", type=Path, metavar="FOLDER", help="画面の記録と報告書を、新しいフォルダーに残します"
    )
    group.addoption(
        "--evidence-resume", action="store_true", help="途中で終わった実行の証跡フォルダーに続けて残します"
    )
    group.addoption(
        "--messages", type=Path, metavar="FILE", help="結果を Cucumber Messages (NDJSON) でも残します"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Register the recording hooks, before any other plugin prepares its own part of the run.

    Raises pytest.UsageError for options that exclude each other, and for a folder that may not be used.
    """
    folder = config.getoption("--evidence")
    _check_messages(config.getoption("--messages"), folder)
    if folder is None or hasattr(config, "workerinput"):
        return
    if config.getoption("numprocesses", None):
        raise pytest.UsageError("証跡は 1 つずつ順に残します。--evidence と -n は一緒に指定できません。")
    for option in UNMASKED:
        if config.getoption(option, "off") != "off":
            raise pytest.UsageError(
                f"{option} の記録にはパスワードが残ります。--evidence と一緒に指定できません。"
            )
    # Imported late: the reports' libraries take 0.15 s to import, and most runs record no evidence.
    from steps.evidence.recorder_hooks import RecorderHooks  # noqa: PLC0415

    config.pluginmanager.register(RecorderHooks(config, folder.absolute()), "densai-evidence")


def _check_messages(file: Path | None, folder: Path | None) -> None:
    """Raise pytest.UsageError for a file of messages that could not be written at the end."""
    if file is None:
        return
    if folder is None:
        raise pytest.UsageError("--messages には画面の記録が要ります。--evidence も指定してください。")
    try:
        usable = file.is_file() or not file.exists()
        usable = usable and not any(each.is_file() for each in file.absolute().parents)
    except OSError:  # a name that no file can have
        usable = False
    if not usable:
        raise pytest.UsageError(f"--messages にはファイルを指定してください: {file}")

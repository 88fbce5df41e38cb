"""The end of a run: its JUnit report, the seal, the exit code, and the lines that are printed last."""

from __future__ import annotations

from pathlib import Path

import pytest

from steps.evidence.cucumber_messages import write_messages
from steps.evidence.disk import EvidenceError, write_file
from steps.evidence.junit import JunitReport, free_file
from steps.evidence.recorder import Recorder
from steps.evidence.run_records import JUNIT
from steps.evidence.sealing import Sealed
from steps.exit_codes import ExitCode
from steps.masking import masked
from steps.pytest_internals import terminal_reporter


class RunEnd:
    """Seals the evidence of one run and prints where it is."""

    def __init__(self, config: pytest.Config, folder: Path) -> None:
        self._config, self._folder = config, folder
        self.junit = JunitReport(_suite_name(config))
        self._messages: Path | None = config.getoption("--messages")
        self._lines: list[tuple[str, bool]] = []

    def seal(self, session: pytest.Session, recorder: Recorder, reason: str, secrets: set[str]) -> None:
        """Write the reports and the seal; the session's exit code says if that failed, or a secret was found.

        reason: why the run ends before its end; "" where it does not.
        """
        try:
            content = self.junit.content(lambda text: masked(text, secrets))
            write_file(free_file(self._folder / JUNIT), content)
            recorder.end(reason)
            self._write_messages(session, secrets)
            sealed = recorder.seal(self._outside())
        except EvidenceError as error:
            again = f"densai verify {self._folder} --report"
            self.fail(session, f"{error} 空きを作ってから {again} で報告書を作り直せます。")
        except ValueError as error:
            self.fail(session, f"{error} 証跡を閉じられません。 The evidence cannot be sealed.")
        else:
            self._report(session, sealed)

    def _write_messages(self, session: pytest.Session, secrets: set[str]) -> None:
        if self._messages is None:
            return
        try:
            write_messages(self._folder, self._messages, lambda text: masked(text, secrets))
        except EvidenceError as error:
            self.fail(session, f"--messages のファイルを書けませんでした。{error}")
        else:
            self._lines.append((f"Cucumber Messages: {self._messages}", False))

    def fail(self, session: pytest.Session, sentence: str) -> None:
        """Let the session end as aborted, for this reason."""
        session.exitstatus = ExitCode.STOPPED
        self._lines.append((sentence, True))

    def print(self) -> None:
        """Print the last lines of the run: its folder and its seal, or what is wrong with it."""
        for text, bad in self._lines:
            terminal_reporter(self._config).write_line(text, red=bad)

    def _report(self, session: pytest.Session, sealed: Sealed) -> None:
        self._lines += [
            (f"証跡: {self._folder}", False),
            (f"封印（manifest.json の SHA-256）: {sealed.seal}", False),
        ]
        if sealed.found:
            session.exitstatus = ExitCode.SECRET
            self._lines.append(("パスワードが含まれています。この証跡を渡さないでください。", True))
            self._lines += [(f"  {each}", True) for each in sealed.found]

    def _outside(self) -> list[Path]:
        """Return what the gate searches outside the folder: pictures of failures, other reports."""
        junit = self._config.getoption("xmlpath", None)
        places = [self._config.getoption("--output"), junit, self._messages]
        return [Path(place).absolute() for place in places if place]


def _suite_name(config: pytest.Config) -> str:
    """Return the name of the suite by pytest's own setting."""
    return str(config.getini("junit_suite_name")) if config.pluginmanager.hasplugin("junitxml") else "pytest"

"""The JUnit report as a part of the evidence: on a full disk pytest itself would break off there."""

from __future__ import annotations

from itertools import chain, count
from pathlib import Path

import pytest
from _pytest.junitxml import LogXML

from steps.evidence.disk import EvidenceError, write_file
from steps.evidence.run_records import JUNIT


class Junit:
    """Where this run's report belongs (that of an earlier part of it stays), and its writing."""

    def __init__(self, config: pytest.Config, folder: Path) -> None:
        self._config, self.file = config, _free(folder / JUNIT)
        self._writer: LogXML | None = None

    def take(self) -> None:
        """Keep pytest from writing it: everything that it tells of is over."""
        plugins = self._config.pluginmanager
        self._writer = next((each for each in plugins.get_plugins() if isinstance(each, LogXML)), None)
        if self._writer:
            plugins.unregister(self._writer)

    def write(self) -> None:
        """Write it; where somebody has named another place, a copy is kept here. Raises EvidenceError."""
        if not self._writer:
            return
        source = Path(self._config.option.xmlpath)
        try:
            self._writer.pytest_sessionfinish()
            if source.absolute() != self.file:
                write_file(self.file, source.read_bytes())
        except OSError as error:
            source.unlink(missing_ok=True)  # half of it is of no use
            raise EvidenceError(f"証跡を保存できません: {source.name}（{error.strerror}）") from None
        finally:
            self._config.pluginmanager.register(self._writer)  # pytest takes it away once more


def _free(file: Path) -> Path:
    """This file, or where it is there already the first of name-2, name-3 and so on that is not."""
    others = (file.with_stem(f"{file.stem}-{number}") for number in count(2))
    return next(each for each in chain([file], others) if not each.exists())

"""pytest's first plugin: `--bank FILE` chooses the bank before any other plugin reads a text of it."""

from __future__ import annotations

import os

import pytest

from simulator.banks.asked import OPTION, value_of
from simulator.banks.chosen import bank, choose, choose_from_environment, is_default
from simulator.banks.pack import PackError

XDIST_WORKER = "PYTEST_XDIST_WORKER"  # in whose environment the pack was looked through already


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Register --bank, and choose: plugins that are named after this one are imported after it."""
    parser.addoption(OPTION, metavar="FILE", help="名前、人、数字、言葉を書いた銀行パック（TOML）")
    config = pluginmanager.get_plugin("pytestconfig")
    assert isinstance(config, pytest.Config)
    try:
        if asked := value_of(OPTION, [str(each) for each in config.invocation_params.args]):
            choose(config.invocation_params.dir / asked)
        else:
            choose_from_environment()
        if not is_default() and XDIST_WORKER not in os.environ:
            # Imported late: it reads the features.
            from simulator.manual.pack_check import check_sentences  # noqa: PLC0415

            check_sentences()
    except PackError as error:
        raise pytest.UsageError(str(error)) from None


def pytest_report_header() -> str | None:
    """Tell which bank it is, where it is not the default one."""
    return None if is_default() else f"bank: {bank().id} ({bank().path})"

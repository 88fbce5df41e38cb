"""One table of exit codes for the testing commands, none of which means something else to pytest."""

from __future__ import annotations

import pytest

from simulator import cli
from simulator.command_table import TESTING, ExtraCommand
from steps.exit_codes import MEANINGS, ExitCode, epilog, markdown

SAME_AS_PYTEST = {ExitCode.PASSED: pytest.ExitCode.OK, ExitCode.FAILED: pytest.ExitCode.TESTS_FAILED}


def test_no_code_means_something_else_to_pytest() -> None:
    pytests = {code.value for code in pytest.ExitCode}
    assert {code.value for code in ExitCode if code.value in pytests} == set(map(int, SAME_AS_PYTEST))
    assert all(ours.value == theirs.value for ours, theirs in SAME_AS_PYTEST.items())


def test_every_code_has_its_meaning_in_the_table_and_in_the_help() -> None:
    assert list(MEANINGS) == list(ExitCode)
    for code, (japanese, english) in MEANINGS.items():
        assert f"| {code.value} | {japanese} | {english} |\n" in markdown()
        assert f" {code.value}  {japanese}" in epilog()
    assert markdown().count("\n") == len(ExitCode) + 2


@pytest.mark.parametrize("command", TESTING)
def test_a_wrong_option_ends_each_command_with_the_code_for_it(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([command])  # each of them needs something
    assert ended.value.code == ExitCode.USAGE
    assert f"densai {command}: error: " in capsys.readouterr().err


@pytest.mark.parametrize("command", TESTING)
def test_the_help_of_each_command_has_its_purpose_and_its_codes(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main([command, "--help"])
    told = capsys.readouterr().out
    assert TESTING[command].purpose in told
    assert f" {ExitCode.USAGE.value}  {MEANINGS[ExitCode.USAGE][0]}" in told


def test_a_missing_extra_ends_with_the_code_for_wrong_use(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = ExtraCommand("nowhere.at_all", "main", "")
    monkeypatch.setitem(TESTING, "probe", gone)
    assert cli.main(["probe", "http://x/"]) == ExitCode.USAGE
    assert "densai-sandbox[test]" in capsys.readouterr().err

"""`densai accept`: plans an acceptance, or runs it with pytest and returns its exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from steps.acceptance.accept_settings import AcceptSettings
from steps.acceptance.acceptance_plugin import AcceptancePlugin
from steps.acceptance.asked_part import asked_from
from steps.acceptance.plan import plan
from steps.acceptance.plan_report import plan_report
from steps.acceptance.progress_plugin import ProgressPlugin
from steps.acceptance.vocabulary_plugin import VocabularyPlugin
from steps.command_line import CommandParser
from steps.deployment import DeploymentError, load, resolve
from steps.exit_codes import ExitCode

HERE = Path(__file__).parent
# pytest's own codes that a run can still end with; 0 and 1 mean the same here.
CODES: dict[int, ExitCode] = {
    pytest.ExitCode.INTERRUPTED: ExitCode.STOPPED,
    pytest.ExitCode.INTERNAL_ERROR: ExitCode.STOPPED,
    pytest.ExitCode.USAGE_ERROR: ExitCode.USAGE,
    pytest.ExitCode.NO_TESTS_COLLECTED: ExitCode.USAGE,
}


def accept(arguments: Sequence[str]) -> int:
    """Run or plan an acceptance; return one of ExitCode."""
    typed, rest = accept_parser().parse_known_args(arguments)
    try:
        deployment = load(typed.deployment)
        asked = asked_from(typed.first, typed.last, typed.tags)
        if typed.plan:
            sys.stdout.write(plan_report(deployment, asked, plan(deployment, asked)))
            return ExitCode.PASSED
        settings = AcceptSettings(
            resolve(deployment),
            asked,
            resume=typed.resume,
            restored=typed.restored,
            unlocked=typed.unlocked,
            state=typed.state,
            typed=tuple(arguments),
        )
        if typed.messages:
            rest = [*rest, f"--messages={typed.messages}"]
        return _run(settings, typed.evidence, rest)
    except DeploymentError as error:
        sys.stderr.write(f"{error}\n")
        return ExitCode.USAGE
    except KeyboardInterrupt:  # before pytest could hear of it: nothing has been touched yet
        sys.stderr.write("中止しました。サイトには触れていません。 Stopped before anything was done.\n")
        return ExitCode.STOPPED


def accept_parser() -> argparse.ArgumentParser:
    """Return the parser of `densai accept`, the only place where its options are declared."""
    more = "ほかの引数は pytest に渡します（--headed, --slowmo 500, -x など）。"
    parser = CommandParser("accept", more=more)
    add = parser.add_argument
    add("--deployment", type=Path, required=True, metavar="FILE", help="相手のサイトを書いた TOML")
    add("--from", dest="first", default="", metavar="手順", help="この手順から（前は済んだものとします）")
    add("--until", dest="last", default="", metavar="手順", help="この手順まで")
    add("--tags", default="", help="このタグのきまりだけ。例: R05,R13。none なら 50 手順だけ")
    add("--plan", action="store_true", help="サイトに触れずに、何をするかを一覧にします")
    add("--resume", action="store_true", help="前回止まったところから続けます")
    add("--restored", default="", metavar="ID", help="この利用者のパスワードを、人がファイルの値に直しました")
    add("--unlocked", default="", metavar="ID", help="この利用者の誤りの回数を、サイトで元に戻しました")
    add("--evidence", type=Path, metavar="FOLDER", help="証跡を残すフォルダー")
    add("--messages", type=Path, metavar="FILE", help="結果を Cucumber Messages (NDJSON) でも残すファイル")
    add("--state", type=Path, metavar="FOLDER", help="試行の記録と進み具合の置き場所")
    return parser


def _run(settings: AcceptSettings, evidence: Path | None, rest: Sequence[str]) -> int:
    """Run pytest on all scenarios. evidence: the folder for it. rest: arguments for pytest."""
    options = ["-c", str(HERE / "pytest.ini"), f"--rootdir={HERE}"]
    if settings.state:  # pictures of failures too: pytest-playwright empties that folder when it begins
        options.append(f"--output={settings.state / 'test-results'}")
    if evidence:
        options.append(f"--evidence={evidence}")
        options += ["--evidence-resume"] * (settings.resume and evidence.exists())
    if channel := settings.deployed.file.site.channel:
        options.append(f"--browser-channel={channel}")
    plugins = [AcceptancePlugin(settings), VocabularyPlugin(settings), ProgressPlugin(settings)]
    code = pytest.main([*options, "-q", "-rfEs", *rest, str(HERE / "all_scenarios.py")], plugins=plugins)
    return CODES.get(code, int(code))

"""`densai accept`: what was typed, handed to pytest with the settings of an acceptance run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
PASSED, FAILED, USAGE, ABORTED, SECRET = 0, 1, 2, 3, 4
# pytest's own codes: interrupted, internal error, usage, nothing collected; and plugin.py's for a secret.
CODES = {2: ABORTED, 3: ABORTED, 4: USAGE, 5: USAGE, 104: SECRET}
EPILOG = """ほかの引数は pytest に渡します（--headed, --slowmo 500, -x など）。
終了コード: 0 合格、1 不合格、2 指定や設定ファイルの誤り、3 中止（--resume で再開）、4 証跡に秘密"""


def accept(arguments: Sequence[str]) -> int:
    """Run or plan an acceptance; the exit code."""
    parser = accept_parser()
    typed, rest = parser.parse_known_args(arguments)
    try:
        if typed.plan:
            return _plan(typed)
        return _run(typed, rest)
    except _deployment_error() as error:
        sys.stderr.write(f"{error}\n")
        return USAGE
    except KeyboardInterrupt:  # before pytest could hear of it: nothing has been touched yet
        sys.stderr.write("中止しました。サイトには触れていません。 Stopped before anything was done.\n")
        return ABORTED


def _deployment_error() -> type[Exception]:
    error: type[Exception] = import_module("steps.deployment").DeploymentError
    return error


def accept_parser() -> argparse.ArgumentParser:
    """What can be typed after `densai accept`."""
    parser = argparse.ArgumentParser(
        prog="densai accept",
        description="マニュアルの手順ときまりを、実際のサイトで確かめます。",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
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
    add("--state", type=Path, metavar="FOLDER", help="試行の記録と進み具合の置き場所")
    return parser


def _plan(typed: argparse.Namespace) -> int:
    deployment, running = import_module("steps.deployment"), import_module("steps.acceptance.acceptance_run")
    telling = import_module("steps.acceptance.plan_report")
    made = deployment.load(typed.deployment)
    asked = running.asked_from(typed.first, typed.last, typed.tags)
    sys.stdout.write(telling.told(made, asked, import_module("steps.acceptance.plan").plan(made, asked)))
    return PASSED


def _run(typed: argparse.Namespace, rest: Sequence[str]) -> int:
    pytest = import_module("pytest")
    deployment = import_module("steps.deployment")
    deployed = deployment.resolve(deployment.load(typed.deployment))
    options = ["-c", str(HERE / "pytest.ini"), f"--rootdir={HERE}", f"--deployment={typed.deployment}"]
    values = {"from": typed.first, "until": typed.last, "tags": typed.tags, "state": typed.state}
    values |= {"restored": typed.restored, "unlocked": typed.unlocked}
    options += [f"--{name}={value}" for name, value in values.items() if value]
    if typed.state:  # pictures of failures too: pytest-playwright empties that folder when it begins
        options.append(f"--output={typed.state / 'test-results'}")
    options += ["--resume"] * typed.resume
    if typed.evidence:
        options.append(f"--evidence={typed.evidence}")
        options += ["--evidence-resume"] * (typed.resume and typed.evidence.exists())
    if deployed.file.site.channel:
        options.append(f"--browser-channel={deployed.file.site.channel}")
    code = int(pytest.main([*options, "-q", "-rfEs", *rest, str(HERE / "all_scenarios.py")]))
    return CODES.get(code, code)

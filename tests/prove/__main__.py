"""`make prove`: that the features notice every defect of the catalogue, and nothing on the healthy bank."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from steps.driver.questions import WAYS
from tests.prove.defects.switch import DEFECTS, KINDS, Defect
from tests.prove.score import Outcome, Score, matrix

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
# Where the proof is kept, for each way of answering the features' questions.
KEPT = {"roles": ROOT / "docs" / "proof.md", "words": ROOT / "docs" / "proof_by_words.md"}
WHAT = (
    "`make prove` が作成します。マニュアルのきまりや手順を 1 つだけ破る欠陥を金庫に 1 つずつ入れ、"
    "そのきまりのシナリオ（手順の文の欠陥は、その手順のシナリオ）が失敗することを確かめた結果です。"
)


def main() -> int:
    """0 when every defect was caught and the healthy bank passed."""
    typed = _parser().parse_args()
    chosen = [each for each in DEFECTS.values() if _is_asked_for(each, typed)]
    if not chosen:
        sys.stderr.write("そのような欠陥はありません。 No such defect.\n")
        return 2
    whole = not typed.only and not typed.rule
    began = time.monotonic()
    healthy = not whole or _run([], ["steps"], typed) == pytest.ExitCode.OK
    score = Score(each.id for each in chosen)
    _run([each.id for each in chosen], ["steps/test_features.py"], typed, score)
    told = "\n".join(
        report(chosen, score.outcomes, time.monotonic() - began, healthy=healthy if whole else None)
    )
    print(f"\n{told}")
    if whole:
        KEPT[typed.questions].write_text(f"{told}\n", encoding="utf-8")
    return 0 if healthy and all(each.caught and not each.crashes for each in score.outcomes.values()) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.prove")
    parser.add_argument(
        "--only", action="append", default=[], metavar="ID", help="this defect; may be repeated"
    )
    parser.add_argument(
        "--rule",
        action="append",
        default=[],
        metavar="R05",
        help="this rule, or kind of step; may be repeated",
    )
    parser.add_argument(
        "--questions",
        choices=WAYS,
        default="roles",
        help="how the features ask a screen: by role, or by words as an acceptance does (default: roles)",
    )
    parser.add_argument("--workers", type=int, default=2, help="browsers at once (default: %(default)s)")
    return parser


def _is_asked_for(defect: Defect, typed: argparse.Namespace) -> bool:
    anything = not typed.only and not typed.rule
    return anything or defect.id in typed.only or defect.breaks in typed.rule


def _run(ids: Sequence[str], paths: Sequence[str], typed: argparse.Namespace, *plugins: object) -> int:
    """Run pytest with these defects, one at a time, or on the healthy bank; return its exit code."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["-p", "tests.prove.plugin", "-p", "no:cacheprovider", "--output", folder]
        options += ["--questions", typed.questions]
        options += ["--prove", ",".join(ids), "-p", "no:terminal"] if ids else ["-q", "--tb", "short"]
        shared = ["-n", str(typed.workers), "--dist", "loadgroup"] if typed.workers > 1 else []
        return pytest.main([*options, *shared, *(str(ROOT / path) for path in paths)], list(plugins))


def report(
    chosen: Sequence[Defect], outcomes: dict[str, Outcome], seconds: float, *, healthy: bool | None
) -> list[str]:
    """The whole proof in Markdown; healthy is None where the healthy bank was not tried."""
    caught = [each for each in chosen if outcomes[each.id].caught]
    on_the_way = [each for each in caught if outcomes[each.id].on_the_way]
    rate = 100 * len(caught) // len(chosen)  # never rounded up to all of them
    crashes = [f"- {each.id}: {text}" for each in chosen for text in outcomes[each.id].crashes]
    lines = [
        "# 欠陥を見つけられることの証明",
        "",
        WHAT,
        "",
        f"- 欠陥 {len(chosen)} 件のうち、見つけたもの {len(caught)} 件（{rate}%）",
        f"- そのうち、シナリオの前提を整える途中で見つけたもの {len(on_the_way)} 件",
        f"- 検証の仕組みの側のエラー {len(crashes)} 件",
        f"- 所要時間 {seconds / 60:.1f} 分",
    ]
    if healthy is not None:
        lines.append(f"- 欠陥のない金庫: {'すべて合格' if healthy else '**失敗があります**'}")
    lines += [*(["", "## エラー", "", *crashes] if crashes else []), ""]
    return [*lines, *_tables(chosen, outcomes)]


def _tables(chosen: Sequence[Defect], outcomes: dict[str, Outcome]) -> list[str]:
    lines = []
    for breaks in sorted({each.breaks for each in chosen}, key=lambda breaks: (breaks in KINDS, breaks)):
        lines += [f"## {breaks} {KINDS.get(breaks, '')}".rstrip(), ""]
        lines += [*matrix([each for each in chosen if each.breaks == breaks], outcomes), ""]
    return lines[:-1]


if __name__ == "__main__":
    raise SystemExit(main())

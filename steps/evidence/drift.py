"""`densai drift OURS THEIRS`: the differences between the screens of two runs of the same steps."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from simulator.manual.wording import fold
from steps.command_line import CommandParser
from steps.evidence import sealing
from steps.evidence.disk import EvidenceError, write_file
from steps.evidence.run_records import DRIFT, Difference, Screen, read_screens
from steps.evidence.run_results import read_results
from steps.evidence.verify import verify
from steps.exit_codes import ExitCode

KINDS = {
    "title": "画面名",
    "fields": "入力欄",
    "buttons": "ボタン",
    "links": "リンク",
    "tabs": "タブ",
    "messages": "メッセージ",
    "heads": "表の見出し",
}
# The key of a scenario, how many times it had run before, and the step in it.
Place = tuple[str, int, int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the differences; return PASSED for none, FAILED for some, USAGE for no comparison."""
    parser = CommandParser("drift", codes=(ExitCode.PASSED, ExitCode.FAILED, ExitCode.USAGE))
    parser.add_argument("ours", type=Path, help="訓練用シミュレータの証跡フォルダー")
    parser.add_argument("theirs", type=Path, help="相手のサイトの証跡フォルダー（結果はここに残ります）")
    typed = parser.parse_args(arguments)
    try:
        found = write(typed.ours, typed.theirs)
    except (ValueError, OSError, EvidenceError) as error:
        sys.stderr.write(f"{error}\n")
        return ExitCode.USAGE
    for each in found:
        sys.stdout.write(f"{each.where}「{each.screen}」 {each.kind}: {_both(each)}\n")
    sys.stdout.write(f"違い {len(found)} 件（{typed.theirs / DRIFT}）\n")
    return ExitCode.FAILED if found else ExitCode.PASSED


def _both(each: Difference) -> str:
    return f"こちら {'、'.join(each.ours) or 'なし'} ／ 相手 {'、'.join(each.theirs) or 'なし'}"


def compare(ours: Path, theirs: Path) -> list[Difference]:
    """Return the differences between two evidence folders, in the order of our steps. Raises ValueError."""
    mine, other = _by_place(read_screens(ours)), _by_place(read_screens(theirs))
    if not mine or not other:
        raise ValueError("画面の記録がありません。")
    screens = [
        each for place in _places(mine, other) for each in _differences(mine.get(place), other.get(place))
    ]
    return [*screens, *_remarks(theirs)]


def _remarks(theirs: Path) -> Iterator[Difference]:
    """Yield what their run says otherwise than the features, where that is no failure."""
    for scenario, each in read_results(theirs).differences:
        where = f"手順{scenario.info.procedure}" if scenario.info.procedure else scenario.info.key
        shown = (each.theirs,) if each.theirs else ()
        yield Difference(where, scenario.info.name, f"{each.what}の違い", (each.ours,), shown)


def write(ours: Path, theirs: Path) -> list[Difference]:
    """Return the differences; write them to their drift.json and report, and seal their folder again.

    Raises ValueError for a folder that is not as it was sealed, and EvidenceError.
    """
    gates = {_gate_result(ours), _gate_result(theirs)}
    found = compare(ours, theirs)
    sealing.remove_seal(theirs)
    write_file(theirs / DRIFT, msgspec.json.format(msgspec.json.encode(found)))
    # Only words are added, and each folder's own gate has searched them.
    sealing.seal_unsearched(theirs, "passed" if gates == {"passed"} else "not_run")
    return found


def _gate_result(folder: Path) -> sealing.GateResult:
    """Return the gate's result. Raises ValueError for a folder that may not be sealed again."""
    if refusal := verify(folder).refusal():
        raise ValueError(refusal)
    manifest = sealing.read_manifest(folder)
    return manifest.gate if manifest else "not_run"


def _by_place(screens: Sequence[Screen]) -> dict[Place, Screen]:
    runs: Counter[tuple[str, int]] = Counter()
    found = {}
    for each in screens:
        found[each.key, runs[each.key, each.place], each.place] = each
        runs[each.key, each.place] += 1
    return found


def _places(mine: dict[Place, Screen], other: dict[Place, Screen]) -> list[Place]:
    """Return our places, then those of theirs alone; none of a scenario that one of the two did not run."""
    both = {(key, run) for key, run, _ in mine} & {(key, run) for key, run, _ in other}
    return [place for place in dict.fromkeys([*mine, *other]) if place[:2] in both]


def _differences(mine: Screen | None, other: Screen | None) -> Iterator[Difference]:
    known = mine or other
    assert known
    step = f" の {known.number}." if known.number else f" {known.place} 行目"
    where = f"手順{known.procedure}{step}" if known.procedure else f"{known.key}{step}"
    if mine is None or other is None:
        shown = [(each.title,) if each else () for each in (mine, other)]
        yield Difference(where, known.title, "画面の順序", *shown)
        return
    for kind, name in KINDS.items():
        here, there = _texts(mine, kind), _texts(other, kind)
        only_here, only_there = _without(here, there), _without(there, here)
        if only_here or only_there:
            yield Difference(where, mine.title, name, only_here, only_there)


def _texts(screen: Screen, kind: str) -> tuple[str, ...]:
    found = getattr(screen, kind)
    return (found,) if isinstance(found, str) else found


def _without(texts: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """Return the texts that the others lack or have fewer times; width and spaces make no difference."""
    left = Counter(map(fold, others))
    found = []
    for text in texts:
        if left[fold(text)]:
            left[fold(text)] -= 1
        else:
            found.append(text)
    return tuple(found)

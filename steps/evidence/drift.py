"""`densai drift OURS THEIRS`: the differences between the screens of two runs of the same steps.

Words that differ are the result. Pictures that differ are shown for a person to look at.
"""

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
from steps.evidence.pages import data_uri, page
from steps.evidence.picture_drift import KIND, PictureDifference, compare_pictures
from steps.evidence.report import MOMENTS
from steps.evidence.run_records import DRIFT, DRIFT_PAGE, Difference, Screen, read_screens, where_of
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
    """Print the differences; return PASSED for none in words, FAILED for some, USAGE for no comparison."""
    parser = CommandParser("drift", codes=(ExitCode.PASSED, ExitCode.FAILED, ExitCode.USAGE))
    parser.add_argument("ours", type=Path, help="訓練用シミュレータの証跡フォルダー")
    parser.add_argument("theirs", type=Path, help="相手のサイトの証跡フォルダー（結果はここに残ります）")
    typed = parser.parse_args(arguments)
    try:
        found = write(typed.ours, typed.theirs)
    except (ValueError, OSError, EvidenceError) as error:
        sys.stderr.write(f"{error}\n")
        return ExitCode.USAGE
    words = [each for each in found if each.kind != KIND]
    for each in words:
        sys.stdout.write(f"{each.where}「{each.screen}」 {each.kind}: {_both(each)}\n")
    sys.stdout.write(
        f"違い {len(words)} 件（{typed.theirs / DRIFT}）\n"
        f"画像の違い（要確認） {len(found) - len(words)} 件（{typed.theirs / DRIFT_PAGE}）\n"
    )
    return ExitCode.FAILED if words else ExitCode.PASSED


def _both(each: Difference) -> str:
    return f"こちら {'、'.join(each.ours) or 'なし'} ／ 相手 {'、'.join(each.theirs) or 'なし'}"


def compare(ours: Path, theirs: Path) -> list[Difference]:
    """Return the differences in words between two evidence folders, in the order of our steps.

    Raises ValueError.
    """
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
    """Return the differences, in words and in pictures; write them to their folder and seal it again.

    Raises ValueError for a folder that is not as it was sealed, and EvidenceError.
    """
    gates = {_gate_result(ours), _gate_result(theirs)}
    sealing.must_be_unsigned(theirs)
    words, pictures = compare(ours, theirs), compare_pictures(ours, theirs)
    found = [*words, *(each.as_difference() for each in pictures)]
    sealing.remove_seal(theirs)
    write_file(theirs / DRIFT, msgspec.json.format(msgspec.json.encode(found)))
    write_file(theirs / DRIFT_PAGE, _page(ours, theirs, words, pictures).encode())
    # Only words and masked pictures are added, and each folder's own gate has searched them.
    sealing.seal_unsearched(theirs, "passed" if gates == {"passed"} else "not_run")
    return found


def _page(
    ours: Path, theirs: Path, words: Sequence[Difference], pictures: Sequence[PictureDifference]
) -> str:
    return page(
        "drift.html",
        ours=read_results(ours),
        theirs=read_results(theirs),
        words=words,
        pictures=pictures,
        moments=MOMENTS,
        data_uri=data_uri,
    )


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
    where = where_of(known.key, known.procedure, known.number, known.place)
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

"""What an acceptance run does, told from the features and the deployment file alone: nothing is touched.

Every scenario gets its place in the journey and a verdict: it is run, or a sentence says why not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, cast

from simulator.procedures import DRILLS, FEATURES, NUMBERED, SCREEN, START, feature_files, procedures, read
from simulator.sentences import SentenceError, parse
from simulator.wording import fold
from steps.acceptance.bank import ALSO_OPENS, CARRIES_OUT, absent_screens, carries_out
from steps.acceptance.wording import TRIES_IDS, is_nobodys
from steps.deployment import Deployment
from steps.driver.attempts import Kind, is_asked
from steps.ledger import SHORT

MASTER, GENERAL = "マスターユーザ", "一般ユーザ"
# Logging out ends the master's part and, in the end, the general user's.
ORDER = (
    *("1-1", "1-2", "1-3", "1-4", "2-1", "2-2", "2-3", f"4 {MASTER}"),
    *("3-1", "3-2", "3-3", f"4 {GENERAL}"),
)
DESTRUCTIVE = "破壊的"
SIDE_BY_SIDE = "ウィンドウを 2 つ並べて確かめるきまりです（windows.new_window = false）"
CHOSEN = "選択"
DONE_UP_TO = re.compile(r"手順(?P<id>[\d-]+)まで終わっている")
SITS = re.compile(rf"(?P<person>{MASTER}|{GENERAL})が(?:「(?P<screen>.+)」画面を表示している|操作する)")
ONLY_IN_TRAINING = re.compile(r"有効期限の.+になる|設定である|申し出|離れ")
TRIAL = re.compile(
    r"「(?P<word>.+?)」(?:を次の値にして|を「(?P<value>[^」]*)」にして|の 2 箇所目だけを「[^」]*」にして"
    r"|を (?P<times>\d+) 回間違えて)「(?P<label>[^」]+)」ボタンをクリックする"
)
NOT_CHOSEN = "マニュアルに書かれていないきまりです（allow.chosen = true で実行します）"
TOO_MANY = 5
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Line:
    """One line of a scenario, with the table under it."""

    kind: str
    text: str
    rows: Rows = ()


@dataclass(frozen=True)
class Told:
    """A scenario as a feature tells it, an outline once for each example."""

    stem: str
    feature: str
    name: str
    tags: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def key(self) -> tuple[str, str, tuple[str, ...]]:
        """What it is known by to whoever runs it."""
        return self.stem, self.name, tuple(line.text for line in self.lines)

    @property
    def is_procedure(self) -> bool:
        """Whether it holds the manual's numbered steps."""
        return any(NUMBERED.fullmatch(line.text) for line in self.lines)

    @property
    def procedure(self) -> str:
        """The number of its procedure."""
        return next(tag for tag in self.tags if tag.startswith("手順")).removeprefix("手順")

    @property
    def after(self) -> str:
        """The procedure that must be done before; "" for a new bank."""
        found = (DONE_UP_TO.fullmatch(line.text) for line in self.lines)
        return next((each["id"] for each in found if each), "")

    @property
    def person(self) -> str:
        """Who begins it."""
        found = (SITS.fullmatch(line.text) for line in self.lines)
        return next((each["person"] for each in found if each), MASTER)

    @property
    def screen(self) -> str:
        """The screen that it begins on."""
        found = (START.fullmatch(line.text) for line in self.lines)
        return next((each["screen"] for each in found if each), "")


@dataclass(frozen=True)
class Planned:
    """A scenario with its place in the journey and what becomes of it."""

    told: Told
    place: float
    why_not: str = ""
    changes: tuple[str, ...] = ()
    refusals_only: bool = False
    wrong: dict[tuple[str, Kind], int] = field(default_factory=dict)


@cache
def told() -> tuple[Told, ...]:
    """Every scenario of the manual's features, drills left out, in the manual's order."""
    return tuple(each for path in feature_files(FEATURES) if path.parent.name != DRILLS for each in _in(path))


def _in(path: Path) -> Iterator[Told]:
    from gherkin.pickles.compiler import Compiler  # noqa: PLC0415  only planning needs it

    document: Any = {**read(path), "uri": path.name}
    title = document["feature"]["name"]
    for pickle in cast("list[dict[str, Any]]", Compiler().compile(document)):
        tags = tuple(tag["name"].removeprefix("@") for tag in pickle["tags"])
        lines = tuple(Line(step["type"], step["text"], _rows(step)) for step in pickle["steps"])
        yield Told(path.stem, title, pickle["name"], tags, lines)


def _rows(step: dict[str, Any]) -> Rows:
    table = step.get("argument", {}).get("dataTable", {"rows": []})
    return tuple(tuple(cell["value"] for cell in row["cells"]) for row in table["rows"])


# What a scenario changes ----------------------------------------------------------------------------


def changes_of(scenario: Told) -> tuple[list[str], bool]:
    """What a rule's scenario would change, and whether leaving out the last accepted values avoids that."""
    changes: list[str] = []
    trimmed = False
    done = [place for place, line in enumerate(scenario.lines) if line.kind == "Action"]
    for place in done:
        line = scenario.lines[place]
        if trial := TRIAL.fullmatch(line.text):
            spent, rest = _spent_by(trial, scenario, place)
            if spent and line.rows and place == done[-1] and not rest:
                trimmed = True
            elif spent:
                changes.append(f"「{trial['word']}」を入力して「{trial['label']}」")
        elif _changes(line):
            changes.append(line.text.rstrip("。"))
    return changes + _on_the_way(scenario), trimmed


def _changes(line: Line) -> bool:
    if "を行う" in line.text:
        return True
    try:
        return carries_out(parse(line.text, line.rows))
    except SentenceError:
        return False  # a 前提


def _spent_by(trial: re.Match[str], scenario: Told, place: int) -> tuple[bool, bool]:
    """Whether a trial is accepted by a form that carries out a change, and whether something follows it."""
    line, following = scenario.lines[place], scenario.lines[place + 1 :]
    if trial["label"] not in (*CARRIES_OUT, ALSO_OPENS):
        return False, bool(following)
    if line.rows:
        return any(row[1].endswith("画面") for row in line.rows[1:]), bool(following)
    shown = SCREEN.fullmatch(following[0].text) if following else None
    moves = shown is not None and fold(shown["screen"]) != fold(scenario.screen)
    return trial["value"] is not None and moves, bool(following)


def _on_the_way(scenario: Told) -> list[str]:
    """What getting to its screens would change: a general user who has never been in sets his passwords."""
    before_own = scenario.after in ("2-1", "2-2", "2-3", "3-1")
    shown = (START.fullmatch(line.text) for line in scenario.lines)
    screens = [each for each in shown if each]
    inside = [each for each in screens if each["screen"] not in ("ログイン", "ログインパスワード変更")]
    if before_own and any(GENERAL in each[0] for each in inside):
        return ["一般ユーザのログインパスワードを設定"]
    return []


def wrong_of(scenario: Told) -> dict[tuple[str, Kind], int]:
    """How many password attempts of whom a scenario means to go wrong."""
    found: dict[tuple[str, Kind], int] = {}
    for line in scenario.lines:
        if not (trial := TRIAL.fullmatch(line.text)) or not (kind := _kind(trial)):
            continue
        refused = sum(not row[1].endswith("画面") for row in _theirs(line))
        key = scenario.person, kind
        found[key] = found.get(key, 0) + int(trial["times"] or refused)
    return found


def _theirs(line: Line) -> Rows:
    """The rows of values that count against somebody of the manual's."""
    made_up = TRIES_IDS.fullmatch(line.text)
    return tuple(row for row in line.rows[1:] if not (made_up and is_nobodys(row[0])))


def _kind(trial: re.Match[str]) -> Kind | None:
    if trial["label"] == "ログイン":
        return "login"
    if not is_asked(trial["word"]):
        return None
    return "login" if "ログイン" in trial["word"] else "approval"


# The verdict ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """Which part of the journey was asked for, and which rules along it (none: all)."""

    first: str = ""
    last: str = ""
    tags: tuple[str, ...] = ()


def plan(made: Deployment, asked: Asked) -> list[Planned]:
    """Every scenario in the order in which it is run, those that are not run among them."""
    planned = sorted((_verdict(each, made, asked) for each in told()), key=lambda each: each.place)
    return planned if made.lock.success_resets else list(_within_the_lock(planned, made))


def _within_the_lock(planned: Sequence[Planned], made: Deployment) -> Iterator[Planned]:
    """The same, without the wrong passwords that would leave none for the procedures that follow."""
    spent: dict[tuple[str, Kind], int] = {}
    for each in planned:
        sums = {key: spent.get(key, 0) + wrong for key, wrong in each.wrong.items() if wrong}
        if each.why_not:
            yield each
        elif max(sums.values(), default=0) > _may_be_wrong(made):
            yield replace(each, why_not=used_up(made))
        else:
            spent |= sums
            yield each


def _may_be_wrong(made: Deployment) -> int:
    """How many attempts may go wrong so that the right password may still be sent."""
    return made.lock.after - SHORT - 1


def used_up(made: Deployment) -> str:
    """Why a scenario's wrong passwords are not sent: together with those before they would be too many."""
    counted = "" if made.lock.success_resets else "合計 "
    return (
        f"{made.lock.after} 回でロックされるため、手順を続けられるように、"
        f"{counted}{_may_be_wrong(made)} 回を超えて間違えません"
    )


def _verdict(scenario: Told, made: Deployment, asked: Asked) -> Planned:
    if scenario.is_procedure:
        name = place_name(scenario)
        return Planned(
            scenario, ORDER.index(name), _outside(name, asked), tuple(_procedure_changes(scenario))
        )
    changes, trimmed = changes_of(scenario)
    slot = _slot(scenario)
    why_not = _outside_slot(slot, asked) or _refusal(scenario, made, asked, changes)
    return Planned(scenario, slot + 0.5, why_not, tuple(changes), trimmed, wrong_of(scenario))


def place_name(scenario: Told) -> str:
    """A procedure's place in the journey: its number, and who logs out."""
    return scenario.procedure if scenario.procedure != "4" else f"4 {scenario.person}"


def _slot(scenario: Told) -> int:
    """After which procedure of the journey a rule is tried; before the first for a new bank."""
    return ORDER.index(scenario.after) if scenario.after else -1


def _outside(name: str, asked: Asked) -> str:
    place = ORDER.index(name)
    if asked.first and place < index_of(asked.first):
        return f"--from {asked.first} より前です（済んだものとします）"
    if asked.last and place > index_of(asked.last, last=True):
        return f"--until {asked.last} より後です"
    return ""


def _outside_slot(slot: int, asked: Asked) -> str:
    if asked.first and slot < index_of(asked.first) - 1:
        return f"--from {asked.first} より前です"
    if asked.last and slot >= index_of(asked.last, last=True):
        return f"--until {asked.last} より後です"
    return ""


def index_of(procedure: str, *, last: bool = False) -> int:
    """Where a procedure stands in the journey; 4 stands there twice."""
    places = [place for place, name in enumerate(ORDER) if name.partition(" ")[0] == procedure]
    return places[-1 if last else 0]


def _refusal(scenario: Told, made: Deployment, asked: Asked, changes: Sequence[str]) -> str:
    """Why a rule is not tried; empty where it is."""
    trained = any(ONLY_IN_TRAINING.search(line.text) for line in scenario.lines)
    left_out = bool(asked.tags) and not set(asked.tags) & set(scenario.tags)
    missing = fold(scenario.screen) in absent_screens(made.site.start_screen)
    reasons = {
        "--tags で選ばれていません": left_out,
        "日付や設定を動かせるのは、訓練用シミュレータの席だけです": trained,
        NOT_CHOSEN: CHOSEN in scenario.tags and not made.allow.chosen,
        _destructive(made): is_destructive(scenario, changes),
        "拒否されるはずの値を送りません（allow.refusals = false）": not made.allow.refusals,
        f"このサイトには「{scenario.screen}」画面がありません": missing,
        SIDE_BY_SIDE: not made.windows.new_window and _needs_two_windows(scenario),
        used_up(made): _most_wrong(scenario) > _may_be_wrong(made),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _needs_two_windows(scenario: Told) -> bool:
    """Whether the service's window is used after its list has been left in the other one."""
    texts = [line.text for line in scenario.lines]
    left = next(
        (place for place, text in enumerate(texts) if "「サービス一覧」画面の「ログアウト」" in text), None
    )
    return left is not None and any("タブをクリック" in text for text in texts[left:])


def is_destructive(scenario: Told, changes: Sequence[str] | None = None) -> bool:
    """Whether it locks, deletes or spends something."""
    if scenario.is_procedure:
        return False
    locks = any(int(trial["times"]) >= TOO_MANY for trial in _mistyped(scenario))
    return (
        DESTRUCTIVE in scenario.tags or locks or bool(changes_of(scenario)[0] if changes is None else changes)
    )


def _mistyped(scenario: Told) -> Iterator[re.Match[str]]:
    for line in scenario.lines:
        if (trial := TRIAL.fullmatch(line.text)) and trial["times"]:
            yield trial


def _destructive(made: Deployment) -> str:
    if not made.allow.destructive:
        return "ロック・削除・変更を伴います（@破壊的。allow.destructive = true で実行します）"
    return "使い捨てにできる一般ユーザでは、まだ確かめられません（@破壊的）"


def _most_wrong(scenario: Told) -> int:
    return max(wrong_of(scenario).values(), default=0)


def _procedure_changes(scenario: Told) -> Iterator[str]:
    each = {one.id: one for one in procedures()}[scenario.procedure]
    for step in each.steps:
        if carries_out(step.actions):
            yield f"{step.number}. {step.sentence.rstrip('。')}"

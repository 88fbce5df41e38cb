"""A step as the coach's state has it: its sentence, values, boxes, actions, the manual's notes. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from simulator.bank.people import GENERAL_ID, MASTER_ID, People
from simulator.domain.rules.rights import WITH_APPROVAL, WITHOUT_APPROVAL, Business
from simulator.domain.world import World
from simulator.manual.grammar import (
    Action,
    CloseWindow,
    Fill,
    LeaveEmpty,
    Outside,
    Press,
    Review,
    Show,
    Tick,
)
from simulator.manual.text import notes_of
from simulator.manual.text_model import ListBlock, Note
from simulator.manual.wording import GENERAL, MASTER, fold, is_home_page, link_of, names_of
from simulator.training import coach_state, expected
from simulator.training.coach_box_state import Button
from simulator.training.coach_parts import button
from simulator.training.coach_state import CheckBox, CheckGroup, Compared, ManualNote, Step, Value
from simulator.training.guide import Guidance
from simulator.training.knowledge import Known
from simulator.training.lessons import Course, Item, item_of
from simulator.training.model import RefusedField
from simulator.training.situations import OUTSIDE, outside_of
from simulator.training.tracker import PEOPLE_WORDS

TAGS: dict[coach_state.Knowledge, str] = {
    "known": "この値を入力",
    "choose": "例",
    "own": "ご自分で決めた値を入力",
}
TAG_AGAIN = "もう一度入力"
CHOOSE = "別の値にするときは、控えてください。案内には、その値が分かりません。"
CREATION = "ID 新規作成確認"
HEADINGS = ("権限リスト（承認不要業務）", "権限リスト（承認対象業務）", "口座権限リスト")
TITLES = ("承認不要業務　利用", "承認対象業務　担当者・承認者", "口座")
# Actions that nothing more is to be said of.
PLAIN: dict[type, coach_state.Do] = {
    Tick: "tick",
    Review: "review",
    LeaveEmpty: "leave_empty",
    CloseWindow: "close",
    Outside: "outside",
}
NOW_OWN = "ログインパスワードは、手順{}で設定した値を使います。"


@dataclass(frozen=True)
class Sight:
    """The context in which a step is drawn.

    shown: what the mode and the hints allow. home: of the bank's site.
    """

    course: Course
    world: World
    people: People
    shown: coach_state.Shown
    refused: Sequence[RefusedField]
    home: str


def step_view(told: Guidance, values: Sequence[Known], sight: Sight) -> Step | None:
    """Return the step of a guidance; None where there is none. values: of its fields, in their order."""
    item = told.item
    if item is None:
        return None
    follows = _following(sight.course, item)
    asks = follows if follows and _is_answer(follows) else None
    person = sight.people.master if item.who == "master" else sight.people.general
    made: Step = {
        "key": item.key,
        "label": item.label,
        "heading": f"この手順の前に：「{told.elsewhere}」画面へ移動します" if told.turn == "prep" else "",
        "sentence": item.sentence,
        "then": f"移動した後の手順：{told.due.label}" if told.turn == "prep" and told.due else "",
        "follows": f"続けて　{asks.label}{asks.sentence}" if asks else "",
        "who": f"{nbsp(person.name)}（{PEOPLE_WORDS[item.who]}）",
        "values": [_value(known, item, sight) for known in values] if sight.shown["values"] else [],
        "checks": _checks(told, sight),
        "compared": _compared(item, sight),
        "say": list(_say(told, item, sight)),
        "actions": list(_actions(told.actions, sight.home, asks=asks is not None)),
        "manual": manual_of(item.key),
        "buttons": _buttons(item, told),
        "shown": sight.shown,
        "reads": item.screen.endswith(("確認", "完了", "結果")),
        "unseen": item.unseen,
    }
    return made


def nbsp(name: str) -> str:
    """Return a name that holds together."""
    return name.replace(" ", "\u00a0")


def _following(course: Course, item: Item) -> Item | None:
    place = next((n for n, each in enumerate(course.items) if each.key == item.key), None)
    if place is not None and place + 1 < len(course.items):
        return course.items[place + 1]
    return item_of("4.2") if item.key == "4.1" else None


def _is_answer(item: Item) -> bool:
    return any(isinstance(action, Press) and action.label == "OK" for action in item.actions)


# Values ------------------------------------------------------------------------------------------


def _value(known: Known, item: Item, sight: Sight) -> Value:
    word = known.field.word
    return {
        "word": next((row[0] for row in item.rows if row[0].startswith(word)), word),
        "names": list(names_of(word)),
        "times": known.field.times,
        "secret": known.is_secret,
        "kind": known.kind,
        "value": known.value,
        "tag": TAGS[known.kind],
        "tag_again": TAG_AGAIN,
        "note": CHOOSE if known.kind == "choose" else "",
        "fix": _fix(known, sight.refused),
    }


def _fix(known: Known, refused: Sequence[RefusedField]) -> str:
    if not refused:
        return ""
    names = {fold(name) for name in names_of(known.field.word)}
    if any(fold(each.label) in names for each in refused):
        return "直す"
    if any(_repeats(each, names) for each in refused):
        return "再入力を直す"
    return "入力し直す" if known.is_secret else ""


def _repeats(each: RefusedField, names: set[str]) -> bool:
    """Whether a field is the second one for a value."""
    return each.field.endswith("again") and any(name in fold(each.label) for name in names)


# Boxes to check, things to compare ---------------------------------------------------------------


def _checks(told: Guidance, sight: Sight) -> list[CheckGroup]:
    item = told.item
    if item is None or not sight.shown["values"] or not any(isinstance(a, Tick) for a in told.actions):
        return []
    rights, numbers = expected.boxes_of(item, sight.world)
    accounts: list[CheckBox] = [
        {"name": "accounts", "value": a.number, "words": f"口座（{a.kind} {a.number}）"}
        for a in sight.world.accounts
        if a.number in numbers
    ]
    groups = (_rights(WITHOUT_APPROVAL, rights), _rights(WITH_APPROVAL, rights), accounts)
    return [
        {"mark": mark, "title": title, "heading": heading, "boxes": boxes}
        for mark, title, heading, boxes in zip("①②③", TITLES, HEADINGS, groups, strict=True)
        if boxes
    ]


def _rights(businesses: Sequence[Business], wanted: set[str]) -> list[CheckBox]:
    return [
        {"name": "rights", "value": right, "words": f"{business.name}の「{word}」"}
        for business in businesses
        for right, word in business.boxes
        if right in wanted
    ]


def _compared(item: Item, sight: Sight) -> list[Compared]:
    """The new user's data, where a step looks them over."""
    looks = any(isinstance(action, Review) for action in item.actions)
    user = sight.world.users.get(GENERAL_ID)
    if not looks or not sight.shown["values"] or (user and user.deleted):
        return []
    new = sight.people.general
    rows = (("ユーザ ID", new.login_id), ("ユーザ名", new.name), ("メールアドレス", new.mail))
    return [{"label": label, "value": value} for label, value in rows]


def _say(told: Guidance, item: Item, sight: Sight) -> Iterator[str]:
    if _compared(item, sight):
        last = item.actions[-1]
        label = last.label if isinstance(last, Press) else "確認しました"
        yield f"3つとも同じなら［{label}］をクリックします。違うときは［戻る］で直します。"
    master = sight.world.users.get(MASTER_ID)
    if item.key == "1-1.4" and told.turn == "prep" and master and not master.first_login:
        yield NOW_OWN.format("1-2")


def _buttons(item: Item, told: Guidance) -> list[Button]:
    if told.turn != "item":
        return []
    found: list[Button] = []
    for action in item.actions:
        if isinstance(action, Outside):
            slug = outside_of(action.what)
            found.append(button("desk" if slug == "desk" else "away", OUTSIDE[slug].label, main=True))
    if item.unseen and isinstance(item.actions[-1], Review):
        found.append(button("passed", "確認しました", main=True))
    return found


# Actions -----------------------------------------------------------------------------------------


def _actions(actions: Sequence[Action], home: str, *, asks: bool) -> Iterator[coach_state.Action]:
    place = 0
    for action in actions:
        if isinstance(action, Fill):
            for field in action.fields:
                for again in (False, True)[: field.times]:
                    yield {"do": "fill", "of": place, "names": list(names_of(field.word)), "again": again}
                place += 1
        else:
            yield _action(action, home, asks=asks)


def _action(action: Action, home: str, *, asks: bool) -> coach_state.Action:
    if isinstance(action, Press):
        return press(action, asks=asks)
    if not isinstance(action, Show):
        return {"do": PLAIN[type(action)]}
    if is_home_page(action.page):
        return {"do": "open", "url": home}
    subject, about = link_of(action.page)
    return {"do": "show", "names": [subject], "about": about}


def press(action: Press, *, asks: bool = False) -> coach_state.Action:
    """Return a click as data. asks: it opens a question."""
    kind: coach_state.PressKind = action.kind  # type: ignore[assignment]
    return {
        "do": "press",
        "kind": kind,
        "label": action.label,
        "row": {MASTER: MASTER_ID, GENERAL: GENERAL_ID}.get(action.row, action.row),
        "field": action.field,
        "only_if_shown": action.only_if_shown,
        "asks": asks,
        "native": action.label == "OK",
    }


# The manual --------------------------------------------------------------------------------------


@cache
def manual_of(key: str) -> list[ManualNote]:
    """Return the manual's notes for a step, made once; not to be changed."""
    return [manual_note(note) for note in notes_of(key)]


def manual_note(note: Note) -> ManualNote:
    """Return a note of the manual as data."""
    blocks: list[coach_state.ManualBlock] = []
    for block in note.blocks:
        if isinstance(block, ListBlock):
            blocks += [{"mark": i.mark, "lines": list(i.lines), "is_item": True} for i in block.items]
        else:
            blocks.append({"mark": "", "lines": list(block.lines), "is_item": False})
    return {"title": note.title, "blocks": blocks}

"""The box after a refusal: what was wrong where, and more with each try."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.training import coach_confirm
from simulator.training.coach_box_state import Box, Fault
from simulator.training.coach_parts import ACT, CALL, box
from simulator.training.coach_scene import Scene
from simulator.training.knowledge import attempts_left
from simulator.training.model import RefusedField
from simulator.training.refusal_words import (
    LOWER,
    MORE,
    NTH,
    PASSWORDS_AGAIN,
    REFUSED,
    SEVERAL_FIELDS,
    THIS_FIELD,
    TINTED,
    TO_DO,
)

MOST_FAULTS = 2
COMPARED_FROM, SPELLED_FROM, ACTED_FROM, WARNED_FROM = 2, 3, 4, 3
NOT_COUNTED = "この間違いは、ロックの回数に入りません。"


def refusal(scene: Scene) -> Iterator[Box]:
    """Return the box of a form that was refused, while its page is shown."""
    practice = scene.practice
    if practice.mode == "measure" or not practice.refused or scene.screen != practice.last_screen:
        return
    if practice.coach_refused:
        words = "間違いの回数には入りません。ご自分で操作するか、講師を呼んでください。"
        buttons = [CALL] if scene.in_class else []
        words = words if scene.in_class else "間違いの回数には入りません。ご自分で操作してください。"
        title = "案内の操作が受け付けられませんでした"
        yield box("coach_refused", "bad", title, words, faults=_faults(scene, 1), buttons=buttons)
        return
    yield _refused(scene, practice.refusals)


def _refused(scene: Scene, count: int) -> Box:
    title = REFUSED + (NTH.format(count=count) if count > 1 else "")
    refused = scene.practice.refused
    more = len(refused) - MOST_FAULTS
    made = box("refusal", "bad", title, *_what_to_do(scene), faults=_faults(scene, count))
    made["key"] = f"refusal {count}"
    if more > 0:
        made["lines"].insert(0, MORE.format(more=more))
    if count == SPELLED_FROM and scene.may_show:
        made["spell"], made["small"] = _spelled(scene)
    if count >= ACTED_FROM and scene.acts and scene.practice.mode != "measure":
        made["lines"].append("この手順は、案内に操作を任せることができます。")
        made["buttons"] = [{**ACT, "main": True}]
        made["small"].append("任せた手順は、「案内つき」の記録になります。")
    if count >= ACTED_FROM and scene.in_class:
        made["buttons"].append(CALL)
    made["left"] = _attempts(scene)
    if not any(each.counts for each in refused) and any(known.which for known in scene.values):
        made["small"].append(NOT_COUNTED)
    return made


def _faults(scene: Scene, count: int) -> list[Fault]:
    compares = count >= COMPARED_FROM and scene.may_show
    return [_fault(scene, each, compares=compares) for each in scene.practice.refused[:MOST_FAULTS]]


def _fault(scene: Scene, each: RefusedField, *, compares: bool) -> Fault:
    known = coach_confirm.value_for(each, scene.values)
    sample = known.value if compares and known and each.typed and not known.is_secret else ""
    typed = each.typed if sample else ""
    return {
        "field": each.field,
        "label": each.label,
        "text": each.text,
        "cause": each.cause,
        "sample": sample,
        "typed": typed,
    }


def _what_to_do(scene: Scene) -> Iterator[str]:
    refused = scene.practice.refused
    causes = {each.cause for each in refused}
    fields = {each.field for each in refused if each.field}
    wrong = [coach_confirm.value_for(each, scene.values) for each in refused]
    is_secret = all(known is not None and known.is_secret for known in wrong)
    secrets = [known for known in scene.values if known.is_secret]
    if len(causes) == 1 and (words := TO_DO.get(next(iter(causes)))):
        yield words
    elif len(fields) > 1:
        yield SEVERAL_FIELDS.format(count=len(fields))
    elif fields and not is_secret:
        yield THIS_FIELD
    if secrets and (len(scene.values) > 1 or (is_secret and not causes & set(TO_DO))):
        yield PASSWORDS_AGAIN


def _spelled(scene: Scene) -> tuple[str, list[str]]:
    """The first value to be mended, for its letters one by one, with what is said of them."""
    for each in scene.practice.refused:
        known = coach_confirm.value_for(each, scene.values)
        if known and known.value.isascii() and known.value:
            value = known.value
            lower = [LOWER] if value.islower() else []
            digits = [TINTED] if any(char.isdigit() for char in value) else []
            return value, ["".join([*lower, *digits])]
    return "", []


def _attempts(scene: Scene) -> str:
    if not any(each.counts for each in scene.practice.refused):
        return ""
    left = [attempts_left(scene.world, k.login_id, k.which) for k in scene.values if k.which]
    return f"あと{min(left)}回間違えると、ロックされます。" if left and min(left) <= WARNED_FROM else ""

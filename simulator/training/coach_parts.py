"""Boxes and buttons of the coach's state, made of what each of them needs."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.training.coach_box_state import Box, Button, ButtonId, Fact, Fault, Tone


def button(id_: ButtonId, label: str, *, main: bool = False, **fields: str) -> Button:
    """Return a button. fields: what its POST sends besides."""
    made: Button = {"id": id_, "label": label, "main": main}
    if fields:
        made["fields"] = fields
    return made


def box(
    id_: str,
    tone: Tone,
    title: str,
    *lines: str,
    key: str = "",
    items: Sequence[str] = (),
    faults: Sequence[Fault] = (),
    facts: Sequence[Fact] = (),
    buttons: Sequence[Button] = (),
    small: Sequence[str] = (),
) -> Box:
    """Return a box; empty lines are left out. key: its own where several of its kind may follow."""
    return {
        "id": id_,
        "tone": tone,
        "title": title,
        "key": key or id_,
        "lines": [line for line in lines if line],
        "items": list(items),
        "faults": list(faults),
        "facts": list(facts),
        "spell": "",
        "buttons": list(buttons),
        "small": list(small),
        "left": "",
    }


def minutes_and_seconds(seconds: int) -> str:
    """Return a duration as 3分12秒."""
    return f"{seconds // 60}分{seconds % 60:02}秒"


ACT = button("act", "案内に操作を任せる")
CALL = button("call", "講師を呼ぶ")

"""The list of all defects, and the words in which the modules beside this one enter theirs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from tests.prove.defects.patches import Function, Patch, Text, View

if TYPE_CHECKING:
    from flask import Flask

    from tests.prove.defects.patches import Undo

By = TypeVar("By", bound=Callable[..., Any])

# What a step of the manual asks a person to do, by the first part of the defect's id.
KINDS = {
    "link": "リンクで画面を表示する",
    "fill": "項目を入力する",
    "button": "ボタンをクリックする",
    "tab": "タブをクリックする",
    "row": "一般ユーザの行のボタンをクリックする",
    "tick": "業務および口座をチェックする",
    "review": "内容を確認する",
    "empty": "入力せずに進む",
    "ok": "ダイアログの「OK」をクリックする",
    "yes": "確認の「はい」をクリックする",
    "close": "ウィンドウを閉じる",
}


@dataclass(frozen=True)
class Defect:
    """One thing that the manual states and this bank does otherwise.

    breaks is the rule, as R05, or a kind of step; for a kind of step, procedure is the one whose own steps
    must notice it.
    """

    id: str
    breaks: str
    words: str
    changes: tuple[Patch, ...]
    procedure: str = ""

    def make(self, app: Flask) -> list[Undo]:
        """Switch it on in this application; gives what takes it back. Raises DefectError."""
        return [change.make(app) for change in self.changes]


DEFECTS: dict[str, Defect] = {}


def defect(
    breaks: str, *targets: str, procedure: str = "", also: tuple[Patch, ...] = ()
) -> Callable[[By], By]:
    """Enter the function below as a defect: its name is the id, its docstring says what is broken.

    A target is a function of the bank (``rules.lockout:is_locked``) or a screen (``service_list.enter``);
    the function below is called in its stead, with the original before the arguments.
    """

    def enter(by: By) -> By:
        changes = [Function(each, by) if ":" in each else View(each, by) for each in targets]
        _enter(breaks, by.__name__, by.__doc__ or "", (*changes, *also), procedure)
        return by

    return enter


def changed(breaks: str, slug: str, words: str, *changes: Patch, procedure: str = "") -> None:
    """Enter a defect that is made of these changes."""
    _enter(breaks, slug, words, changes, procedure)


def reworded(breaks: str, slug: str, words: str, file: str, old: str, new: str, procedure: str = "") -> None:
    """Enter a defect that is one other text in a template below bank/, or in the script."""
    path = file if file.endswith(".js") else f"bank/{file}"
    _enter(breaks, slug, words, (Text(path, old, new),), procedure)


def _enter(breaks: str, slug: str, words: str, changes: tuple[Patch, ...], procedure: str) -> None:
    id_ = f"{breaks}-{re.sub('_+', '-', slug).strip('-')}"
    if id_ in DEFECTS:
        raise ValueError(f"two defects called {id_}")
    DEFECTS[id_] = Defect(id_, breaks, words.strip().partition("\n")[0], changes, procedure)

"""A trainee who types only what the brief says: its values and boxes, read as a person reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.manual.wording import fold
from tests.practice.trainees import Trainee

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tests.screens.pages import Element, Form, Page

ASKED = "✓ する"
NEW = {"新ログインパスワード": "login", "新しい承認パスワード": "approval"}
GIVEN = {"初回ログインパスワード": "login", "初期承認パスワード": "approval"}


class Brief:
    """The content of a brief: values by (name, label), and the boxes that are asked for."""

    def __init__(self, page: Page) -> None:
        self.values: dict[tuple[str, str], str] = {}
        self.boxes: list[tuple[str, str]] = []
        for table in page.top.all("table"):
            if table.attrs["class"] == "who":
                self._read_values(table)
            else:
                self._read_boxes(table)

    def _read_values(self, table: Element) -> None:
        name = next(iter(next(table.all("caption")).children))
        for row in table.all("tr"):
            shown = [each.text for each in row.all("span") if each.attrs.get("class") == "value"]
            if shown:
                self.values[fold(str(name)), fold(next(row.all("th")).text)] = shown[0]

    def _read_boxes(self, table: Element) -> None:
        heads = [each.text for each in next(table.all("tr")).all("th")]
        for row in list(table.all("tr"))[1:]:
            thing = next(row.all("th")).text
            for word, cell in zip(heads[1:], row.all("td"), strict=True):
                if cell.text == ASKED:
                    self.boxes.append((fold(thing), fold(word)))


class BriefReader:
    """Fills the forms of a trainee from a brief, whatever the steps would have him type."""

    def __init__(self, trainee: Trainee, brief: Brief) -> None:
        self.trainee, self.brief = trainee, brief
        self.names = {
            "master": fold(trainee.people.master.name),
            "general": fold(trainee.people.general.name),
        }
        self.now: dict[tuple[str, str], str] = {}  # passwords set in this play
        self.typed: list[str] = []

    def fill(self, form: Form, names: Collection[str]) -> dict[str, str | list[str]]:
        """Return the values for these fields of a form; the manual's step says which they are."""
        page = self.trainee.front.page
        filled: dict[str, str | list[str]] = {}
        for name, label in _labelled(page, form):
            if name not in names:
                continue
            filled[name] = self.value(label)
            self.typed.append(label)
        if "rights" in names:
            filled["rights"] = list(self._checked(form, "rights"))
            filled["accounts"] = list(self._checked(form, "accounts"))
        return filled

    def value(self, label: str) -> str:
        """The value for a field, by its label."""
        me, other = self.names[self.trainee.who], self.names["general"]
        if label in NEW or label in GIVEN:
            whose, which = (me, NEW[label]) if label in NEW else (other, GIVEN[label])
            self.now[whose, which] = self._of(whose, label)
            return self.now[whose, which]
        if label.endswith("パスワード"):
            return self._in_force(me, "approval" if "承認" in label else "login")
        if label.startswith(("お客様ID", "ログインID")):
            found = self.brief.values.get((me, "ログインID"))
            return found or f"d-{self._of(me, 'ユーザID')}"
        return self._of(other, label)

    def _of(self, name: str, label: str) -> str:
        own = {key: value for (whose, key), value in self.brief.values.items() if whose == name}
        return next(value for key, value in own.items() if key.startswith(label) or label.startswith(key))

    def _in_force(self, name: str, which: str) -> str:
        if (name, which) in self.now:
            return self.now[name, which]
        first, own = {"login": ("初回", "ログイン"), "approval": ("初期", "承認")}[which]
        values = self.brief.values
        return values.get((name, f"{own}パスワード")) or values[name, f"{first}{own}パスワード"]

    def _checked(self, form: Form, name: str) -> Iterator[str]:
        for box in form.element.all("input"):
            row = box.inside("tr")
            if box.attrs.get("name") != name or row is None:
                continue
            label = box.inside("label")
            head = fold(next((each.text for each in row.all("th")), ""))
            for thing, word in self.brief.boxes:
                account = name == "accounts" and fold(thing) in fold(box.attrs.get("aria-label", ""))
                right = name == "rights" and label and head.startswith(thing) and fold(label.text) == word
                if account or right:
                    yield box.attrs["value"]


def _labelled(page: Page, form: Form) -> Iterator[tuple[str, str]]:
    """The name and label of each box that is typed into; one typed again has the label before it."""
    labels = {each.attrs["for"]: fold(each.text) for each in page.top.all("label") if "for" in each.attrs}
    last = ""
    for name in form.typed:
        label = labels.get(name, last).removesuffix("(再入力)")
        last = last if "もう一度" in label else label
        yield name, last


class ReadingTrainee(Trainee):
    """A trainee whose forms are filled by a brief once there is one."""

    reader: BriefReader | None = None

    def read_brief(self, course: str) -> Brief:
        """Open the brief of a テスト and fill every form from it from now on."""
        page = self.desk.get(f"/my/brief?course={course}&mode=measure").page
        brief = Brief(page)
        self.reader = BriefReader(self, brief)
        return brief

    def send(self, form: Form, **typed: str | list[str]) -> None:
        """Send a form with what the brief says."""
        super().send(form, **{**typed, **(self.reader.fill(form, typed) if self.reader else {})})

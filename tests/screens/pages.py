"""A page as a person reads it: its words, forms, buttons and links. No locator, only what stands there."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

VOID = frozenset(("meta", "link", "input", "br", "hr", "img"))
TYPED = ("text", "password")


@dataclass
class Element:
    """One element; its children are elements and texts."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words, with white space folded."""
        parts = (child if isinstance(child, str) else child.text for child in self.children)
        return " ".join("".join(parts).split())

    def all(self, *tags: str) -> Iterator[Element]:
        """Every element of these tags inside, in the page's order."""
        for child in self.children:
            if isinstance(child, Element):
                if child.tag in tags:
                    yield child
                yield from child.all(*tags)

    def inside(self, tag: str) -> Element | None:
        """The nearest element of this tag around it."""
        around = self.parent
        while around is not None and around.tag != tag:
            around = around.parent
        return around


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top = self.here = Element("")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(made)
        if tag not in VOID:
            self.here = made

    def handle_endtag(self, tag: str) -> None:
        if self.here.tag == tag and self.here.parent:
            self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


@dataclass(frozen=True)
class Form:
    """A form and the button that sends it."""

    element: Element
    button: Element

    @property
    def method(self) -> str:
        return self.element.attrs.get("method", "get").upper()

    @property
    def action(self) -> str:
        return self.element.attrs["action"]

    @property
    def typed(self) -> list[str]:
        """The names of the boxes that a person types into."""
        boxes = self.element.all("input")
        return [box.attrs["name"] for box in boxes if box.attrs.get("type", "text") in TYPED]

    @property
    def names(self) -> list[str]:
        """The names of everything it sends."""
        return list(dict.fromkeys(name for name, _ in self.data()))

    def data(self, **filled: str | list[str]) -> list[tuple[str, str]]:
        """Return the form's values with these fields filled (a list ticks boxes), the rest as it is."""
        kept = [pair for pair in self._as_it_stands() if pair[0] not in filled]
        for name, values in filled.items():
            kept += [(name, value) for value in ([values] if isinstance(values, str) else values)]
        return kept

    def _as_it_stands(self) -> Iterator[tuple[str, str]]:
        for box in self.element.all("input", "select"):
            name, kind = box.attrs.get("name"), box.attrs.get("type", "text")
            if not name or (kind == "checkbox" and "checked" not in box.attrs):
                continue
            yield name, _selected(box) if box.tag == "select" else box.attrs.get("value", "")
        if "name" in self.button.attrs:
            yield self.button.attrs["name"], self.button.attrs["value"]


def _selected(select: Element) -> str:
    options = list(select.all("option"))
    chosen = next((each for each in options if "selected" in each.attrs), options[0])
    return chosen.attrs["value"]


class Page:
    """One HTML page."""

    def __init__(self, html: str) -> None:
        reader = _Reader()
        reader.feed(html)
        self.html, self.top = html, reader.top

    @cached_property
    def text(self) -> str:
        """Everything that can be read on it."""
        return next(self.top.all("body"), self.top).text

    @property
    def title(self) -> str:
        return next(self.top.all("title")).text

    @property
    def heading(self) -> str:
        """The name of the screen."""
        return next(self.top.all("h1")).text

    @property
    def alert(self) -> str:
        """Return the page's warning; empty when there is none."""
        return " ".join(each.text for each in self.with_role("alert"))

    def with_role(self, role: str) -> list[Element]:
        return [each for each in self._everything() if each.attrs.get("role") == role]

    def _everything(self) -> Iterator[Element]:
        waiting = [self.top]
        while waiting:
            here = waiting.pop()
            yield here
            waiting += [each for each in reversed(here.children) if isinstance(each, Element)]

    @property
    def buttons(self) -> list[str]:
        return [each.text for each in self.top.all("button")]

    @property
    def links(self) -> dict[str, str]:
        """Words of links and tabs, and where they go."""
        return {each.text: each.attrs["href"] for each in self.top.all("a") if "href" in each.attrs}

    @property
    def tabs(self) -> list[str]:
        return [each.text for each in self.with_role("tab")]

    @property
    def rows(self) -> list[list[str]]:
        """Every table row as the texts of its cells."""
        return [[cell.text for cell in row.all("td", "th")] for row in self.top.all("tr")]

    def fact(self, label: str) -> str:
        """The value that stands beside a label in a list of facts."""
        return next(
            each.text.removeprefix(label).strip()
            for each in self.top.all("div")
            if each.attrs.get("class") == "fact" and next(each.all("dt")).text == label
        )

    def fault(self, name: str) -> str:
        """The message beside a field, which its box must be tied to; empty when there is none."""
        beside = [each for each in self._everything() if each.attrs.get("id") == f"{name}-fault"]
        box = next(each for each in self._everything() if each.attrs.get("id") == name)
        tied = f"{name}-fault" in box.attrs.get("aria-describedby", "").split()
        assert bool(beside) == tied == (box.attrs.get("aria-invalid") == "true"), f"{name}: not tied"
        return beside[0].text if beside else ""

    def box(self, name: str) -> Element:
        """The box with this name."""
        return next(each for each in self.top.all("input") if each.attrs.get("name") == name)

    @property
    def forms(self) -> list[Form]:
        """Every form with each of its buttons."""
        ids = {form.attrs["id"]: form for form in self.top.all("form") if "id" in form.attrs}
        found = []
        for button in self.top.all("button"):
            outside = ids.get(button.attrs.get("form", ""))
            form = outside or button.inside("form")
            if form and button.attrs.get("type", "submit") == "submit" and "disabled" not in button.attrs:
                found.append(Form(form, button))
        return found

    def form(self, label: str, row: str = "") -> Form:
        """The form that the button with these words sends; ``row``: a cell of its table row."""
        for form in self.forms:
            around = form.button.inside("tr")
            cells = [cell.text for cell in around.all("td")] if around else []
            if form.button.text == label and (not row or row in cells):
                return form
        raise AssertionError(f"no button {label!r} in {self.heading!r}: {self.buttons}")

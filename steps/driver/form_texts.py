"""Tells what a page says since a form was sent from what the form says anyway, and to which field it belongs.

A form may state a rule for a field in the very words in which it later refuses the field's value.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from playwright.sync_api import ElementHandle, Frame, Locator

from simulator.manual.wording import fold
from steps.driver.windows import Windows
from steps.driver.word_engine import Saying, Tie, itemised, mark, sayings, standing, stands, tie


class FormTexts:
    """Remembers the texts around each form of a site as they were when the form was first sent.

    Texts are given folded, and looked for in all frames of the window in front.
    """

    def __init__(self, windows: Windows) -> None:
        self._windows = windows
        self._known: dict[tuple[str, ...], frozenset[str]] = {}
        # The keys of what was said in refusals.
        self._said: set[str] = set()
        # The texts around the form that was sent last.
        self._before: frozenset[str] = frozenset()
        # Whether an error was ever seen to be tied to one of several fields.
        self._ties = False

    def remember(self, *, again: bool) -> None:
        """Keep the texts around the form in front, which is about to be sent.

        again: it may hold what the site has said of it before, so what it was like at first still counts.
        """
        form, texts = self._now()
        self._before = self._known.setdefault(form, texts) if again else texts - self._said
        self._known[form] = self._before
        for frame in self._frames:
            mark(frame, [*self._before])

    def refused(self, said: Iterable[Saying]) -> None:
        """Note what a site has said in refusing a form: where it still stands it is no part of the form."""
        self._said.update(key for each in said for key in each.keys)

    def sayings(self, field: ElementHandle | None) -> list[Saying]:
        """Return what has come since the form was first sent, seen from a field; None where it is gone."""
        own = field.owner_frame() if field else None
        return [
            each
            for frame in self._frames
            for each in sayings(frame, field if frame == own else None, [*self._before])
        ]

    def any_new(self) -> bool:
        """Return whether there is any text that was not there before the form was first sent."""
        return bool(self._now()[1] - self._before)

    def is_new(self, field: Locator, text: str) -> bool:
        """Return whether a text has come since the form was first sent, on the page or for the field."""
        return self._where(field, text) != "none"

    def belongs(self, field: Locator, text: str) -> bool:
        """Return whether a new text is an error of this field.

        A text that is tied to no field is taken for one as long as the site has tied none to its field.
        """
        at = self._where(field, text)
        return at in ("here", "alone", "near") or (at == "loose" and not self._ties)

    def may_belong(self, field: Locator, text: str) -> bool:
        """Return whether a new text is an error of this field, or of the form as a whole."""
        return self._where(field, text) not in ("elsewhere", "none")

    def listed(self, texts: Sequence[str]) -> Sequence[str]:
        """Return all items of the list in which one of these new texts stands; none where no list has one."""
        for frame in self._frames:
            for text in texts:
                if items := itemised(frame, text, self._old(text)):
                    return items
        return []

    def are_all(self, texts: Sequence[str]) -> bool:
        """Return whether the page lists these texts and no others; true where it lists nothing."""
        items = list(map(fold, self.listed(texts)))
        return not items or (
            len(items) == len(texts) and all(any(text in item for item in items) for text in texts)
        )

    @property
    def _frames(self) -> list[Frame]:
        return self._windows.front.frames

    def _now(self) -> tuple[tuple[str, ...], frozenset[str]]:
        """Return what tells the forms in front from others, and the keys of the texts around them."""
        frames = [standing(frame) for frame in self._frames]
        return tuple(form for form, _ in frames), frozenset(key for _, keys in frames for key in keys)

    def _old(self, text: str) -> list[str]:
        return [key for key in self._before if text in key]

    def _where(self, field: Locator, text: str) -> Tie:
        """Return where a new text stands, seen from a field; in another frame it is tied to none."""
        old = self._old(text)
        at = tie(field, text, old)
        if at == "none" and any(stands(frame, text, old) for frame in self._frames):
            at = "loose"
        self._ties = self._ties or at == "here"
        return at

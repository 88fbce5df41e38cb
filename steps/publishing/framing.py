"""The marks of a picture: where they stand, what is done there, and which part of a tall screen is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import FloatRect

from steps.driver.use_observer import Kind
from steps.publishing.book import Doing, quoted

TALLEST = 900  # CSS pixels; what is higher is cut to its marks
ABOVE, BELOW, FOOT, FAR = 130, 60, 24, 400
GAP, EDGE = 36, 12  # above a heading that is shown; above one that is not


@dataclass(frozen=True)
class Mark:
    """A place on a page, in CSS pixels, and what is done there.

    again: the second place for the same value.
    """

    kind: Kind
    word: str
    x: float
    y: float
    width: float
    height: float
    again: bool = False
    value: str = ""

    @property
    def area(self) -> tuple[float, float, float, float]:
        """Return the place alone."""
        return self.x, self.y, self.width, self.height

    def area_json(self) -> dict[str, float]:
        """Return the place as marks.js takes it."""
        return {"x": self.x, "y": self.y, "width": self.width, "height": self.height}

    @property
    def doing(self) -> Doing:
        """Return what is done there, as a caption says it."""
        match self.kind:
            case "fill":
                where = f"{quoted(self.word)}{'（2 箇所目）' if self.again else ''}"
                return Doing(f"{where}に ", self.value, " と入力")
            case "tick":
                return Doing(f"{quoted(self.word)}の欄をチェック")
            case "review":
                return Doing(f"{self.word}を確認")
        return Doing(f"{quoted(self.word)}をクリック")


@dataclass(frozen=True)
class Size:
    """The size of a whole page in CSS pixels.

    end: where its content ends, 0 for unknown; all below it is empty. parts: where its headings begin.
    """

    width: int
    height: int
    end: float
    parts: Sequence[float]


def clip_of(page: Size, marks: Sequence[Mark]) -> tuple[FloatRect, bool]:
    """Return the part of a page to show, and whether that leaves out any of its content."""
    first = min((mark.y for mark in marks), default=0.0)
    last = max((mark.y + mark.height for mark in marks), default=0.0)
    end = min(page.height, max(page.end, last) + FOOT) if page.end else page.height
    if end <= TALLEST or not marks:
        return _clip(page, 0, end), False
    top, bottom = _heading_before(page, first), _heading_after(page, last, end)
    return _clip(page, top, bottom), True


def _heading_before(page: Size, first: float) -> float:
    """Return where to cut above the first mark: above its heading, or right above it if that is far."""
    near = [part - GAP for part in page.parts if first - FAR < part < first]
    return max(0.0, max(near, default=first - ABOVE))


def _heading_after(page: Size, last: float, end: float) -> float:
    """Return where to cut below the last mark: above the next heading, or right below it if that is far."""
    return min(end, *(part - EDGE for part in page.parts if part > last + 2 * EDGE), last + BELOW)


def _clip(page: Size, top: float, bottom: float) -> FloatRect:
    return {"x": 0, "y": round(top), "width": page.width, "height": round(bottom) - round(top)}

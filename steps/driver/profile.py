"""What a deployment may have of its own: words, places, windows, times. The plain features need none."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from simulator.manual.wording import fold

Asking = Literal["auto", "native", "html", "none"]
Seconds = Annotated[float, Meta(gt=0)]


class Locate(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """Where one stubborn thing is: a role and its name, visible text, or CSS; in a frame of this name."""

    role: str = ""
    name: str = ""
    text: str = ""
    css: str = ""
    frame: str = ""

    def __post_init__(self) -> None:
        """Exactly one way to find it, or nobody would know which one counts."""
        if sum(map(bool, (self.role, self.text, self.css))) != 1:
            raise ValueError("role・text・css のどれか 1 つだけを書いてください")


class WindowRules(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """How windows and dialogs behave.

    new_window: false for an application that does everything in one window. confirm and closes: how it
    asks at ログアウト and before a window closes: the browser's own dialog (native), one in the page
    (html), not at all (none), or see by oneself (auto).
    """

    new_window: bool = True
    confirm: Asking = "auto"
    closes: Asking = "auto"


class Timeouts(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """The longest waits, in seconds: for a thing, for a page, for a person at a screen of [pause]."""

    find: Seconds = 10
    page: Seconds = 30
    pause: Seconds = 600


class Profile(Struct, omit_defaults=True, frozen=True):
    """All that the driver takes from a deployment file."""

    words: dict[str, str] = field(default_factory=dict)
    screens: dict[str, str] = field(default_factory=dict)
    find: dict[str, Locate] = field(default_factory=dict)
    pause: dict[str, str] = field(default_factory=dict)
    windows: WindowRules = field(default_factory=lambda: WindowRules(confirm="native", closes="html"))
    timeouts: Timeouts | None = None

    def names(self, *words: str) -> tuple[str, ...]:
        """What these words are called on this site: the site's own word, where the file has one."""
        return _translated(self.words, words)

    def titles(self, *titles: str) -> tuple[str, ...]:
        """What these screens are called on this site."""
        return _translated(self.screens, titles)

    def declared(self, *names: str) -> tuple[str, Locate] | None:
        """What the file says of a thing, and the screen it is said for ("" for any)."""
        wanted = {fold(name) for name in names}
        for key, place in self.find.items():
            screen, _, thing = key.rpartition("/")
            if fold(thing) in wanted:
                return screen, place
        return None


PLAIN = Profile()


def _translated(table: dict[str, str], words: tuple[str, ...]) -> tuple[str, ...]:
    if not table:
        return words
    known = {fold(ours): theirs for ours, theirs in table.items()}
    return tuple(dict.fromkeys(known.get(fold(word), word) for word in words))

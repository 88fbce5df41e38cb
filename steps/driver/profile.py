"""A profile: what a deployment file says about a site's words, places, windows and times.

The plain features, which run on the simulator, use the default profile.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from simulator.manual.wording import fold

Asking = Literal["auto", "native", "html", "none"]
Seconds = Annotated[float, Meta(gt=0)]


class Locate(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """Where one thing is that cannot be found by its words.

    Exactly one of role (with the accessible name), text (visible text) and css. frame: the name or the
    address of the frame in which it is; "" for any.
    """

    role: str = ""
    name: str = ""
    text: str = ""
    css: str = ""
    frame: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError unless exactly one way to find it is given."""
        if sum(map(bool, (self.role, self.text, self.css))) != 1:
            raise ValueError("role・text・css のどれか 1 つだけを書いてください")


class Notice(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """Something that comes in front of a page and is closed wherever it does.

    Either words on the page, with the button or link that closes it (close) and the manual's title of the
    screen on which alone it is closed ("" for any); or words of an alert of the browser's own, which is
    answered with OK.
    """

    words: str = ""
    close: str = ""
    screen: str = ""
    alert: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError unless it is one of the two, with all that this one needs."""
        is_of_page = bool(fold(self.words) and fold(self.close))
        if is_of_page == bool(fold(self.alert)) or (self.alert and (self.words or self.close or self.screen)):
            raise ValueError(
                "words と close（画面の上のもの）か、alert（ブラウザのダイアログ）を書いてください"
            )


class Typing(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """How to type where a site does not let it be done at once.

    press_first: the words of the box to untick, or of the button or link to press, before a field that is
    read-only, as one of a keyboard on the screen.
    """

    press_first: str = ""


class WindowRules(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """How a site's windows and dialogs behave.

    new_window: false for an application that does everything in one window. confirm and closes: how it
    asks at ログアウト and before a window closes: by the browser's own dialog (native), by one in the page
    (html), not at all (none), or unknown, so that the driver tries native first (auto).
    """

    new_window: bool = True
    confirm: Asking = "auto"
    closes: Asking = "auto"


class Timeouts(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """The longest waits of the driver, in seconds; there are no others.

    find: for a thing or its words to appear, for a click or typing to be possible, for a window to close.
    page: for a page to load, and for the answer to a form that was sent. pause: for a person at a screen of
    [pause]. perhaps: for something that a site may have or not: a dialog, a window that is sent on to
    another page. redraw: for a form to be drawn anew once nothing that it sent is unanswered. role: for a
    thing to be found by role and name before its words are tried; a third of it once words were needed.
    """

    find: Seconds = 10
    page: Seconds = 30
    pause: Seconds = 600
    perhaps: Seconds = 1
    redraw: Seconds = 2
    role: Seconds = 0.4

    @property
    def find_ms(self) -> float:
        """Return find in Playwright's milliseconds."""
        return self.find * 1000

    @property
    def perhaps_ms(self) -> float:
        """Return perhaps in Playwright's milliseconds."""
        return self.perhaps * 1000


class Profile(Struct, omit_defaults=True, frozen=True):
    """The part of a deployment file that the driver uses.

    words: the manual's word for a thing or a message -> the site's. screens: the manual's title of a screen
    -> the site's. find: thing, or screen/thing -> where it is. pause: a screen's title -> what only a person
    can do there. notices: what is closed wherever it appears. typing: how to type. exact: the manual's words
    are demanded where the manual does not state them, too: the simulator's own messages, and all that a
    feature says of its screens.
    """

    words: dict[str, str] = field(default_factory=dict)
    screens: dict[str, str] = field(default_factory=dict)
    find: dict[str, Locate] = field(default_factory=dict)
    pause: dict[str, str] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    typing: Typing = field(default_factory=Typing)
    windows: WindowRules = field(default_factory=lambda: WindowRules(confirm="native", closes="html"))
    timeouts: Timeouts = field(default_factory=Timeouts)
    exact: bool = True

    def demands(self, message: str) -> bool:
        """Return whether a message must read like this, or as the file says: else any words will do."""
        return self.exact or fold(message) in map(fold, self.words)

    def names(self, *words: str) -> tuple[str, ...]:
        """Return the site's word for each of these words, where the file has one; else the word itself."""
        return _translated(self.words, words)

    def titles(self, *titles: str) -> tuple[str, ...]:
        """Return the site's title of each of these screens, where the file has one; else the title itself."""
        return _translated(self.screens, titles)

    def declared(self, *names: str) -> tuple[str, Locate] | None:
        """Return the screen ("" for any) and the place that the file gives for a thing of these names."""
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

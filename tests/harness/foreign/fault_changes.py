"""Parts of a site's faults: other functions, screens and actions in place of its own.

A fault has the name of the defect in the catalogue (tests/prove/defects) that breaks the same sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from unittest import mock

from tests.harness.foreign import desk, list_screens, service_screens
from tests.harness.foreign.screens import Ask, Button, Part, Screen
from tests.harness.foreign.visit import Visit

Made = Callable[..., Any]
# What is changed for a fault: the owner, the name, and what makes the new one of the old one.
Change = tuple[object, str, Callable[[Any], Any]]
FAULTS: dict[str, tuple[Change, ...]] = {}
VIEWS = (list_screens.SITE, list_screens.LIST, service_screens.SERVICE)


@contextmanager
def broken(name: str) -> Iterator[None]:
    """Return a context in which all sites have this fault. KeyError for one that is not there."""
    with ExitStack() as stack:
        for owner, key, made in FAULTS[name]:
            if isinstance(owner, dict):
                stack.enter_context(mock.patch.dict(owner, {key: made(owner[key])}))
            else:
                stack.enter_context(mock.patch.object(owner, key, made(getattr(owner, key))))
        yield


def enter(name: str, *changes: Change) -> None:
    FAULTS[name] = changes


def instead(owner: object, key: str) -> Callable[[Made], Change]:
    """Return a decorator: the function below is called with the old one before the arguments."""
    return lambda by: (owner, key, lambda old: lambda *args: by(old, *args))


def view(name: str, *, without: Callable[[Part], bool] | None = None, change: Made | None = None) -> Change:
    """Return the change of a screen: parts left out, or each part made another one."""
    owner = next(each for each in VIEWS if name in each)

    def made(old: Made) -> Made:
        def draw(visit: Visit) -> Screen:
            screen: Screen = old(visit)
            parts = [part for part in screen.parts if not (without and without(part))]
            return replace(screen, parts=tuple(change(part) if change else part for part in parts))

        return draw

    return owner, name, made


def act(name: str, by: Made) -> Change:
    """Return the change of an action: by is called with the old one before the visit and the form."""
    return desk.ACTIONS, name, lambda old: (lambda visit, form: by(old[0], visit, form), *old[1:])


def is_ask(name: str) -> Callable[[Part], bool]:
    return lambda part: isinstance(part, Ask) and part.name == name


def is_button(label: str) -> Callable[[Part], bool]:
    return lambda part: isinstance(part, Button) and part.label == label


def renamed(old: str, new: str) -> Callable[[Part], Part]:
    return lambda part: (
        replace(part, label=new) if isinstance(part, Ask | Button) and part.label == old else part
    )


def led(label: str, go: str) -> Callable[[Part], Part]:
    """A button that opens another screen."""
    return lambda part: (
        replace(part, go=go, do="") if isinstance(part, Button) and part.label == label else part
    )

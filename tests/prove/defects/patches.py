"""How a defect changes the application: one function, value, view or text stands in for another."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from flask import Response
from jinja2 import BaseLoader

if TYPE_CHECKING:
    from flask import Flask
    from jinja2 import Environment

# Rules and world stand in the domain; everything else that a defect can change, in the bank.
BANK, DOMAIN = "simulator.bank", "simulator.domain"
IN_DOMAIN = ("rules.", "world:")
Original = Callable[..., Any]
Undo = Callable[[], None]


class DefectError(Exception):
    """The bank has no such thing to change, or the change would change nothing."""


class Patch(Protocol):
    """One thing that is different while a defect is on."""

    def make(self, app: Flask) -> Undo:
        """Make the change; gives what takes it back. Raises DefectError."""


@dataclass(frozen=True)
class Function:
    """A function of the bank, as ``rules.lockout:is_locked``; ``by`` gets the original first."""

    target: str
    by: Callable[..., Any]

    def make(self, app: Flask) -> Undo:
        """Put ``by`` wherever the bank's modules know the function."""
        del app
        old = _found(self.target)
        if not callable(old):
            raise DefectError(f"{self.target} is no function")
        return _put_everywhere(old, _around(old, self.by))


@dataclass(frozen=True)
class Value:
    """A table of the bank, as ``messages:MESSAGES``; ``by`` makes another one of it."""

    target: str
    by: Callable[[Any], Any]

    def make(self, app: Flask) -> Undo:
        """Put the other table wherever the bank's modules know this one."""
        del app
        old = _found(self.target)
        new = self.by(old)
        if new == old:
            raise DefectError(f"{self.target} stays as it is")
        return _put_everywhere(old, new)


@dataclass(frozen=True)
class View:
    """Replace the view of an address, as ``service_list.enter``; ``by`` gets the original first."""

    endpoint: str
    by: Callable[..., Any]

    def make(self, app: Flask) -> Undo:
        """Put ``by`` at the address; who may open it stays as it was."""
        name = f"bank.{self.endpoint}"
        if name not in app.view_functions:
            raise DefectError(f"no screen {name}")
        old = app.view_functions[name]
        app.view_functions[name] = _around(old, self.by)
        return lambda: app.view_functions.update({name: old})


@dataclass(frozen=True)
class Text:
    """A piece of a template or of the script, which must stand there exactly once."""

    file: str
    old: str
    new: str

    def make(self, app: Flask) -> Undo:
        """Serve the file with the other text."""
        return self._script(app) if self.file.endswith(".js") else self._template(app)

    def changed(self, text: str) -> str:
        """The whole file's text with the change. Raises DefectError."""
        if text.count(self.old) != 1 or self.old == self.new:
            raise DefectError(f"{self.file} has this {text.count(self.old)} times: {self.old}")
        return text.replace(self.old, self.new)

    def _template(self, app: Flask) -> Undo:
        environment = app.jinja_env
        loader = environment.loader
        if loader is None:
            raise DefectError("the application has no templates")
        environment.loader = altered = _Altered(loader, self)
        altered.get_source(environment, self.file)
        _forget_templates(environment)

        def undo() -> None:
            environment.loader = loader
            _forget_templates(environment)

        return undo

    def _script(self, app: Flask) -> Undo:
        old = app.view_functions["static"]
        text = self.changed(Path(str(app.static_folder), self.file).read_text(encoding="utf-8"))

        def changed(original: Original, filename: str) -> Any:
            if filename == self.file:
                return Response(text, mimetype="text/javascript")
            return original(filename=filename)

        app.view_functions["static"] = _around(old, changed)
        return lambda: app.view_functions.update(static=old)


class _Altered(BaseLoader):
    """The templates of another loader, one of them with a different text."""

    def __init__(self, loader: BaseLoader, text: Text) -> None:
        self._loader, self._text = loader, text

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        source, file, fresh = self._loader.get_source(environment, template)
        return (self._text.changed(source) if template == self._text.file else source), file, fresh


def _forget_templates(environment: Environment) -> None:
    if environment.cache is not None:
        environment.cache.clear()


def _found(target: str) -> Any:
    module, _, name = target.partition(":")
    try:
        package = DOMAIN if target.startswith(IN_DOMAIN) else BANK
        return getattr(importlib.import_module(f"{package}.{module}"), name)
    except (ImportError, AttributeError) as error:
        raise DefectError(f"the bank has no {target}") from error


def _put_everywhere(old: Any, new: Any) -> Undo:
    """A module that imported the thing by its name has a name of its own for it."""
    places = [
        (vars(module), name)
        for path, module in list(sys.modules.items())
        if path.startswith((f"{BANK}.", f"{DOMAIN}."))
        for name, value in vars(module).items()
        if value is old
    ]
    for names, name in places:
        names[name] = new

    def undo() -> None:
        for names, name in places:
            names[name] = old

    return undo


def _around(old: Original, by: Callable[..., Any]) -> Original:
    @wraps(old)  # a screen's access stands at its function
    def changed(*args: Any, **values: Any) -> Any:
        return by(old, *args, **values)

    return changed

"""Every address of the bank, with values that exist, for tests that try them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from simulator.bank.people import GENERAL_ID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from werkzeug.routing import Rule

    from simulator.bank.web import Access

SAMPLES: dict[str, object] = {
    "login_id": GENERAL_ID,
    "what": "name",
    "purpose": "change",
    "number": 1,
    "slug": "pay",
}


class Address(NamedTuple):
    """One method of one route below a seat's address; ``{sid}`` stands for a session."""

    method: str
    path: str
    endpoint: str
    access: Access

    def within(self, home: str, sid: str) -> str:
        """The address at a seat, in a session."""
        return home + self.path.format(sid=sid)


def bank_addresses(app: Flask) -> list[Address]:
    """Every address of the bank in the order of the routes."""
    return [found for rule in app.url_map.iter_rules() for found in _of(app, rule)]


def _of(app: Flask, rule: Rule) -> Iterator[Address]:
    if not rule.endpoint.startswith("bank."):
        return
    values = {name: SAMPLES.get(name, "{sid}") for name in rule.arguments if name != "seat"}
    path = rule.rule.removeprefix("/bank/<seat>/")
    for name, value in values.items():
        path = path.replace(f"<int:{name}>", str(value)).replace(f"<{name}>", str(value))
    access: Access = vars(app.view_functions[rule.endpoint])["access"]
    for method in sorted((rule.methods or set()) & {"GET", "POST"}):
        yield Address(method, path, rule.endpoint, access)

"""Every address of training, taken from the routes, so that a new one cannot be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from flask import Flask

INSTRUCTORS = (
    "desk_login",
    "desk_classes",
    "desk_board",
    "desk_actions",
    "desk_projection",
    "desk_results",
    "desk_seat",
)
MINE = ("my", "my_brief", "my_submit", "my_result", "my_papers")
AREAS = ("entrance", *MINE, "news", "coach", "steps", *INSTRUCTORS)
# Login: whoever has no session yet comes in by it.
DOOR = ("desk_login.enter", "desk_login.log_in")


class Address(NamedTuple):
    """One method of one route of training, with the class and the seat of a test in it."""

    method: str
    path: str
    endpoint: str

    @property
    def area(self) -> str:
        """The blueprint it belongs to."""
        return self.endpoint.partition(".")[0]


def addresses(app: Flask, class_id: int, seat: str) -> list[Address]:
    """Every address of training, in the order of the routes."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] in AREAS:
            path = rule.rule.replace("<int:id_>", str(class_id)).replace("<code>", seat)
            path = path.replace("<int:number>", "1")
            assert "<" not in path, f"no value for {rule.rule}"
            methods = sorted((rule.methods or set()) & {"GET", "POST"})
            found += [Address(method, path, rule.endpoint) for method in methods]
    return found


def posts(app: Flask, class_id: int, seat: str) -> list[Address]:
    """Everything that changes something."""
    return [each for each in addresses(app, class_id, seat) if each.method == "POST"]

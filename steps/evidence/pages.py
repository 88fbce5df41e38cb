"""HTML pages of the evidence: each is one file that needs nothing beside it."""

from __future__ import annotations

import base64
from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def page(template: str, **values: object) -> str:
    """Return a page made of one of the templates beside this module."""
    return _environment().get_template(template).render(moment=moment, **values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def moment(at: str) -> str:
    """Return a time of a record as it is shown, with its zone."""
    when = datetime.fromisoformat(at)
    return f"{when:%Y-%m-%d %H:%M:%S}.{when.microsecond // 1000:03} ({when:%Z})"


def data_uri(png: bytes) -> str:
    """Return the address by which a page holds a picture itself."""
    return "data:image/png;base64," + base64.b64encode(png).decode()

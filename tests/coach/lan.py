"""A server as a class has it: over plain http, and under a name on the LAN."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def answer_to(app: Flask, name: str) -> None:
    """Let an application answer under this name too, with cookies for plain http."""
    settings = app.extensions["densai-settings"]
    app.extensions["densai-settings"] = replace(settings, allow_hosts=(name,), plain_http=True)
    app.config["PLAIN_HTTP"] = True

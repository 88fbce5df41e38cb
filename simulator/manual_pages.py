"""The page /manual: the manual's whole text, public and apart from bank and training.

Each step is an anchor (/manual#2-1-4), and so is each procedure (/manual#2-1).
"""

from __future__ import annotations

from flask import Blueprint, render_template

from simulator.manual.text import manual_text

area = Blueprint("manual", __name__)


@area.get("/manual")
def show() -> str:
    """Return the manual with its table of contents; the style marks the step that the address names."""
    return render_template("manual.html", manual=manual_text())

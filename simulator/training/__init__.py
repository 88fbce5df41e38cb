"""Training around the bank: seats, their notice letters, and starting procedures again."""

from __future__ import annotations

from flask import Flask

from simulator.training import desk


def install(app: Flask) -> None:
    """Add training's screens to the application."""
    app.register_blueprint(desk.desk)

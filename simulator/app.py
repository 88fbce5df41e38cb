"""Puts the application together: the bank first, then training."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask, Response, abort, current_app, request

from simulator import errors, health, manual_pages, protection
from simulator.bank.credentials import Hasher
from simulator.bank.screens import create_bank
from simulator.banks.chosen import retold
from simulator.banks.template_texts import retelling
from simulator.settings import Settings
from simulator.store import Worlds
from simulator.training.install import install as install_training

STATIC = retold(Path(__file__).parent) / "static"
MAX_FORM_BYTES = 64 * 1024
STATIC_SECONDS = 24 * 60 * 60


def create_app(settings: Settings) -> Flask:
    """Return the application: the bank first, then training."""
    app = Flask(
        __name__,
        static_folder=STATIC,
        static_url_path=f"/static/{_static_version()}",
        template_folder="templates",
    )
    app.config.update(MAX_CONTENT_LENGTH=MAX_FORM_BYTES, PLAIN_HTTP=settings.plain_http)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = STATIC_SECONDS
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.loader = retelling(app.jinja_env.loader)
    app.extensions["densai"] = Worlds(settings.database, settings.durability)
    app.extensions["densai-hasher"] = Hasher()
    app.extensions["densai-settings"] = settings
    app.before_request(_known_host)
    app.after_request(_protect)
    errors.install(app)
    app.register_blueprint(create_bank())
    app.register_blueprint(manual_pages.area)
    app.register_blueprint(health.area)
    install_training(app)
    return app


def _static_version() -> str:
    """Return a part for the address of style sheets and scripts that is another one for other contents.

    It stands in the path, because a module asks for another by a path beside its own. Browsers keep both for
    a day.
    """
    files = sorted(file for file in STATIC.rglob("*") if file.is_file())
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]


def _known_host() -> None:
    """Answer to the names this server was given only (DNS rebinding)."""
    if request.blueprint == health.area.name:
        return
    settings: Settings = current_app.extensions["densai-settings"]
    name = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    name = name.lower()
    if name not in settings.hosts:
        abort(421)


def _protect(response: Response) -> Response:
    """Headers of every answer: never stored, framed, indexed or sniffed."""
    settings: Settings = current_app.extensions["densai-settings"]
    response.headers.update(protection.HEADERS)
    if not request.path.startswith(f"{current_app.static_url_path}/"):
        response.headers.update(protection.NOT_KEPT)
    if not settings.plain_http:
        response.headers.update(protection.NOT_PLAIN)
    if settings.is_behind_https:
        response.headers.update(protection.HTTPS_ONLY)
    return response

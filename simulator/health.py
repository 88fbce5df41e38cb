"""/healthz and /readyz, for what starts nodes and sends requests to them: JSON, no cookie, no session.

They answer to every host name: a probe asks a node by its address. They tell no more than one word.
"""

from __future__ import annotations

import logging

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from simulator.store import DatabaseError, Worlds, readiness, trouble_of

area = Blueprint("health", __name__)
_log = logging.getLogger("densai")


@area.get("/healthz")
def is_alive() -> ResponseReturnValue:
    """Answer that this process lives; it is not the database's fault when it does not."""
    return {"status": "ok"}


@area.get("/readyz")
def is_ready() -> ResponseReturnValue:
    """Answer 200 where the database answers and its tables fit, else 503 with the kind of trouble."""
    worlds: Worlds = current_app.extensions["densai"]
    try:
        readiness.look(worlds)
    except DatabaseError as error:
        trouble = trouble_of(error)
        _log.warning("not ready: %s", trouble.reason)
        return {"status": "not ready", "trouble": trouble.kind}, 503
    return {"status": "ready"}

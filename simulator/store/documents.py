"""The documents that are kept as JSON, from any older version to the present one. Pure.

A document says its version itself (``version``; none in those made before versions were counted). The entries
of the event log and of trails are rows, not documents: their tables have the database's version.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Literal

Kind = Literal["world", "plan", "learner", "practice"]
Document = dict[str, Any]
Step = Callable[[Document], Document]


def _world_1(old: Document) -> Document:
    """Numbers of receipts are not given any more."""
    return {name: value for name, value in old.items() if name != "receipts"}


def _same(old: Document) -> Document:
    """Only the version is new."""
    return old


# The first step leads from 0 to 1, the second from 1 to 2.
STEPS: dict[Kind, tuple[Step, ...]] = {
    "world": (_world_1,),
    "plan": (_same,),
    "learner": (_same,),
    "practice": (_same,),
}


def changed(kind: Kind, document: Document, to: int | None = None) -> Document:
    """Return a document in a later version; to: None for the present one.

    Raises ValueError for a document that is newer than that.
    """
    wanted = len(STEPS[kind]) if to is None else to
    found = document.get("version", 0)
    if found > wanted:
        message = f"a {kind} of version {found}, where {wanted} is known"
        raise ValueError(message)
    for number, step in enumerate(STEPS[kind][found:wanted], found + 1):
        document = {**step(document), "version": number}
    return document


def as_bytes(document: Document) -> bytes:
    """Return a document as it is kept."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()

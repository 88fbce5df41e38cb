"""A little LRS that refuses what xAPI 1.0.3 refuses, and fails on request as real ones do."""

from __future__ import annotations

import base64
import json
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tests.loopback import Silent, listening

if TYPE_CHECKING:
    from collections.abc import Iterator

LOGIN = ("lrs", "kagi-no-himitsu")
IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
TAG = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
DURATION = re.compile(r"PT(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?")
# Properties of each part: those that are needed, then those that may be there.
PARTS = {
    "statement": ({"actor", "verb", "object"}, {"id", "result", "context", "timestamp"}),
    "agent": ({"account"}, {"objectType", "name"}),
    "account": ({"homePage", "name"}, set()),
    "verb": ({"id"}, {"display"}),
    "activity": ({"id"}, {"objectType", "definition"}),
    "definition": (set(), {"name", "description", "type", "extensions"}),
    "result": (set(), {"score", "success", "completion", "response", "duration", "extensions"}),
    "score": (set(), {"scaled", "raw", "min", "max"}),
    "context": (
        set(),
        {"registration", "instructor", "team", "contextActivities", "language", "platform", "extensions"},
    ),
    "contextActivities": (set(), {"parent", "grouping", "category", "other"}),
}


class RefusedError(Exception):
    """A statement that an LRS has to refuse, with the reason."""


def _want(held: object, reason: str) -> None:
    if not held:
        raise RefusedError(reason)


def _part(kind: str, value: Any) -> dict[str, Any]:
    needed, allowed = PARTS[kind]
    _want(isinstance(value, dict), f"{kind} is no object")
    _want(needed <= set(value) <= needed | allowed, f"{kind} has {sorted(value)}")
    return dict(value)


def _iri(value: Any) -> None:
    _want(isinstance(value, str) and IRI.fullmatch(value), f"{value} is no IRI")


def _words(value: Any) -> None:
    _want(all(TAG.fullmatch(tag) and text for tag, text in value.items()), f"{value} is no language map")


def _agent(value: Any, kind: str) -> None:
    agent = _part("agent", value)
    _want(agent.get("objectType", "Agent") == kind, f"no {kind}")
    account = _part("account", agent["account"])
    _iri(account["homePage"])
    _want(isinstance(account["name"], str) and account["name"], "an account without a name")


def _activity(value: Any) -> None:
    activity = _part("activity", value)
    _iri(activity["id"])
    definition = _part("definition", activity.get("definition", {}))
    _words(definition.get("name", {}))
    if "type" in definition:
        _iri(definition["type"])


def _result(value: Any) -> None:
    result = _part("result", value)
    score = _part("score", result.get("score", {}))
    _want(-1 <= score.get("scaled", 0) <= 1, "scaled is out of range")
    _want(score.get("min", 0) <= score.get("raw", 0) <= score.get("max", score.get("raw", 0)), "raw is out")
    for name in ("success", "completion"):
        _want(isinstance(result.get(name, True), bool), f"{name} is no boolean")
    _want(DURATION.fullmatch(result.get("duration", "PT0S")), "duration is none")
    for name in result.get("extensions", {}):
        _iri(name)


def _context(value: Any) -> None:
    context = _part("context", value)
    if "registration" in context:
        UUID(context["registration"])
    if "team" in context:
        _agent(context["team"], "Group")
    _want(TAG.fullmatch(context.get("language", "ja")), "no language")
    for activities in _part("contextActivities", context.get("contextActivities", {})).values():
        for each in activities:
            _activity(each)


def _full(value: Any, path: str = "") -> None:
    """Nothing may be null or empty, but in extensions."""
    _want(value is not None and value not in ("", {}), f"{path} is empty")
    for name, each in value.items() if isinstance(value, dict) else ():
        if name != "extensions":
            _full(each, f"{path}.{name}")


def check(value: Any) -> None:
    """Raise RefusedError for a statement that xAPI 1.0.3 does not allow."""
    statement = _part("statement", value)
    _full(statement)
    _want(str(UUID(statement["id"])) == statement["id"], "no UUID")
    _agent(statement["actor"], "Agent")
    verb = _part("verb", statement["verb"])
    _iri(verb["id"])
    _words(verb.get("display", {}))
    _activity(statement["object"])
    _result(statement.get("result", {}))
    _context(statement.get("context", {}))
    _want(datetime.fromisoformat(statement["timestamp"]).tzinfo, "a timestamp without a zone")


@dataclass
class StrictLrs:
    """What it has, and how it is to fail.

    status: answer everything with this one. lost: take what comes, and then break the line. most: bytes of a
    call. body: answer with this instead of ids.
    """

    kept: dict[str, Any] = field(default_factory=dict)
    calls: list[int] = field(default_factory=list)  # statements of each
    status: int = 0
    lost: bool = False
    most: int = 0
    body: bytes = b""
    address: str = ""
    seen: list[str] = field(default_factory=list)  # Authorization of each call

    @property
    def verbs(self) -> list[str]:
        """The verbs of what it has, in the order in which they came."""
        return [each["verb"]["id"].rpartition("/")[2] for each in self.kept.values()]

    def take(self, headers: Any, data: bytes) -> tuple[int, bytes]:
        """Return the status and the body of the answer to a call."""
        self.seen.append(headers.get("Authorization", ""))
        if self.status:
            return self.status, b"no"
        if self.seen[-1] != "Basic " + base64.b64encode(":".join(LOGIN).encode()).decode():
            return 401, b""
        if self.most and len(data) > self.most:
            return 413, b""
        try:
            _want(re.fullmatch(r"1\.0(\.\d+)?", headers.get("X-Experience-API-Version", "")), "no version")
            _want(headers.get("Content-Type") == "application/json", "no JSON")
            statements = json.loads(data)
            for each in statements:
                check(each)
            _want(len({each["id"] for each in statements}) == len(statements), "two of one id")
        except (RefusedError, ValueError, KeyError) as error:
            return 400, repr(error).encode()
        self.calls.append(len(statements))
        if any(self.kept.get(each["id"], each) != each for each in statements):
            return 409, b""
        new = [each["id"] for each in statements if each["id"] not in self.kept]
        self.kept |= {each["id"]: each for each in statements}
        return (200, self.body or json.dumps(new).encode()) if new or self.body else (204, b"")


@contextmanager
def served(*, tls: bool = False) -> Iterator[StrictLrs]:
    """An LRS on loopback; its ``address`` is what is given as ``--lrs``. tls: with a test authority's."""
    lrs = StrictLrs()

    class Handler(Silent, BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            status, body = lrs.take(self.headers, data) if self.path == "/xAPI/statements" else (404, b"")
            if lrs.lost:
                self.close_connection = True
                return
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"{lrs.address}/elsewhere")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with listening(Handler, tls=tls) as address:
        lrs.address = f"{address}/xAPI"
        yield lrs

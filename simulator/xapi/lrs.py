"""A learning record store over HTTP (xAPI 1.0.3, Statement Resource); each failure is one sentence."""

from __future__ import annotations

import base64
import http.client
import json
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from simulator.settings import is_loopback
from simulator.xapi.statements import Statement

VERSION = "1.0.3"
SECONDS = 30  # until an answer
MOST_BYTES = 1024 * 1024  # of an answer: the ids of one call are a fraction of it

NO_ADDRESS = (
    "--lrs には http:// か https:// で始まる LRS のアドレスを指定してください。 An address of an LRS."
)
PLAIN = (
    "https でない LRS には、記録を暗号化せずに送ることになるため送りません。"
    "それでも送るときは --plain-http を付けてください。 Plain http needs --plain-http."
)
# By the status of the answer.
REFUSALS = {
    HTTPStatus.UNAUTHORIZED: "LRS が利用者名とパスワードを受け付けませんでした。 "
    "The LRS refuses the login (401).",
    HTTPStatus.FORBIDDEN: "LRS に、この利用者が記録を書き込む権限がありません。 "
    "The LRS does not let this user write (403).",
    HTTPStatus.NOT_FOUND: "LRS のアドレスが違います。--lrs を確かめてください。 There is no LRS here (404).",
    HTTPStatus.TOO_MANY_REQUESTS: "LRS が混んでいます。しばらくしてから、もう一度実行してください。 "
    "The LRS asks to wait (429).",
}
MOVED = "LRS が別のアドレスを示しました。--lrs を確かめてください。 The LRS leads elsewhere ({})."
REFUSED = "LRS が記録を受け付けませんでした。 The LRS refuses the statements ({})."
IN_TROUBLE = "LRS で障害が起きています。後でもう一度実行してください。 The LRS is in trouble ({})."
NO_LRS = "LRS ではないサーバが応答しました。--lrs を確かめてください。 The answer is none of an LRS."
NO_CERTIFICATE = "LRS の証明書を確かめられません。 The certificate of the LRS cannot be verified ({})."
AWAY = "LRS につながりません。 The LRS cannot be reached ({})."


class AddressError(ValueError):
    """An address that nothing is sent to; the message is the sentence for people."""


class LrsError(Exception):
    """The LRS has not taken what was sent; the message is the sentence for people."""


class _Stay(HTTPRedirectHandler):
    """Follows no redirect: the login and the records are for the address that was given."""

    def redirect_request(self, *_: object) -> None:
        """Return no further request."""


@dataclass(frozen=True)
class Lrs:
    """An LRS. address: of its Statement Resource, without a login. user, password: "" for none."""

    address: str
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    def post(self, statements: Sequence[Statement]) -> int:
        """Send statements; return how many of them it has already had with other contents.

        What it has already had as it is sent now is nothing new to it. Raises LrsError.
        """
        try:
            return self._post(statements)
        except HTTPError as error:
            status = error.code
        if status == HTTPStatus.CONFLICT and len(statements) == 1:
            return 1
        if status not in (HTTPStatus.CONFLICT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE) or len(statements) == 1:
            raise LrsError(_refusal(status))
        half = len(statements) // 2
        return self.post(statements[:half]) + self.post(statements[half:])

    def _post(self, statements: Sequence[Statement]) -> int:
        request = Request(self.address, json.dumps(statements).encode(), self._headers(), method="POST")  # noqa: S310  http or https
        try:
            with _opener(self.address).open(request, timeout=SECONDS) as answer:
                status, body = answer.status, answer.read(MOST_BYTES)
        except HTTPError as error:
            error.close()
            raise
        except URLError as error:
            raise LrsError(_unreached(error.reason)) from None
        except (OSError, http.client.HTTPException) as error:
            raise LrsError(_unreached(error)) from None
        if status != HTTPStatus.NO_CONTENT and not _are_ids(body, statements):
            raise LrsError(NO_LRS)
        return 0

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "X-Experience-API-Version": VERSION}
        if self.user:
            login = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
            headers["Authorization"] = f"Basic {login}"
        return headers


def _opener(address: str) -> OpenerDirector:
    # This computer is never asked for by way of a proxy, whatever the environment says.
    here = [ProxyHandler({})] if is_loopback(urlsplit(address).hostname or "") else []
    return build_opener(_Stay, *here)


def _are_ids(body: bytes, statements: Sequence[Statement]) -> bool:
    """Return whether an answer is the ids of these statements, of all or of those that were new."""
    try:
        answer: Any = json.loads(body)
    except ValueError:
        return False
    sent = {statement["id"] for statement in statements}
    return isinstance(answer, list) and all(isinstance(each, str) and each.lower() in sent for each in answer)


def _refusal(status: int) -> str:
    if status in REFUSALS:
        return REFUSALS[HTTPStatus(status)]
    if status < HTTPStatus.BAD_REQUEST:
        return MOVED.format(status)
    return (REFUSED if status < HTTPStatus.INTERNAL_SERVER_ERROR else IN_TROUBLE).format(status)


def _unreached(reason: object) -> str:
    if isinstance(reason, ssl.SSLCertVerificationError):
        return NO_CERTIFICATE.format(reason.verify_message)
    told = getattr(reason, "strerror", None) or type(reason).__name__
    if isinstance(reason, TimeoutError):
        told = "timed out"
    return AWAY.format(told)


def lrs_at(typed: str, user: str, password: str, *, plain_http: bool) -> Lrs:
    """Return the LRS at a typed address; a login in the address is used before the other.

    Raises AddressError, whose sentence never holds the address.
    """
    try:
        parts = urlsplit(typed.strip())
        port = parts.port
    except ValueError:
        raise AddressError(NO_ADDRESS) from None
    if not _is_address(parts):
        raise AddressError(NO_ADDRESS)
    host = parts.hostname or ""
    if parts.scheme == "http" and not (is_loopback(host) or plain_http):
        raise AddressError(PLAIN)
    if parts.username:
        user, password = unquote(parts.username), unquote(parts.password or "")
    place = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    path = parts.path.rstrip("/").removesuffix("/statements")
    return Lrs(f"{parts.scheme}://{place}{path}/statements", user, password)


def _is_address(parts: SplitResult) -> bool:
    text = parts.geturl()
    # Nothing that a line of the request could be broken with.
    is_plain = text.isascii() and text.isprintable() and " " not in text
    return (
        is_plain
        and parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and not parts.query + parts.fragment
    )

"""The two ways to send a request: into the application, or over real HTTP to a server on loopback."""

from __future__ import annotations

import http.client
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING

from tests.screens.visitor import COOKIE, Answer

if TYPE_CHECKING:
    from flask import Flask


class ClientBrowser:
    """Straight into the application."""

    def __init__(self, app: Flask, host: str = "localhost") -> None:
        self.client = app.test_client()
        self.host = host

    def send(self, method: str, path: str, body: bytes, kind: str) -> Answer:
        """The application's answer."""
        response = self.client.open(
            path, method=method, data=body, content_type=kind or None, base_url=f"http://{self.host}"
        )
        return Answer(response.status_code, dict(response.headers.items()), response.get_data())

    def cookie(self, seat_code: str) -> str:
        """The token that a seat's pages gave."""
        found = self.client.get_cookie(COOKIE, path=f"/bank/{seat_code}/")
        return found.value if found else ""

    def set_cookie(self, seat_code: str, token: str) -> None:
        """As if a seat's pages had given this token."""
        self.client.set_cookie(COOKIE, token, path=f"/bank/{seat_code}/")


class HttpBrowser:
    """Over HTTP, one connection a request, as after any break."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def connect(self) -> http.client.HTTPConnection:
        """A connection for one request."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)

    def send(self, method: str, path: str, body: bytes, kind: str) -> Answer:
        """The server's answer. OSError or HTTPException when it is not there."""
        connection = self.connect()
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if kind:
            headers["Content-Type"] = kind
        try:
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            received = response.read()
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie") or []:
            self.cookies.update({name: each.value for name, each in SimpleCookie(line).items()})
        return Answer(response.status, dict(response.headers.items()), received)

    def cookie(self, seat_code: str) -> str:  # noqa: ARG002  one seat a browser is enough here
        """The token that the seat's pages gave."""
        return self.cookies.get(COOKIE, "")

    def set_cookie(self, seat_code: str, token: str) -> None:  # noqa: ARG002
        """As if the seat's pages had given this token."""
        self.cookies[COOKIE] = token

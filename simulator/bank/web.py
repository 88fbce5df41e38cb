"""What every screen of the bank shares: whose visit it is, what he may do, forms and answers."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar

from flask import abort, current_app, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.local import LocalProxy
from werkzeug.wrappers import Response

from simulator.bank.credentials import Hasher, csrf_token, token_digest
from simulator.bank.messages import message
from simulator.domain.rules import sessions
from simulator.domain.rules.characters import is_control
from simulator.domain.rules.failures import Failure
from simulator.domain.world import Draft, Secret, Session, User, World
from simulator.store import Seat

# Where a screen stands: before login, the forced password change, window B, window C.
Place = Literal["public", "first_login", "list", "approval", "service"]
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


@dataclass(frozen=True)
class Access:
    """Who may open a screen: where it stands, whether it is the master's, rights of which one is enough."""

    place: Place
    master: bool = False
    rights: tuple[str, ...] = ()


def allows(place: Place, *rights: str, master: bool = False) -> Callable[[View], View]:
    """State a screen's access at its route; a screen without it is refused."""

    def mark(view: View) -> View:
        view.access = Access(place, master, rights)  # type: ignore[attr-defined]
        return view

    return mark


class SessionGoneError(Exception):
    """The session that a request stood on is not there any more (S36)."""

    def __init__(self, reason: str = "unknown") -> None:
        super().__init__(reason)
        self.reason = reason


class StaleFormError(Exception):
    """A form that was sent before, or comes from another page (nothing was done)."""


@dataclass
class Visit:
    """One request at one seat's bank. ``world`` is for reading; ``change`` gives one to write."""

    seat: Seat
    world: World
    token: str
    sid: str
    known: Session | None

    @property
    def session(self) -> Session:
        """This visit's bank session. SessionGoneError when there is none."""
        if self.known is None:
            raise SessionGoneError
        return self.known

    @property
    def user(self) -> User:
        """Who is visiting, as saved when the request came."""
        return self.world.users[self.session.login_id]

    @contextmanager
    def change(self) -> Iterator[tuple[World, Session, User]]:
        """The world in a transaction, with this visit's session and user as they are there."""
        with self.seat.change() as world:
            session = sessions.find(world, token_digest(self.token))
            if session is None or session.public_id != self.sid or session.login_id not in world.users:
                raise SessionGoneError(sessions.why_ended(world, self.sid))
            yield world, session, world.users[session.login_id]


visit: Visit = LocalProxy(lambda: g.visit)  # type: ignore[assignment]


def hasher() -> Hasher:
    """The application's one hasher: its cap counts every seat's hashes."""
    found: Hasher = current_app.extensions["densai-hasher"]
    return found


def real_now() -> datetime:
    """Real time, for idleness."""
    return datetime.now(UTC).replace(microsecond=0)


# Cookies ---------------------------------------------------------------------------------------


def cookie_name() -> str:
    """The session cookie's name; its prefix makes browsers insist on Secure."""
    return "densai" if current_app.config["PLAIN_HTTP"] else "__Secure-densai"


def set_token(response: Response, seat_code: str, token: str) -> None:
    """Give the browser a token that only this seat's pages see."""
    response.set_cookie(
        cookie_name(),
        token,
        path=url_for("bank.homepage.front", seat=seat_code),
        secure=not current_app.config["PLAIN_HTTP"],
        httponly=True,
        samesite="Strict",
    )


def new_token() -> str:
    """256 random bits for a cookie."""
    return secrets.token_urlsafe(32)


def csrf() -> str:
    """The form token of this visit."""
    return csrf_token(visit.token)


# Forms and answers -----------------------------------------------------------------------------


def read_form(*names: str) -> dict[str, str]:
    """These fields as sent, "" for a missing one; a field sent twice is nobody's typing and refused."""
    for name in names:
        if len(request.form.getlist(name)) > 1:
            abort(400)
    return {name: request.form.get(name, "") for name in names}


def show(template: str, status: int = 200, **values: Any) -> Response:
    """A screen. Templates always have ``values``, ``errors``, ``failures`` and ``labels``."""
    context: dict[str, Any] = {"values": {}, "errors": {}, "failures": [], "labels": {}, **values}
    context["values"] = {name: _shown(text) for name, text in context["values"].items()}
    return make_response(render_template(template, **context), status)


def _shown(text: str) -> str:
    # A page with a control character in it is no valid HTML.
    return "".join(char for char in text if not is_control(char))


def refuse(template: str, failures: Iterable[Failure], values: dict[str, str], **more: Any) -> Response:
    """The form again: every fault named at its field, what was typed kept. 422."""
    failures = list(dict.fromkeys(failures))
    errors: dict[str, list[str]] = {}
    listed = [(failure.field, message(failure)) for failure in failures]
    for field, text in listed:
        errors.setdefault(field, []).append(text)
    g.refusals = failures  # for whoever watches over the request
    return show(template, 422, values=values, errors=errors, failures=listed, **more)


def go(endpoint: str, **values: Any) -> Response:
    """To another screen, by GET."""
    return redirect(url_for(f"bank.{endpoint}", **values), 303)


# Confirmations ---------------------------------------------------------------------------------
# Windows B and C stand side by side, so each has a draft of its own: g.window says which is asked.


def keep_draft(session: Session, kind: str, **parts: Any) -> Draft:
    """Remember what was entered until it is confirmed."""
    draft = session.drafts[g.window] = Draft(secrets.token_hex(8), kind, **parts)
    return draft


def draft_of(session: Session, kind: str) -> Draft:
    """The draft that waits on a confirmation screen of this kind."""
    draft = session.drafts.get(g.window)
    if draft is None or draft.kind != kind:
        raise StaleFormError
    return draft


def sent_draft(session: Session, kind: str) -> Draft:
    """The draft that the form being sent belongs to."""
    draft = draft_of(session, kind)
    if draft.id != request.form.get("draft"):
        raise StaleFormError
    return draft


def returned_draft(session: Session, kind: str) -> Draft | None:
    """The draft whose confirmation was left by 戻る: its form shows again what was entered."""
    draft = session.drafts.get(g.window)
    return draft if draft and draft.kind == kind and draft.id == request.args.get("draft") else None


def draft_secret(draft: Draft) -> Secret:
    """The hashed password that a draft keeps."""
    if draft.secret is None:
        raise StaleFormError
    return draft.secret


def was_done(session: Session, kind: str) -> bool:
    """Whether the confirmation being sent was carried out already (double click, reload, back)."""
    done = session.done.get(g.window)
    return bool(done and done.kind == kind and done.id == request.form.get("draft"))


def spend_draft(session: Session, draft: Draft, **fields: str) -> None:
    """The draft was carried out: it can't be again, and its result screen can be shown."""
    session.drafts.pop(g.window, None)
    draft.secret = None
    draft.fields.update(fields)
    session.done[g.window] = draft


def done_of(session: Session, kind: str) -> Draft:
    """What the last confirmation of this kind did."""
    done = session.done.get(g.window)
    if done is None or done.kind != kind:
        raise StaleFormError
    return done

"""Shared by every screen of the bank: the visit, access, cookies, forms, pages and confirmations."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar

from flask import Flask, abort, current_app, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.local import LocalProxy
from werkzeug.wrappers import Response

from simulator.bank.credentials import Hasher, csrf_token, token_digest
from simulator.bank.labels import LABELS
from simulator.bank.messages import message
from simulator.domain.rules import sessions
from simulator.domain.rules.characters import is_control
from simulator.domain.rules.failures import Failure
from simulator.domain.world import Draft, Secret, Session, User, World
from simulator.store import Seat

# Where a screen stands: before login, the forced password change, window B, window C.
Place = Literal["public", "first_login", "list", "approval", "service"]
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
PageWatcher = Callable[[str, Mapping[str, str], Sequence[Failure]], Markup]
PageHead = Callable[[], Markup]


@dataclass(frozen=True)
class Access:
    """The access to a screen.

    place: where it stands. master: for the master user alone. rights: those of which one is enough; none: all
    users.
    """

    place: Place
    master: bool = False
    rights: tuple[str, ...] = ()


def allows(place: Place, *rights: str, master: bool = False) -> Callable[[View], View]:
    """Return a decorator that states a screen's access at its route; a screen without it answers 404."""

    def mark(view: View) -> View:
        view.access = Access(place, master, rights)  # type: ignore[attr-defined]
        return view

    return mark


class SessionGoneError(Exception):
    """The bank session of a request has ended (S36). reason: a key of messages.SESSION_OVER."""

    def __init__(self, reason: str = "unknown") -> None:
        super().__init__(reason)
        self.reason = reason


class StaleFormError(Exception):
    """A form was sent before, or comes from another page; nothing was done."""


@dataclass
class Visit:
    """One request at a seat's bank.

    world: for reading; ``change`` gives one to write. token: the session cookie. sid: the public id of the
    session in the address, "" outside of one. known: the session that the cookie opens, if any.
    """

    seat: Seat
    world: World
    token: str
    sid: str
    known: Session | None

    @property
    def session(self) -> Session:
        """This visit's bank session. Raises SessionGoneError when there is none."""
        if self.known is None:
            raise SessionGoneError
        return self.known

    @property
    def user(self) -> User:
        """The visiting user, as saved when the request came. Raises SessionGoneError."""
        return self.world.users[self.session.login_id]

    @contextmanager
    def change(self) -> Iterator[tuple[World, Session, User]]:
        """Give the world in a transaction, with this visit's session and user as they are in it.

        Raises SessionGoneError where the session has ended meanwhile.
        """
        with self.seat.change() as world:
            session = sessions.find(world, token_digest(self.token))
            if session is None or session.public_id != self.sid or session.login_id not in world.users:
                raise SessionGoneError(sessions.why_ended(world, self.sid))
            yield world, session, world.users[session.login_id]


visit: Visit = LocalProxy(lambda: g.visit)  # type: ignore[assignment]


def hasher() -> Hasher:
    """Return the application's one hasher: its limit holds for all seats together."""
    found: Hasher = current_app.extensions["densai-hasher"]
    return found


def real_now() -> datetime:
    """Return real time in UTC, to the second; idleness is counted by it."""
    return datetime.now(UTC).replace(microsecond=0)


# Cookies ---------------------------------------------------------------------------------------


def cookie_name() -> str:
    """Return the session cookie's name; its prefix makes browsers insist on Secure."""
    return "densai" if current_app.config["PLAIN_HTTP"] else "__Secure-densai"


def set_token(response: Response, seat_code: str, token: str) -> None:
    """Set the session cookie, which the browser sends to this seat's pages alone."""
    response.set_cookie(
        cookie_name(),
        token,
        path=url_for("bank.homepage.front", seat=seat_code),
        secure=not current_app.config["PLAIN_HTTP"],
        httponly=True,
        samesite="Lax",
    )


def new_token() -> str:
    """Return 256 random bits for a cookie."""
    return secrets.token_urlsafe(32)


def csrf() -> str:
    """Return the form token of this visit."""
    return csrf_token(visit.token)


# Forms and answers -----------------------------------------------------------------------------


def watch_pages(app: Flask, watcher: PageWatcher, head: PageHead = Markup) -> None:
    """Register the watcher of every page of the bank.

    It is called once a page, before it is drawn, with the page's title, the labels of its fields by their
    names and the failures that it shows, and returns the markup to put at the end of the page. ``head``
    returns what stands in the head of a page to whose end something was put.
    """
    app.extensions["densai-page-watcher"] = watcher
    app.extensions["densai-page-head"] = head


def read_form(*names: str) -> dict[str, str]:
    """Return these form fields as sent, "" for a missing one; 400 for a field that was sent twice."""
    for name in names:
        if len(request.form.getlist(name)) > 1:
            abort(400)
    return {name: request.form.get(name, "") for name in names}


def show(template: str, status: int = 200, **values: Any) -> Response:
    """Return a screen of the bank.

    Its template has ``values``, ``errors``, ``failures`` and ``labels``, besides the values given here.
    """
    return _page(template, status, values, [])


def _shown(text: str) -> str:
    # A page with a control character in it is no valid HTML.
    return "".join(char for char in text if not is_control(char))


def refuse(template: str, failures: Iterable[Failure], values: dict[str, str], **more: Any) -> Response:
    """Return the form again (422): every failure named at its field, the values given here kept."""
    failures = list(dict.fromkeys(failures))
    errors: dict[str, list[str]] = {}
    listed = [(failure.field, message(failure)) for failure in failures]
    for field, text in listed:
        errors.setdefault(field, []).append(text)
    return _page(template, 422, {"values": values, "errors": errors, "failures": listed, **more}, failures)


def _page(template: str, status: int, values: dict[str, Any], refusals: Sequence[Failure]) -> Response:
    """A whole page; its watcher has done its work before any of it is drawn."""
    labels = LABELS.get(template, {})
    context: dict[str, Any] = {"values": {}, "errors": {}, "failures": [], "labels": labels, **values}
    context["values"] = {name: _shown(text) for name, text in context["values"].items()}
    watcher: PageWatcher | None = current_app.extensions.get("densai-page-watcher")
    if watcher:
        context["page_end"] = end = watcher(title_of(template, **context), labels, refusals)
        context["page_head"] = current_app.extensions["densai-page-head"]() if end else ""
    return make_response(render_template(template, **context), status)


def title_of(template: str, **values: Any) -> str:
    """Return the title of a page, which its template states in the block ``title``."""
    page = current_app.jinja_env.get_template(template)
    return Markup("").join(page.blocks["title"](page.new_context(values))).unescape()


def go(endpoint: str, **values: Any) -> Response:
    """Return a redirect (303) to another screen."""
    return redirect(url_for(f"bank.{endpoint}", **values), 303)


# Confirmations ---------------------------------------------------------------------------------
# Windows B and C stand side by side, so each has a draft of its own: g.window says which is asked.


def keep_draft(session: Session, kind: str, **parts: Any) -> Draft:
    """Keep the input of a form until it is confirmed, and return it as a draft."""
    draft = session.drafts[g.window] = Draft(secrets.token_hex(8), kind, **parts)
    return draft


def draft_of(session: Session, kind: str) -> Draft:
    """Return the draft that waits on a confirmation screen of this kind. Raises StaleFormError."""
    draft = session.drafts.get(g.window)
    if draft is None or draft.kind != kind:
        raise StaleFormError
    return draft


def sent_draft(session: Session, kind: str) -> Draft:
    """Return the draft that the form being sent belongs to. Raises StaleFormError."""
    draft = draft_of(session, kind)
    if draft.id != request.form.get("draft"):
        raise StaleFormError
    return draft


def returned_draft(session: Session, kind: str) -> Draft | None:
    """Return the draft whose confirmation was left by 戻る, to fill its form again; else None."""
    draft = session.drafts.get(g.window)
    return draft if draft and draft.kind == kind and draft.id == request.args.get("draft") else None


def draft_secret(draft: Draft) -> Secret:
    """Return the hashed password that a draft keeps. Raises StaleFormError."""
    if draft.secret is None:
        raise StaleFormError
    return draft.secret


def was_done(session: Session, kind: str) -> bool:
    """Return whether the confirmation being sent was carried out already (double click, reload, back)."""
    done = session.done.get(g.window)
    return bool(done and done.kind == kind and done.id == request.form.get("draft"))


def spend_draft(session: Session, draft: Draft, **fields: str) -> None:
    """Note that a draft was carried out: it cannot be again, and its result screen can be shown."""
    session.drafts.pop(g.window, None)
    draft.secret = None
    draft.fields.update(fields)
    session.done[g.window] = draft


def done_of(session: Session, kind: str) -> Draft:
    """Return the draft that the last confirmation of this kind carried out. Raises StaleFormError."""
    done = session.done.get(g.window)
    if done is None or done.kind != kind:
        raise StaleFormError
    return done

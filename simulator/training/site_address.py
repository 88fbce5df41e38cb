"""The training site's address for a class: its QR code, and whether other computers can open it. Pure."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import segno
from markupsafe import Markup

from simulator.settings import Settings, is_loopback

QUIET = 2  # modules of white around a QR code, besides the paper's or the wall's own
DEFAULT_PORT, DEFAULT_DATABASE = Settings.port, Settings.database
SQLITE = "sqlite:///"
NAMELESS = "このパソコンの名前"


def for_class(home: str, class_code: str) -> str:
    """Return the entrance's address with the class code to be filled in."""
    return f"{home}?{urlencode({'class': class_code})}"


def for_seat(home: str, seat_code: str) -> str:
    """Return the entrance's address with the seat code, which stands on the same paper."""
    return f"{home}?{urlencode({'seat': seat_code})}"


def qr_code(address: str) -> Markup:
    """Return a QR code as an SVG element with attributes only, as the content policy asks."""
    drawn: str = segno.make(address, error="m", micro=False).svg_inline(
        border=QUIET, omitsize=True, svgclass="", lineclass=""
    )
    # Drawn by the library from modules alone: no text of the address stands in it.
    return Markup(drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S704


def is_only_here(home: str) -> bool:
    """Return whether only this computer can open the address."""
    return is_loopback(urlsplit(home).hostname or "")


def restart_command(settings: Settings, computer: str, *, by_make: bool) -> str:
    """Return the command that starts this server anew for a class on a LAN.

    computer: this computer's name, "" where it has none that others could type. by_make: it was started by
    make.
    """
    name = computer if computer and not is_loopback(computer) else NAMELESS
    options = ["--host 0.0.0.0", f"--allow-host {name}", "--plain-http"]
    if settings.port not in (0, DEFAULT_PORT):
        options.append(f"--port {settings.port}")
    if settings.database != DEFAULT_DATABASE and settings.database.startswith(SQLITE):
        options.append(f"--database {settings.database.removeprefix(SQLITE)}")
    return f'make serve ARGS="{" ".join(options)}"' if by_make else f"densai serve {' '.join(options)}"

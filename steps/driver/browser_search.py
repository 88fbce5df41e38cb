"""Finds the browser that the tests drive: one already on this computer, or one downloaded once.

`python -m steps.driver.browser_search` makes sure there is one (`make test` calls it).
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VARIABLE = "DENSAI_BROWSER"
HELP = (
    "ブラウザーが見つかりません。Google Chrome、Microsoft Edge または Chromium を入れるか、"
    f"環境変数 {VARIABLE} にその場所を書いてください。 "
    f"No browser was found: install Chrome, Edge or Chromium, or name one in {VARIABLE}."
)

# A test must not wait for, or be seen by, anything outside this computer.
QUIET_ARGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)

HEADLESS_ONLY = ("chromium-headless-shell", "chrome-headless-shell")
FULL = (
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "microsoft-edge",
    "microsoft-edge-stable",
)
MAC_APPS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "Chromium.app/Contents/MacOS/Chromium",
)
WINDOWS_APPS = (
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "Chromium/Application/chrome.exe",
)
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")


class BrowserError(Exception):
    """There is no browser, or it does not start; the message says what to do."""


@dataclass(frozen=True)
class Browser:
    """The program to start, None for Playwright's own, and its arguments."""

    executable: str | None
    args: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return its name for a message."""
        return self.executable or "Playwright's own Chromium"

    def launch_options(self) -> dict[str, object]:
        """Return keyword arguments for Playwright's `launch`."""
        options: dict[str, object] = {"args": list(self.args)}
        if self.executable:
            options["executable_path"] = self.executable
        return options

    def start_failure(self, error: Exception) -> BrowserError:
        """Return a one-sentence error in place of Playwright's long one."""
        reason = next((line.strip() for line in str(error).splitlines() if line.strip()), "no reason given")
        return BrowserError(
            f"ブラウザーを起動できません。 The browser {self.name} did not start ({reason[:200]}); "
            f"name another one in {VARIABLE}."
        )


class Computer(Protocol):
    """The facts about a computer that the search depends on."""

    system: str
    environ: Mapping[str, str]
    home: Path

    def which(self, name: str) -> str | None:
        """Return the full path of a command, if there is one."""

    def is_root(self) -> bool:
        """Return whether Chromium's own sandbox cannot be used."""

    def wanted_builds(self) -> Mapping[str, str]:
        """Return the builds that the installed Playwright would download: name -> revision."""


class ThisComputer:
    """The computer the tests run on."""

    def __init__(self) -> None:
        self.system = sys.platform
        self.environ: Mapping[str, str] = os.environ
        self.home = Path.home()

    def which(self, name: str) -> str | None:
        """Return the full path of a command, if there is one."""
        return shutil.which(name)

    def is_root(self) -> bool:
        """Return whether Chromium's own sandbox cannot be used."""
        return hasattr(os, "geteuid") and os.geteuid() == 0

    def wanted_builds(self) -> Mapping[str, str]:
        """Return the builds that the installed Playwright would download: name -> revision."""
        import playwright  # noqa: PLC0415  the search works without it

        listing = Path(playwright.__file__).parent / "driver/package/browsers.json"
        builds = json.loads(listing.read_text(encoding="utf-8"))["browsers"]
        return {build["name"]: build["revision"] for build in builds}


def find_browser(*, headed: bool = False, computer: Computer | None = None) -> Browser:
    """Return the browser to drive: the one named, an installed one, or Playwright's own.

    Raises:
        BrowserError: there is none; the message says what to do.
    """
    here = computer or ThisComputer()
    args = (*(("--no-sandbox",) if here.is_root() else ()), *QUIET_ARGS)
    named = here.environ.get(VARIABLE, "").strip()
    if named:
        return Browser(_named(named, here), args)
    installed = next(_installed(here, headed=headed), None)
    if installed or _has_own(here, headed=headed):
        return Browser(installed, args)
    raise BrowserError(HELP)


def _named(named: str, here: Computer) -> str | None:
    if named == "playwright":
        return None
    found = named if Path(named).is_file() else here.which(named)
    if found is None:
        message = (
            f"{VARIABLE} のブラウザーがありません。 {VARIABLE} names {named!r}, which is no program here."
        )
        raise BrowserError(message)
    return found


def _installed(here: Computer, *, headed: bool) -> Iterator[str]:
    """Yield usable programs, the fastest first; a headless-only one cannot show a window."""
    for name in FULL if headed else (*HEADLESS_ONLY, *FULL):
        found = here.which(name)
        if found and not _is_snap_stub(Path(found)):
            yield found
    yield from (str(path) for path in _usual_places(here) if path.is_file())


def _usual_places(here: Computer) -> Iterator[Path]:
    if here.system == "darwin":
        yield from (
            folder / app for folder in (Path("/Applications"), here.home / "Applications") for app in MAC_APPS
        )
    if here.system == "win32":
        folders = (here.environ.get(name) for name in WINDOWS_FOLDERS)
        yield from (Path(folder) / app for folder in folders if folder for app in WINDOWS_APPS)


def _is_snap_stub(path: Path) -> bool:
    """Return whether it is Ubuntu's `chromium-browser`, a script that only asks to install a snap."""
    with path.open("rb") as program:
        start = program.read(4096)
    return start.startswith(b"#!") and b"snap install" in start


def _has_own(here: Computer, *, headed: bool) -> bool:
    """Return whether Playwright has downloaded the very build that it will start."""
    build = "chromium" if headed else "chromium-headless-shell"
    try:
        revision = here.wanted_builds()[build]
    except (ImportError, OSError, KeyError):
        return False
    folder = f"{build.replace('-', '_')}-{revision}"
    return (_download_folder(here) / folder / "INSTALLATION_COMPLETE").is_file()


def _download_folder(here: Computer) -> Path:
    chosen = here.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if chosen:
        return Path(chosen)
    if here.system == "win32":
        return Path(here.environ.get("LOCALAPPDATA", here.home)) / "ms-playwright"
    return here.home / ("Library/Caches" if here.system == "darwin" else ".cache") / "ms-playwright"

"""Which browser is found, and what is said when there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fixtures.browser_setup import ensure_browser, ensure_font
from steps.driver.browser_search import QUIET_ARGS, Browser, BrowserError, find_browser

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass
class FakeComputer:
    """A computer with these commands and nothing else."""

    home: Path
    system: str = "linux"
    environ: Mapping[str, str] = field(default_factory=dict)
    root: bool = False
    builds: Mapping[str, str] = field(default_factory=dict)

    def which(self, name: str) -> str | None:
        path = self.home / "bin" / name
        return str(path) if path.exists() else None

    def is_root(self) -> bool:
        return self.root

    def wanted_builds(self) -> Mapping[str, str]:
        return self.builds

    def add(self, name: str, content: bytes = b"\x7fELF") -> str:
        path = self.home / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return str(path)


@dataclass
class FakeInstaller:
    """Notes what it was asked and installs what apt would."""

    computer: FakeComputer
    packages: frozenset[str] = frozenset()
    fonts: str = "NotoSansCJK-Regular.ttc"
    asked: list[str] = field(default_factory=list)

    def run(self, *command: str, seconds: int) -> bool:
        assert seconds > 0
        self.asked.append(" ".join(command))
        if command[:1] != ("apt-get",) or "install" not in command:
            return "update" in command
        wanted = self.packages.intersection(command)
        for package in wanted:
            self.computer.add(package)
        return bool(wanted)

    def output(self, *command: str) -> str:
        assert command[0] == "fc-list"
        return self.fonts


@pytest.fixture
def computer(tmp_path: Path) -> FakeComputer:
    return FakeComputer(home=tmp_path)


def test_the_headless_shell_is_preferred(computer: FakeComputer) -> None:
    computer.add("google-chrome")
    shell = computer.add("chromium-headless-shell")
    assert find_browser(computer=computer) == Browser(shell, QUIET_ARGS)


def test_a_shown_window_needs_a_whole_browser(computer: FakeComputer) -> None:
    computer.add("chromium-headless-shell")
    whole = computer.add("chromium")
    assert find_browser(headed=True, computer=computer).executable == whole


def test_the_named_browser_wins_by_path(computer: FakeComputer) -> None:
    computer.add("chromium")
    named = computer.add("my-browser")
    computer.environ = {"DENSAI_BROWSER": named}
    assert find_browser(computer=computer).executable == named


def test_the_named_browser_may_be_a_command(computer: FakeComputer) -> None:
    named = computer.add("my-browser")
    computer.environ = {"DENSAI_BROWSER": "my-browser"}
    assert find_browser(computer=computer).executable == named


def test_playwright_may_be_named(computer: FakeComputer) -> None:
    computer.add("chromium")
    computer.environ = {"DENSAI_BROWSER": "playwright"}
    assert find_browser(computer=computer).executable is None


def test_a_named_browser_that_is_not_there_is_an_error_even_if_others_are(computer: FakeComputer) -> None:
    computer.add("chromium")
    computer.environ = {"DENSAI_BROWSER": "/nowhere/chrome"}
    with pytest.raises(BrowserError, match="/nowhere/chrome"):
        find_browser(computer=computer)


def test_a_script_that_only_asks_for_a_snap_is_no_browser(computer: FakeComputer) -> None:
    computer.add("chromium-browser", b"#!/bin/sh\necho 'snap install chromium'\n")
    with pytest.raises(BrowserError, match="DENSAI_BROWSER"):
        find_browser(computer=computer)


def test_a_wrapper_script_is_a_browser(computer: FakeComputer) -> None:
    wrapper = computer.add("chromium", b"#!/bin/sh\nexec /usr/lib/chromium/chromium\n")
    assert find_browser(computer=computer).executable == wrapper


@pytest.mark.parametrize(
    ("system", "variable", "place"),
    [
        ("darwin", "", "Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
        ("win32", "LOCALAPPDATA", "Google/Chrome/Application/chrome.exe"),
        ("win32", "PROGRAMFILES(X86)", "Microsoft/Edge/Application/msedge.exe"),
    ],
)
def test_the_usual_places_of_other_systems_are_searched(
    computer: FakeComputer, system: str, variable: str, place: str
) -> None:
    program = computer.home / place
    program.parent.mkdir(parents=True)
    program.write_bytes(b"MZ")
    computer.system, computer.environ = system, {variable: str(computer.home)}
    # The first place of macOS is outside the fake home; it can only be there on a real Mac.
    found = find_browser(computer=computer).executable
    assert found is not None
    assert Path(found).name == program.name


def test_playwrights_own_counts_only_when_the_download_was_finished(computer: FakeComputer) -> None:
    computer.builds = {"chromium-headless-shell": "1255"}
    folder = computer.home / ".cache/ms-playwright/chromium_headless_shell-1255"
    folder.mkdir(parents=True)
    with pytest.raises(BrowserError):
        find_browser(computer=computer)
    (folder / "INSTALLATION_COMPLETE").touch()
    assert find_browser(computer=computer).executable is None


def test_an_older_download_of_playwright_does_not_count(computer: FakeComputer) -> None:
    computer.builds = {"chromium-headless-shell": "1255"}
    folder = computer.home / ".cache/ms-playwright/chromium_headless_shell-1100"
    folder.mkdir(parents=True)
    (folder / "INSTALLATION_COMPLETE").touch()
    with pytest.raises(BrowserError):
        find_browser(computer=computer)


@pytest.mark.parametrize("root", [True, False])
def test_root_alone_goes_without_chromiums_sandbox(computer: FakeComputer, *, root: bool) -> None:
    computer.add("chromium")
    computer.root = root
    args = find_browser(computer=computer).args
    assert ("--no-sandbox" in args) is root
    assert set(QUIET_ARGS) <= set(args)


def test_launch_options_leave_the_path_to_playwright_when_it_has_its_own() -> None:
    assert Browser(None, ("--a",)).launch_options() == {"args": ["--a"]}
    assert Browser("/c", ("--a",)).launch_options() == {"args": ["--a"], "executable_path": "/c"}


def test_a_failed_start_is_one_sentence() -> None:
    log = "BrowserType.launch: Failed to launch\nBrowser logs:\n" + "<launching> …\n" * 50
    message = str(Browser("/usr/bin/chromium", ()).start_failure(RuntimeError(log)))
    assert "\n" not in message
    assert "/usr/bin/chromium" in message
    assert "DENSAI_BROWSER" in message


def test_nothing_is_installed_when_a_browser_is_there(computer: FakeComputer) -> None:
    computer.add("chromium")
    installer = FakeInstaller(computer)
    ensure_browser(computer, installer)
    assert installer.asked == []


def test_root_on_debian_gets_the_package_when_the_download_fails(computer: FakeComputer) -> None:
    computer.root = True
    computer.add("apt-get")
    installer = FakeInstaller(computer, frozenset({"chromium-headless-shell"}))
    assert Path(str(ensure_browser(computer, installer).executable)).name == "chromium-headless-shell"
    assert "playwright install chromium" in installer.asked[0]


def test_without_rights_to_install_the_sentence_says_what_to_do(computer: FakeComputer) -> None:
    computer.add("apt-get")
    installer = FakeInstaller(computer, frozenset({"chromium"}))
    with pytest.raises(BrowserError, match="Chromium"):
        ensure_browser(computer, installer)
    assert not [command for command in installer.asked if command.startswith("apt-get")]


def test_a_font_is_installed_only_where_there_is_none(computer: FakeComputer) -> None:
    computer.root = True
    computer.add("apt-get")
    has_one = FakeInstaller(computer)
    assert ensure_font(computer, has_one)
    assert has_one.asked == []
    has_none = FakeInstaller(computer, frozenset({"fonts-noto-cjk"}), fonts="")
    assert ensure_font(computer, has_none)
    assert any("fonts-noto-cjk" in command for command in has_none.asked)

"""The parts of the pages that are made from the code: `make docs` writes them, a test compares them.

Such a part stands between `<!-- generated: NAME -->` and `<!-- generated: end -->`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from steps import exit_codes
from tests.docs import coverage, demands, deployment_keys, never_asked
from tests.docs.pages import pages

PARTS: dict[str, Callable[[], str]] = {
    "coverage": coverage.tables,
    "demands": demands.table,
    "deployment keys": deployment_keys.tables,
    "exit codes": exit_codes.markdown,
    "never asked": never_asked.table,
}
PART = re.compile(
    r"(?P<begin><!-- generated: (?P<name>[a-z ]+) -->\n).*?(?P<end><!-- generated: end -->)", re.DOTALL
)


def filled(text: str) -> str:
    """Return a page's text with its generated parts as the code is now. KeyError for an unknown part."""
    return PART.sub(lambda part: f"{part['begin']}{PARTS[part['name']]().rstrip()}\n{part['end']}", text)


def parts_of(text: str) -> list[str]:
    """Return the names of the generated parts of a page."""
    return [part["name"] for part in PART.finditer(text)]


def write() -> list[Path]:
    """Write the generated parts of every page anew; return the pages that have changed."""
    changed = []
    for page in pages():
        before = page.read_text(encoding="utf-8")
        if (after := filled(before)) != before:
            page.write_text(after, encoding="utf-8")
            changed.append(page)
    return changed

"""`make docs`: write the generated parts of the pages anew."""

from __future__ import annotations

from tests.docs.generated import write
from tests.docs.pages import ROOT

for page in write():
    print(f"written: {page.relative_to(ROOT).as_posix()}")  # noqa: T201  a command says what it did

"""The message when the browser that was found does not start."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for a broken browser is a shell script")
def test_a_browser_that_does_not_start_is_one_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "broken-browser"
    broken.write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    broken.chmod(0o755)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "--tb=short",
            "-k",
            "p1_1_log_in",
            "steps",
        ],
        env={**os.environ, "DENSAI_BROWSER": str(broken)},
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 1
    assert "ブラウザーを起動できません" in done.stdout
    assert "broken-browser" in done.stdout
    assert "Traceback" not in done.stdout
    assert "pid=" not in done.stdout

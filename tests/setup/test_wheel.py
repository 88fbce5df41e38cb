"""The wheel holds what an installed densai needs, and nothing of the tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from simulator.manual.features import FEATURES, feature_files

ROOT = Path(__file__).parents[2]


def test_the_wheel_holds_the_packages_their_types_and_the_features(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(ZipFile(wheel).namelist())
    packages = ("simulator", "steps", "fixtures")
    assert {f"{package}/py.typed" for package in packages} <= names
    assert {f"features/{path.relative_to(FEATURES).as_posix()}" for path in feature_files()} <= names
    tops = {name.partition("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {*packages, "features"}

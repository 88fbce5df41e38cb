"""The judgement of a soak: memory that grows after the first minute is a fault, and so is what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cluster import soak

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES: dict[str, tuple[Callable[[float], float], float, int]] = {
    "flat after the first minute": (lambda at: 90 + min(at, 60) / 2, 600, 0),
    "growing on": (lambda at: 90 + at / 100, 600, 1),
    "too short to tell": (lambda _at: 90, 100, 1),
}


@pytest.mark.parametrize("case", SIZES)
def test_memory_is_judged_by_its_last_minute(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    size, seconds, code = SIZES[case]
    noted = [(float(at), size(at)) for at in range(0, int(seconds), 5)]
    nobody: Any = None
    assert soak._tell(soak.Soak(nobody, nobody, memory={"node1": noted})) == code
    assert capsys.readouterr().out.count("NG") == code


def test_what_went_wrong_on_the_way_is_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    nobody: Any = None
    made = soak.Soak(nobody, nobody)
    made.during("desk", "1")
    assert soak._tell(made) == 1
    assert "NG  desk: " in capsys.readouterr().out

"""Whole sentences of steps that a bank's manual words otherwise, put in the place of the features' own."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PROCEDURE = re.compile(r"^@手順([\d-]+)(?=\s)", re.MULTILINE)
_STEP = re.compile(r"^(\s*(?:もし|かつ)\s+(\d+)\. ).+$", re.MULTILINE)


def put_in(feature: str, sentences: Mapping[str, str]) -> str:
    """Return the text of a feature file with these sentences, by step as 2-1.4, in the place of its own."""
    procedure = _PROCEDURE.search(feature)
    if procedure is None:
        return feature

    def other(step: re.Match[str]) -> str:
        sentence = sentences.get(f"{procedure[1]}.{step[2]}")
        return step[0] if sentence is None else f"{step[1]}{sentence}"

    return _STEP.sub(other, feature)

"""Every scenario of every feature, each alone on a bank of its own."""

from __future__ import annotations

from pytest_bdd import scenarios

from simulator.manual.features import ENCODING, FEATURES

scenarios(str(FEATURES), encoding=ENCODING)

"""Every scenario of every feature, each alone on a bank of its own."""

from __future__ import annotations

from pytest_bdd import scenarios

from simulator.manual.procedures import FEATURES

scenarios(str(FEATURES))

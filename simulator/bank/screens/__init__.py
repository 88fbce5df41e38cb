"""The screens, one blueprint per area; together they are the blueprint ``bank``."""

from __future__ import annotations

from flask import Blueprint

from simulator.bank import guard
from simulator.bank.screens import (
    approval_password,
    homepage,
    login,
    logout,
    records,
    service_list,
    top,
    user_admin,
    user_changes,
    user_creation,
    user_rights,
    user_update,
)
from simulator.bank.template_globals import template_words

AREAS = (
    homepage,
    login,
    service_list,
    user_admin,
    user_creation,
    user_changes,
    approval_password,
    top,
    records,
    user_rights,
    user_update,
    logout,
)


def create_bank() -> Blueprint:
    """Return the blueprint of one seat's bank, below /bank/<seat code>/."""
    bank = Blueprint("bank", __name__, url_prefix="/bank/<seat>", template_folder="../templates")
    guard.install(bank)
    bank.context_processor(template_words)
    for area in AREAS:
        bank.register_blueprint(area.area)
    return bank

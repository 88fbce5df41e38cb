"""The texts in templates, retold when a template is read."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import BaseLoader, Environment

from simulator.banks.chosen import is_default, retell


def retelling(loader: BaseLoader | None) -> BaseLoader | None:
    """Return a loader that gives this bank's words; the loader itself for the default bank."""
    return loader if is_default() or loader is None else _Retelling(loader)


class _Retelling(BaseLoader):
    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return a template's text retold, its file and whether that is still the same."""
        source, path, is_current = self._loader.get_source(environment, template)
        return retell(source), path, is_current

    def list_templates(self) -> list[str]:
        """Return the names of all templates."""
        return self._loader.list_templates()

"""The texts in the program's own modules, retold when a module is imported.

Messages, labels, keys of tables and patterns are constants of the modules; retold in one place they stay the
same as each other and as the features, whatever words a bank changes. The default bank never comes here.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType

PACKAGES = ("simulator", "steps", "fixtures", "tests")
KEPT = "simulator.banks"  # speaks of packs, in the words of no bank

Retell = Callable[[str], str]


def install(retell: Retell) -> None:
    """Retell the texts of every module of this program that is imported from now on."""
    sys.meta_path.insert(0, _Finder(retell))


class _Finder(MetaPathFinder):
    def __init__(self, retell: Retell) -> None:
        self._retell = retell

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the module's own spec with our loader; None for modules of others."""
        if fullname.partition(".")[0] not in PACKAGES or f"{fullname}.".startswith(f"{KEPT}."):
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(spec.loader.name, spec.loader.path, self._retell)
        return spec


class _Loader(SourceFileLoader):
    """Reads a module without its compiled file, which holds the default bank's texts."""

    def __init__(self, name: str, path: str, retell: Retell) -> None:
        super().__init__(name, path)
        self._retelling = _Retelling(retell)

    def get_code(self, fullname: str) -> CodeType:
        """Return the module's code with its texts retold."""
        path = self.get_filename(fullname)
        tree = self._retelling.visit(ast.parse(self.get_data(path), path))
        return compile(tree, path, "exec", dont_inherit=True)


class _Retelling(ast.NodeTransformer):
    def __init__(self, retell: Retell) -> None:
        self._retell = retell

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        """Return a text retold, and any other constant as it is."""
        if isinstance(node.value, str):
            node.value = self._retell(node.value)
        return node

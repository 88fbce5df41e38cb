"""The coach's modules joined into one script, so that a browser asks once and not for each of them in turn.

A class that joins at the same moment asked for 22 modules a head, which kept the server from its pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from flask import Flask, Response, request

from simulator.banks.chosen import retold

FOLDER, FIRST = retold(Path(__file__).parents[1]) / "static" / "coach", "main"
IMPORT = re.compile(
    r'^import (?:\* as (?P<whole>\w+)|\{ (?P<names>[\w, ]+) \}) from "\./(?P<module>\w+)\.js";$'
)
EXPORT = re.compile(r"^export (?:async )?(?:function|class|const) (?P<name>\w+)")


class ScriptError(Exception):
    """A module of the coach cannot be joined; the message names it and the line."""


def install(app: Flask) -> None:
    """Serve the joined script beside the static files, under their version and kept as long.

    Raises:
        ScriptError: a module imports or exports in a way that is not known here, or imports itself.
    """
    script = joined(FOLDER, FIRST)

    def coach_script() -> Response:
        headers = {"Cache-Control": f"max-age={app.config['SEND_FILE_MAX_AGE_DEFAULT']}"}
        answer = Response(script, headers=headers, content_type="text/javascript; charset=utf-8")
        answer.add_etag()
        answer.make_conditional(request)
        return answer

    app.add_url_rule(f"{app.static_url_path}/coach.js", view_func=coach_script)


def joined(folder: Path, first: str, *others: Path) -> str:
    """Return one module's text that does what the module ``first`` and all that it imports do.

    others: where the modules are that ``folder`` does not have. Each stands in a function of its own that
    returns what it exports, the imported ones before it.
    """
    parts: dict[str, str] = {}
    _join((folder, *others), first, parts, ())
    return "\n".join(parts.values())


def _join(folders: Sequence[Path], name: str, parts: dict[str, str], importing: tuple[str, ...]) -> None:
    if name in importing:
        message = f"{name}.js imports itself by way of {', '.join(importing)}"
        raise ScriptError(message)
    if name in parts:
        return
    lines, exported = [], []
    file = next(path for folder in folders if (path := folder / f"{name}.js").exists())
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if found := IMPORT.match(line):
            _join(folders, found["module"], parts, (*importing, name))
            bound = found["whole"] or f"{{ {found['names'].replace(' as ', ': ')} }}"
            lines.append(f"const {bound} = of_{found['module']};")
        elif found := EXPORT.match(line):
            exported.append(found["name"])
            lines.append(line.removeprefix("export "))
        elif line.startswith(("import", "export")):
            message = f"{name}.js, line {number}: {line}"
            raise ScriptError(message)
        else:
            lines.append(line)
    body = "\n".join(lines)
    parts[name] = f"const of_{name} = (() => {{\n{body}\nreturn {{ {', '.join(exported)} }};\n}})();"

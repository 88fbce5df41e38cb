"""The coach's modules, joined into one script."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.app import STATIC_SECONDS
from simulator.training.coach_script import FIRST, FOLDER, ScriptError, joined
from tests.screens.banks import Bank


def test_every_module_is_there_once_before_those_that_import_it() -> None:
    script = joined(FOLDER, FIRST)
    for file in FOLDER.glob("*.js"):
        made = script.index(f"const of_{file.stem} = (")
        assert script.count(f"const of_{file.stem} = (") == 1
        uses = script.find(f" = of_{file.stem};")
        assert uses == -1 or uses > made
    assert "\nimport " not in script
    assert "\nexport " not in script


def test_what_is_imported_by_another_name_is_bound_to_it(tmp_path: Path) -> None:
    (tmp_path / "main.js").write_text('import { one as first, two } from "./numbers.js";\nrun(first, two);\n')
    (tmp_path / "numbers.js").write_text("export const one = 1;\nexport function two() {}\n")
    numbers = "const of_numbers = (() => {\nconst one = 1;\nfunction two() {}\nreturn { one, two };\n})();"
    bound = "const { one: first, two } = of_numbers;"
    main = f"const of_main = (() => {{\n{bound}\nrun(first, two);\nreturn {{  }};\n}})();"
    assert joined(tmp_path, "main") == f"{numbers}\n{main}"


@pytest.mark.parametrize("line", ['import "./other.js";', "export default 1;", 'export * from "./other.js";'])
def test_a_line_that_cannot_be_joined_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "main.js").write_text(f"// first\n{line}\n")
    with pytest.raises(ScriptError, match=r"main\.js, line 2: "):
        joined(tmp_path, "main")


def test_modules_in_a_circle_are_named(tmp_path: Path) -> None:
    (tmp_path / "main.js").write_text('import * as other from "./other.js";\n')
    (tmp_path / "other.js").write_text('import { main } from "./main.js";\n')
    with pytest.raises(ScriptError, match=r"main\.js imports itself by way of main, other"):
        joined(tmp_path, "main")


def test_a_browser_keeps_the_script_and_asks_for_it_by_its_version(densai: Bank) -> None:
    address = f"{densai.app.static_url_path}/coach.js"
    with densai.app.test_client() as browser:
        answer = browser.get(address)
        again = browser.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert answer.content_type == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == f"max-age={STATIC_SECONDS}"
    assert again.status_code == 304

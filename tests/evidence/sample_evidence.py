"""Evidence of two made-up scenarios, recorded by the real recorder from a real page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from steps.evidence.recorder import Recorder
from steps.evidence.run_keys import RunInfo
from steps.evidence.run_records import Rule, Scenario

SECRET = "hi<mitsu&1"
FIRST = Scenario("p1_1_log_in::ログインする", "マスターユーザがログインする", "ログインする", procedure="1-1")
RULED = Scenario(
    "p1_1_log_in::d-がない", "マスターユーザがログインする", "d-がない", procedure="1-1", rules=("R01",)
)
LEFT = Scenario(
    "p1_2::ロック",
    "ログインパスワードを設定する",
    "ロック",
    "1-2",
    ("R05",),
    ("R05",),
    "破壊的なため実施しません。",
)
HTML = """<title>ログイン｜訓練用</title><h1>ログイン</h1>
<label>お客様ID <input value="d-1560heki"></label>
<label>ログインパスワード <input type="password" value="{password}"></label>
<button>ログイン</button>"""


def recorder(folder: Path, *, resumed: bool = False) -> Recorder:
    """Return a recorder that has recorded what could be run."""
    made = Recorder(folder, RunInfo("訓練用", "http://127.0.0.1/", resumed=resumed), lambda: {SECRET})
    rules = [Rule("R01", "先頭には必ず“d-”が付く"), Rule("R05", "6 回でロック")]
    made.record_plan(rules, [FIRST, RULED, LEFT])
    return made


def played(folder: Path, page: Page, *, failure: str = "") -> Recorder:
    """Return a recorder that has recorded a step of the manual and a scenario of a rule."""
    page.set_content(HTML.format(password=""))
    made = recorder(folder)
    made.begin_scenario(FIRST)
    made.begin_step(
        "もし", "4. ログイン ID を入力し、[ログイン] ボタンをクリックします。", 4, rows=(("ログイン ID", ""),)
    )
    made.record_screen(page, "before_click")
    made.end_step("passed")
    made.begin_step("ならば", "「サービス一覧」画面が表示される", type_="then")
    page.set_content("<title>サービス一覧</title><h1>サービス一覧</h1><a href='#'>=1+1</a>")
    made.record_screen(page, "came")
    made.end_step("failed" if failure else "passed", failure)
    made.end_scenario("failed" if failure else "passed", failure)
    made.begin_scenario(RULED)
    made.begin_step("もし", "「ログイン ID」を「heki」にする", type_="when")
    made.end_step("passed")
    made.end_scenario("passed")
    return made

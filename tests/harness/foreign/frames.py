"""A site of framesets: the menu in one frame, the work in another; tabs are cells and dialogs boxes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from html import escape
from urllib.parse import quote

from tests.harness.foreign import desk
from tests.harness.foreign.core import Bank
from tests.harness.foreign.lateness import late
from tests.harness.foreign.screens import Ask, Box, Button, Cell, Facts, Part, Screen, Table, Text
from tests.harness.foreign.web import Answer, Request, Site, serving

# A window that closes itself stays for so many milliseconds at least: a busy machine sees it, too.
SEEN = 2_000
# What this bank calls otherwise than the manual.
WORDS = {
    "当金庫ホームページ": "碧海信用金庫",
    "お客様ID": "契約者番号",
    "ログインパスワード": "ログイン暗証",
    "現ログインパスワード": "現在のログイン暗証",
    "新ログインパスワード": "新しいログイン暗証",
    "確認のため、もう一度「新ログインパスワード」を入力してください。": "新しいログイン暗証（再入力）",
    "しんきん電子記録債権サービス": "電子記録債権",
    "実行": "設定する",
    "トップ": "ホーム",
    "トップへ": "ホームへ",
    "トップへ戻る": "ホームへ戻る",
    "管理業務を実施する": "管理",
    "ユーザ情報を管理する": "利用者の管理",
    "企業ユーザ管理": "利用者の管理",
    "企業ユーザを変更する": "利用者の権限",
    "企業ユーザを追加・更新する": "利用者の反映",
    "ユーザ情報検索": "利用者の選択",
    "ユーザ更新": "反映する",
    "登録": "次へ進む",
    "確定": "この内容で登録する",
    "ユーザ管理業務終了": "メニューに戻る",
    "ユーザID": "利用者ＩＤ",
    "ユーザ名": "利用者名",
    "ログインパスワード変更": "ログイン暗証の変更",
    "初回ログインパスワード": "初回ログイン暗証",
    "初回ログインパスワード（再入力）": "初回ログイン暗証（再入力）",
}
MESSAGES = {
    "prefix": "契約者番号は d- から入力してください。",
    "login_wrong": "契約者番号またはログイン暗証が違います。",
    "locked": "この番号はロックされています。",
    "current_wrong": "現在のログイン暗証が違います。",
    "same_as_id": "契約者番号と同じ暗証は登録できません。",
    "same": "現在と同じものは登録できません。",
    "required": "入力がありません。",
    "alphanumeric": "使えない文字があります（半角英数字のみ）。",
    "length": "6～12桁で入力してください。",
    "letter_and_digit": "英字と数字を混ぜてください。",
    "mismatch": "2回の入力が異なります。",
    "name_long": "40文字までです。",
    "mail_signs": "使えない文字があります（半角英数字記号のみ）。",
    "mail_long": "128文字までです。",
    "taken": "その利用者ＩＤは使われています。",
    "approval_wrong": "承認パスワードが違います。",
    "current_approval_wrong": "現在の承認パスワードが違います。",
}
STYLE = """<style>
.modal { position: fixed; left: 80px; top: 60px; border: 2px solid; background: #ffd; padding: 16px; }
td.tab { border: 1px solid; cursor: pointer; padding: 6px; }
</style>"""
SCRIPT = """<script>
function sync() { ['head', 'menu'].forEach(name => {
  const frame = parent !== window && parent.frames[name];
  if (frame && frame.draw) frame.draw(document.body.dataset);
}); }
function ask(question, yes, no, then) {
  const box = document.createElement('div');
  box.className = 'modal';
  box.innerHTML = '<p>' + question + '</p><input type="button" value="' + yes + '"> ' +
    '<input type="button" value="' + no + '">';
  document.body.append(box);
  box.children[1].onclick = then;
  box.children[2].onclick = () => box.remove();
}
function pop(form) { window.open('about:blank', 'service', 'width=1100,height=720'); form.submit(); }
</script>"""
HEAD = """<html><body bgcolor="#dde"><table width="100%"><tr><td>碧海信用金庫</td><td align="right">
<form method="post" target="_top"></form>
<input type="button" value="ログアウト" style="display: none"></td></tr></table><script>
const form = document.forms[0], button = document.querySelector('[type=button]');
function draw(work) {
  button.style.display = work.leave ? '' : 'none';
  form.action = '/do/' + work.leave;
  button.onclick = () => !work.question ? form.submit() :
    parent.frames.work.ask(work.question, 'OK', 'キャンセル', () => form.submit());
}
if (parent.frames.work && parent.frames.work.sync) parent.frames.work.sync();
</script></body></html>"""
MENU = f"""<html><head>{STYLE}</head><body bgcolor="#eef"><table></table><script>
function draw(work) {{
  document.querySelector('table').innerHTML = JSON.parse(work.tabs).map(([words, go]) =>
    `<tr><td class="tab" onclick="parent.frames.work.location='/${{go}}'">${{words}}</td></tr>`).join('');
}}
if (parent.frames.work && parent.frames.work.sync) parent.frames.work.sync();
</script></body></html>"""
GONE = (
    "<html><head><title>ログアウト</title></head><body onload=\"setTimeout('window.close()', {delay})\">"
    "<h2>ログアウト</h2><p>ログアウトしました。この画面は３秒後に閉じます。</p></body></html>"
)
PLAIN = {"head": HEAD, "side": MENU}
# Screens that stand alone in their window; every other stands in a frameset.
ALONE = ("home", "about", "guide", "left")


def serve(bank: Bank) -> AbstractContextManager[str]:
    """The site of this bank on a free loopback port."""
    return serving(Site(bank, answer))


def answer(request: Request) -> Answer:
    first, _, rest = request.path.partition("/")
    if first == "do":
        view = desk.do(request.visit, rest, request.form, request.about)
        window = "/window" if rest == "enter" else ""
        return Answer(location=f"{window}/{view}")
    if first == "window":
        return Answer(_frameset(rest))
    if first == "left_service":
        return Answer(GONE.format(delay=max(SEEN, late(3_000))))
    if first in PLAIN:
        return Answer(PLAIN[first])
    return Answer("".join(_page(desk.see(request.visit, first or "home", request.about), first or "home")))


def say(words: str) -> str:
    return WORDS.get(words, words)


def _e(words: str) -> str:
    return escape(say(words))


def _frameset(view: str) -> str:
    work = f'<frame name="work" src="/{view}">'
    if view != "login":
        work = f'<frameset cols="200,*"><frame name="menu" src="/side">{work}</frameset>'
    rows = f'<frameset rows="70,*"><frame name="head" src="/head">{work}</frameset>'
    return f"<html><head><title>電子記録債権</title></head>{rows}</html>"


def _page(screen: Screen, view: str) -> Iterator[str]:
    title = _e(screen.title)
    corner = screen.corner or Button("")
    tabs = json.dumps([(say(tab.label), tab.go) for tab in screen.tabs])
    data = (("leave", corner.do), ("question", corner.confirm), ("tabs", tabs))
    attributes = "".join(f' data-{name}="{escape(value)}"' for name, value in data)
    yield f'<html><head><title>{title}</title>{STYLE}{SCRIPT}</head><body onload="sync()"{attributes}>'
    yield f"<h2>{title}</h2>"
    faults = "".join(f"<li>{escape(MESSAGES[code])}</li>" for code in screen.errors.values())
    yield f'<ul class="err">{faults}</ul>' if faults else ""
    if view == "admin":  # its tabs stand in the work itself: this window has no menu
        yield f"<table><tr>{''.join(_tab_cell(tab.label, tab.go) for tab in screen.tabs)}</tr></table>"
    sends = [part.do for part in screen.parts if isinstance(part, Button) and part.do and not part.closes]
    target = ' target="service"' if "enter" in sends else ""
    yield f'<form method="post" action="/do/{sends[0]}"{target}>' if sends else ""
    yield from (_part(part, screen) for part in screen.parts)
    yield "</form>" if sends else ""
    yield "</body></html>"


def _tab_cell(label: str, go: str) -> str:
    return f'<td class="tab" onclick="location=\'/{go}\'">{_e(label)}</td>'


def _part(part: Part, screen: Screen) -> str:
    match part:
        case Text(words):
            return f"<p>{_e(words)}</p>"
        case Facts(rows):
            cells = "".join(f"<tr><th>{_e(name)}</th><td>{escape(text)}</td></tr>" for name, text in rows)
            return f"<table border=1>{cells}</table>"
        case Ask():
            return f"<table><tr><th>{_e(part.label)}</th><td>{_input(part, screen)}</td></tr></table>"
        case Table():
            return _table(part)
        case Button():
            return f"<p>{_button(part)}</p>"


def _input(ask: Ask, screen: Screen) -> str:
    kind = "password" if ask.secret else "text"
    value = escape(screen.typed.get(ask.name, ""))
    return f'{ask.before}<input type="{kind}" name="{ask.name}" value="{value}" size="40">'


def _table(table: Table) -> str:
    heads = "".join(f"<th>{_e(head)}</th>" for head in table.heads)
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in table.rows)
    return f"<h3>{_e(table.title)}</h3><table border=1><tr>{heads}</tr>{rows}</table>"


def _cell(cell: Cell) -> str:
    match cell:
        case Box():
            ticked = " checked" if cell.ticked else ""
            return f'<td><input type="checkbox" name="{cell.name}" title="{_e(cell.label)}"{ticked}></td>'
        case Button():
            return f"<td>{_button(cell)}</td>"
        case _:
            return f"<td>{_e(cell)}</td>"


def _button(button: Button) -> str:
    label = _e(button.label)
    if button.link:
        return f'<a href="/{button.go}">{label}</a>'
    return f'<input type="button" value="{label}" onclick="{escape(_deed(button))}">'


def _deed(button: Button) -> str:
    """Return the JavaScript of a press."""
    if button.confirm:
        return f"ask('{button.confirm}', 'はい', 'いいえ', () => window.close())"
    if button.closes:
        return f"fetch('/do/{button.do}').then(() => top.close())" if button.do else "top.close()"
    if button.window and button.go:
        return f"window.open('/window/{button.go}', '{button.window}', 'width=900,height=640')"
    if button.window:
        return "pop(document.forms[0])"
    if button.do:
        return "this.form.submit()"
    about = f"?about={quote(button.about)}" if button.about else ""
    return f"location.href = '/{button.go}{about}'"

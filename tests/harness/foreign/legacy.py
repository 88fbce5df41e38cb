"""A site of the nineties: Shift_JIS, tables for layout, pictures for buttons, javascript: links, pop-ups."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from html import escape
from urllib.parse import quote

from tests.harness.foreign import desk
from tests.harness.foreign.core import Bank
from tests.harness.foreign.lateness import late
from tests.harness.foreign.screens import Ask, Box, Button, Cell, Facts, Part, Screen, Table, Text
from tests.harness.foreign.web import Answer, Request, Site, serving

# What this bank calls otherwise than the manual.
WORDS = {
    "へきしん電子記録債権サービス": "へきしんでんさいネット",
    "お客様ID": "ユーザＩＤ",
    "サービス一覧": "ご利用サービス選択",
    "しんきん電子記録債権サービス": "でんさいネットへ",
    "確認のため、もう一度「新ログインパスワード」を入力してください。": "新ログインパスワード（確認用）",
    "トップへ": "トップページへ",
    "トップへ戻る": "トップページへ",
    "ユーザ更新": "更新実行",
    "確認": "次　へ",
    "変更": "変　更",
    "実行": "実　行",
    "登録": "登　録",
    "ユーザ管理業務終了": "サービス選択へ戻る",
    "ユーザ情報変更完了": "ユーザ情報変更（完了）",
}
MESSAGES = {
    "prefix": "［E101］ユーザＩＤは“d-”から始まる半角英数字で入力して下さい。",
    "login_wrong": "［E102］ユーザＩＤ又はﾛｸﾞｲﾝﾊﾟｽﾜｰﾄﾞに誤りがあります。",
    "locked": "［E103］ﾊﾟｽﾜｰﾄﾞがロックされています。窓口へお問合せ下さい。",
    "current_wrong": "［E104］現ﾛｸﾞｲﾝﾊﾟｽﾜｰﾄﾞに誤りがあります。",
    "same_as_id": "［E105］ユーザＩＤと同じﾊﾟｽﾜｰﾄﾞは使用できません。",
    "same": "［E106］現在と同じﾊﾟｽﾜｰﾄﾞは使用できません。",
    "required": "［E201］入力して下さい。",
    "alphanumeric": "［E202］半角英数字以外は使用できません。",
    "length": "［E203］６～１２文字で入力して下さい。",
    "letter_and_digit": "［E204］英字と数字を両方含めて下さい。",
    "mismatch": "［E205］確認用の入力と一致しません。",
    "name_long": "［E206］４０文字以内で入力して下さい。",
    "mail_signs": "［E207］半角英数字記号で入力して下さい。",
    "mail_long": "［E208］１２８文字以内で入力して下さい。",
    "taken": "［E209］既に登録済のﾕｰｻﾞＩＤです。",
    "approval_wrong": "［E301］承認ﾊﾟｽﾜｰﾄﾞに誤りがあります。",
    "current_approval_wrong": "［E302］現在の承認ﾊﾟｽﾜｰﾄﾞに誤りがあります。",
}
NARROW = {"ログイン": "ﾛｸﾞｲﾝ", "パスワード": "ﾊﾟｽﾜｰﾄﾞ", "ユーザ": "ﾕｰｻﾞ", "トップ": "ﾄｯﾌﾟ"}
SLOW = ("set_rights", "update")  # a window says so, and closes itself
SCRIPT = """
function send(name) { document.forms[name].submit(); }
function pop(name) {
  window.open('about:blank', 'service', 'width=1000,height=700');
  document.forms[name].submit();
}
function busy() { window.open('/busy', 'busy', 'width=260,height=120'); return true; }
function leave(name, question) { if (!question || confirm(question)) document.forms[name].submit(); }
"""
BUSY = (
    "<html><head><title>処理中</title></head><body onload=\"setTimeout('window.close()', {delay})\">"
    "処理中です。しばらくお待ち下さい。</body></html>"
)
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="180" height="24">'
    '<rect width="180" height="24" fill="#ccd"/>'
    '<text x="90" y="17" font-size="12" text-anchor="middle">{}</text></svg>'
)
CLOSED = '<html><head><title>　</title></head><body onload="window.close()"></body></html>'


def serve(bank: Bank) -> AbstractContextManager[str]:
    """The site of this bank on a free loopback port."""
    return serving(Site(bank, answer, encoding="cp932"))


def answer(request: Request) -> Answer:
    first, _, rest = request.path.partition("/")
    if first == "do":
        return Answer(location=f"/{desk.do(request.visit, rest, request.form, request.about)}")
    if first == "out":
        desk.do(request.visit, rest, {})
        return Answer(CLOSED)
    if first == "busy":
        return Answer(BUSY.format(delay=late(600)))
    if first == "b.svg":
        words = escape(request.query["words"]).encode("ascii", "xmlcharrefreplace").decode()
        return Answer(PICTURE.format(words), "image/svg+xml")
    return Answer("".join(_page(desk.see(request.visit, first or "home", request.about))))


def say(words: str) -> str:
    """This bank's words, in half-width kana where they fit."""
    words = WORDS.get(words, words)
    for wide, narrow in NARROW.items():
        words = words.replace(wide, narrow)
    return words


def _e(words: str) -> str:
    return escape(say(words))


def _page(screen: Screen) -> Iterator[str]:
    title = _e(screen.title)
    yield (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">'
        f"<title>{title}</title><script>{SCRIPT}</script></head><body bgcolor=white>"
        '<table width="100%"><tr><td bgcolor="#003366"><font color="white">碧海信用金庫</font></td>'
        f'<td align="right">{_corner(screen.corner)}</td></tr>'
    )
    tabs = "".join(f'<td><a href="/{tab.go}">{_picture(tab.label)}</a></td>' for tab in screen.tabs)
    yield f'<tr><td colspan="2"><table border="0"><tr>{tabs}</tr></table></td></tr>' if tabs else ""
    yield f'<tr><td colspan="2"><font size="+1"><b>{title}</b></font></td></tr><tr><td colspan="2">'
    yield from _errors(screen)
    yield from _body(screen)
    yield "</td></tr></table></body></html>"


def _errors(screen: Screen) -> Iterator[str]:
    for code in screen.errors.values():
        yield f'<table border="0"><tr><td><font color="red">{escape(MESSAGES[code])}</font></td></tr></table>'


def _corner(button: Button | None) -> str:
    if button is None:
        return ""
    link = f"javascript:leave('corner','{button.confirm}')"
    return f'<form name="corner" method="post" action="/do/{button.do}"></form>{_link(link, button.label)}'


def _body(screen: Screen) -> Iterator[str]:
    sends = [part for part in screen.parts if isinstance(part, Button) and part.do and not part.closes]
    main = sends[-1].do if sends else ""
    busy = ' onsubmit="return busy()"' if main in SLOW else ""
    target = ' target="service"' if main == "enter" else ""
    yield f'<form name="{main}" method="post" action="/do/{main}"{busy}{target}>' if main else ""
    yield '<table border="0" cellpadding="4">'
    for part in screen.parts:
        yield f"<tr>{_part(part, screen)}</tr>"
    yield "</table>"
    yield "</form>" if main else ""


def _part(part: Part, screen: Screen) -> str:
    match part:
        case Text(words):
            return f'<td colspan="2">{_e(words)}</td>'
        case Facts(rows):
            cells = "".join(
                f"<tr><td>{_e(name)}：</td><td>{escape(_wide(text))}</td></tr>" for name, text in rows
            )
            return f'<td colspan="2"><table border="1">{cells}</table></td>'
        case Ask():
            return f"<td>{_e(part.label)}：</td><td>{_input(part, screen)}</td>"
        case Table():
            return f'<td colspan="2">{_table(part)}</td>'
        case Button():
            return f'<td colspan="2">{_button(part)}</td>'


def _wide(text: str) -> str:
    """Dates stand in full width here."""
    return text.translate({code: code + 0xFEE0 for code in range(0x2F, 0x3A)}) if text[4:5] == "/" else text


def _input(ask: Ask, screen: Screen) -> str:
    kind = "password" if ask.secret else "text"
    value = escape(screen.typed.get(ask.name, ""))
    return f'{ask.before}<input type="{kind}" name="{ask.name}" value="{value}" size="30">'


def _table(table: Table) -> str:
    heads = "".join(f'<td bgcolor="#cccccc"><b>{_e(head)}</b></td>' for head in table.heads)
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in table.rows)
    return f'<b>{_e(table.title)}</b><table border="1"><tr>{heads}</tr>{rows}</table>'


def _cell(cell: Cell) -> str:
    match cell:
        case Box():
            ticked = " checked" if cell.ticked else ""
            return f'<td><input type="checkbox" name="{cell.name}" value="1"{ticked}>{_e(cell.label)}</td>'
        case Button():
            return f"<td>{_button(cell, plain=True)}</td>"
        case _:
            return f"<td>{_e(cell)}</td>"


def _button(button: Button, *, plain: bool = False) -> str:
    """Pictures send forms, links do the rest."""
    if button.closes:
        href = f"/out/{button.do}" if button.do else "javascript:window.close()"
        return _link(href, button.label)
    if button.do:
        if plain:
            return _link(f"javascript:pop('{button.do}')", button.label)
        popup = " onclick=\"pop('enter'); return false\"" if button.window else ""
        return f'<input type="image" {_source(button.label)}{popup}>'
    if button.window:
        href = f"javascript:void(window.open('/{button.go}','{button.window}','width=800,height=600'))"
        return f'<a href="{href}">{_picture(button.label)}</a>'
    about = f"?about={quote(button.about)}" if button.about else ""
    href = f"/{button.go}{about}"
    return _link(href if button.link else f"javascript:void(location.href='{href}')", button.label)


def _link(href: str, words: str) -> str:
    return f'<a href="{href}">{_e(words)}</a>'


def _picture(words: str) -> str:
    return f'<img {_source(words)} border="0">'


def _source(words: str) -> str:
    address = f"/b.svg?words={quote(say(words), encoding='cp932')}"
    return f'src="{address}" width="180" height="24" alt="{_e(words)}"'

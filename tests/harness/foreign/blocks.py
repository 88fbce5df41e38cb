"""A site of blocks: nothing but div, a and input, with every label in the block before its field.

No heading, no button, no label, no table and no role. A software keyboard is on at first, a notice stands
over the menu after each login, an alert greets in the service, and what it asks is an overlay in the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from html import escape

from tests.harness.foreign import desk
from tests.harness.foreign.core import Bank
from tests.harness.foreign.screens import Ask, Box, Button, Cell, Facts, Part, Screen, Tab, Table, Text
from tests.harness.foreign.web import Answer, Request, Site, serving

# What this bank calls otherwise than the manual.
WORDS = {
    "当金庫ホームページ": "法人のお客さま",
    "お客様ID": "ご利用者番号",
    "サービス一覧": "メインメニュー",
    "しんきん電子記録債権サービス": "でんさいを利用する",
    "確認のため、もう一度「新ログインパスワード」を入力してください。": "新ログインパスワード（もう一度）",
    "確認": "確認画面へ",
    "登録": "入力内容の確認",
    "実行": "設定する",
    "ユーザ更新": "更新を実行する",
    "トップへ戻る": "トップへ",
}
MESSAGES = {
    "prefix": "“d-”から始まる番号を入力してください。",
    "login_wrong": "番号またはパスワードが違います。",
    "locked": "ご利用を停止しています。",
    "current_wrong": "パスワードが違います。",
    "same_as_id": "番号と同じものは使えません。",
    "same": "今と同じものは使えません。",
    "required": "入力されていません。",
    "alphanumeric": "半角の英字と数字だけが使えます。",
    "length": "6文字から12文字で入力してください。",
    "letter_and_digit": "英字と数字の両方を使ってください。",
    "mismatch": "2回の入力が違います。",
    "name_long": "40文字までです。",
    "mail_signs": "半角の英数字と記号だけが使えます。",
    "mail_long": "128文字までです。",
    "taken": "すでに使われています。",
    "approval_wrong": "承認パスワードが違います。",
    "current_approval_wrong": "現在の承認パスワードが違います。",
}
LONGEST = {"user_id": 12, "name": 40, "mail": 128, "mail_again": 128, "id": 14}
LONGEST_PASSWORD = 12
STYLE = """
body { font-size: 14px; margin: 0; }
.bar, .tabs, .row, .ask { display: flex; gap: 12px; padding: 4px; }
.bar { justify-content: space-between; background: #135; color: #fff; }
.bar a { color: #fff; }
.title { font-size: 22px; font-weight: bold; }
.row > div { width: 160px; }
.caught { border: 1px solid #c00; color: #c00; }
.cover { position: fixed; inset: 0; background: rgba(0, 0, 0, 0.5); }
.sheet { background: #fff; margin: 80px auto; padding: 20px; width: 320px; }
a { border: 1px solid #88a; cursor: pointer; padding: 2px 8px; }
"""
SCRIPT = """
function put(form, action, target) { form.action = action; form.target = target; form.submit(); }
function press(thing) {
  const asked = thing.dataset, form = document.forms[0];
  if (asked.question && !asked.sure) return ask(asked, () => { asked.sure = 1; press(thing); });
  if (asked.closes) {
    const left = asked.deed ? fetch('/do/' + asked.deed) : Promise.resolve();
    left.then(() => window.close());
  } else if (asked.deed) put(form, '/do/' + asked.deed, asked.window || '_self');
  else location.href = asked.go;
}
function ask(asked, then) {
  const cover = document.createElement('div');
  cover.className = 'cover';
  cover.innerHTML = '<div class="sheet"><div></div><a></a> <a></a></div>';
  const [words, yes, no] = cover.firstChild.children;
  [words.textContent, yes.textContent, no.textContent] = [asked.question, asked.yes, asked.no];
  yes.onclick = then;
  no.onclick = () => cover.remove();
  document.body.append(cover);
}
function lock(on) { for (const box of document.querySelectorAll('.secret')) box.readOnly = on; }
function show(thing) {
  const box = thing.previousElementSibling, hidden = box.type === 'password';
  [box.type, thing.textContent] = hidden ? ['text', '隠す'] : ['password', '表示'];
}
"""
KEYBOARD = (
    '<div><input type="checkbox" checked onchange="lock(this.checked)"> '
    "ソフトウェアキーボードを使用する</div>"
)
NOTICE = (
    '<div class="cover"><div class="sheet"><div>重要なお知らせ</div><div>不審なメールにご注意ください。</div>'
    "<a onclick=\"this.closest('.cover').remove()\">閉じる</a></div></div>"
)
GREETING = "<script>alert('前回のご利用：2026年11月26日 10時15分');</script>"
# An action and the view to which it leads -> what this view then shows once.
ONCE = {
    ("log_in", "list"): "notice",
    ("change", "list"): "notice",
    ("enter", "approval"): "greeting",
    ("enter", "top"): "greeting",
}


def serve(bank: Bank) -> AbstractContextManager[str]:
    """The site of this bank on a free loopback port."""
    return serving(Site(bank, answer))


def answer(request: Request) -> Answer:
    first, _, rest = request.path.partition("/")
    if first == "do":
        view = desk.do(request.visit, rest, request.form, request.about)
        once = ONCE.get((rest, view), "")
        return Answer(location=f"/{view}?{once}=1" if once else f"/{view}")
    screen = desk.see(request.visit, first or "home", request.about)
    return Answer("".join(_page(screen, set(request.query))))


def say(words: str) -> str:
    return WORDS.get(words, words)


def _e(words: str) -> str:
    return escape(say(words))


def _page(screen: Screen, once: set[str]) -> Iterator[str]:
    head = f'<meta charset="utf-8"><title>碧海信用金庫</title><style>{STYLE}</style><script>{SCRIPT}</script>'
    yield f"<!DOCTYPE html><html><head>{head}</head><body>{GREETING if 'greeting' in once else ''}"
    corner = _button(screen.corner) if screen.corner else ""
    yield f'<div class="bar"><div>碧海信用金庫</div><div>{corner}</div></div>'
    yield f'<div class="tabs">{"".join(map(_tab, screen.tabs))}</div>'
    yield f'<div class="title">{_e(screen.title)}</div>'
    yield from _summary(screen)
    secret = any(isinstance(part, Ask) and part.secret for part in screen.parts)
    yield f'<form method="post">{KEYBOARD if secret else ""}'
    yield from (_part(part, screen) for part in screen.parts)
    yield f"</form>{NOTICE if 'notice' in once else ''}</body></html>"


def _tab(tab: Tab) -> str:
    return f"<a onclick=\"location.href = '/{tab.go}'\">{_e(tab.label)}</a>"


def _summary(screen: Screen) -> Iterator[str]:
    """All that is wrong, above the form, each with the name of its field."""
    if screen.errors:
        labels = {part.name: say(part.label) for part in screen.parts if isinstance(part, Ask)}
        lines = (
            f"<div>{escape(f'{labels[name]}：' if name in labels else '')}{escape(MESSAGES[code])}</div>"
            for name, code in screen.errors.items()
        )
        yield f'<div class="caught"><div>次の内容をご確認ください。</div>{"".join(lines)}</div>'


def _part(part: Part, screen: Screen) -> str:
    match part:
        case Text(words):
            return f"<div>{_e(words)}</div>"
        case Facts(rows):
            return "".join(_row(_e(name), escape(text)) for name, text in rows)
        case Ask():
            label = f"<div>{_e(part.label)} <span>必須</span></div>"
            return f'<div class="ask">{label}<div>{_field(part, screen)}</div></div>'
        case Table():
            lines = (_row(*map(_cell, line)) for line in part.rows)
            return f"<div>{_e(part.title)}</div>{_row(*map(_e, part.heads))}{''.join(lines)}"
        case Button():
            return f"<div>{_button(part)}</div>"


def _row(*cells: str) -> str:
    return f'<div class="row">{"".join(f"<div>{cell}</div>" for cell in cells)}</div>'


def _field(ask: Ask, screen: Screen) -> str:
    longest = LONGEST_PASSWORD if ask.secret else LONGEST.get(ask.name, 60)
    names = f'name="{ask.name}" maxlength="{longest}"'
    if ask.secret:
        box = f'<input type="password" class="secret" readonly {names}>'
        return f'{box} <a onclick="show(this)">表示</a>'
    value = escape(screen.typed.get(ask.name, ""))
    return f'<span>{ask.before}</span><input type="text" value="{value}" {names}>'


def _cell(cell: Cell) -> str:
    match cell:
        case Box():
            ticked = " checked" if cell.ticked else ""
            return f'{_e(cell.label)} <input type="checkbox" name="{cell.name}" value="1"{ticked}>'
        case Button():
            return _button(cell)
        case _:
            return _e(cell)


def _button(button: Button) -> str:
    label, about = _e(button.label), f"?about={button.about}" if button.about else ""
    if button.window and button.go:
        return f'<a href="/{button.go}" target="{button.window}">{label}</a>'
    if button.link:
        return f'<a href="/{button.go}">{label}</a>'
    yes, no = ("はい", "いいえ") if button.closes else ("OK", "キャンセル")
    data = {
        "go": f"/{button.go}{about}",
        "deed": button.do,
        "window": button.window,
        "closes": "1" if button.closes else "",
        **({"question": button.confirm, "yes": yes, "no": no} if button.confirm else {}),
    }
    told = " ".join(f'data-{name}="{escape(value)}"' for name, value in data.items())
    return f'<a {told} onclick="press(this)">{label}</a>'

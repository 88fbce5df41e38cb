"""The Japanese sentence on each key of a deployment file, and the tables of docs/ja/deployment-file.md.

Names, types, limits and defaults come from the published schema; a key without a sentence is an error.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SCHEMA = Path(__file__).parents[2] / "fixtures" / "deployments" / "deployment.schema.json"
Schema = dict[str, Any]
TYPES = {
    "string": "文字列",
    "boolean": "true か false",
    "integer": "整数",
    "number": "数",
    "array": "文字列の並び",
}
LIMITS = {"minimum": "{} 以上", "exclusiveMinimum": "{} より大きい", "minLength": "{} 文字以上"}
LIMITS |= {"maxLength": "{} 文字以内", "pattern": "正規表現 `{}`"}
# A table of the file whose keys are the manual's own words -> what stands on either side.
MAPS = {
    "words": '`"マニュアルの言葉" = "サイトの言葉"`',
    "screens": '`"マニュアルの画面名" = "サイトの画面名"`',
    "find": '`"言葉" = { … }` または `"画面名/言葉" = { … }`',
    "pause": '`"マニュアルの画面名" = "人にしてもらうこと"`',
}
# An array of tables -> the class of each of them.
LISTS = {"notices": "Notice"}
# Classes of the schema that are values and no tables -> their headings.
VALUES = {"Source": "`{ … }` で書く値の置き場所", "Locate": "`[find]` の右側", "Notice": "`[[notices]]`"}
ABOUT = {
    "": "表の外に書くのは `name` だけです。ほかは、同じ名前の表（`[site]` など）に書きます。",
    "site": "サイトの場所と、そこへの行き方です。",
    "people": "登場する利用者です。",
    "people.master": "通知書面に書かれたマスターユーザです。",
    "people.general": "手順2-1で作成する一般ユーザです。",
    "people.spare": "ロックや変更を確かめるために作成し、最後に削除する、使い捨ての利用者です。"
    "`allow.destructive = true` のときに必要です。",
    "windows": "ウィンドウと確認のしかたです。",
    "typing": "入力のしかたです。",
    "timeouts": "待つ時間の上限（秒）です。",
    "lock": "パスワードを間違えたときのロックです。",
    "allow": "50の手順のほかに、サイトに対して行ってよいことです。",
    "Source": "パスワードなどの値は、ファイルに書きません。どちらか1つに、置き場所の名前だけを書きます。",
    "Notice": "1つのお知らせごとに `[[notices]]` を1つ書きます。画面の上に出るものは words と close、"
    "ブラウザのダイアログは alert で書きます。現れるたびに閉じ、証跡に記録します。"
    "書いていないダイアログが出た手順は、不合格になります。",
    "Locate": "言葉では見つからないものの場所です。role・text・css のどれか1つだけを書きます。",
}
SENTENCES = {
    "name": "相手のサイトの呼び名です。報告書に載ります。",
    "bank": "相手の金融機関の銀行パック（[銀行パック](bank-pack.md)）。この設定ファイルから見た場所。",
    "words": "サイトでの言い方が違うボタン、リンク、タブ、入力欄、メッセージ。",
    "screens": "サイトでの名前が違う画面。",
    "find": "言葉では見つからないものの場所。",
    "pause": "人にしかできない画面（追加の認証など）。そこで止まり、操作を待ちます。",
    "notices": "画面の前に出るお知らせと、その閉じ方。何件でも書けます。",
    "site.start": "はじめに開くアドレス。`http://` か `https://` で始めます。",
    "site.start_screen": "そのアドレスで表示される画面。手順1-1の画面名のどれかです"
    "（当金庫ホームページ、へきしん電子記録債権サービス、案内画面、ログイン）。",
    "site.user": "サイトを開くときに求められる名前（Basic 認証など）。`password` と一緒に書きます。"
    "`start` と同じホストとポートにだけ送ります。",
    "site.password": "そのパスワード。",
    "site.proxy": "プロキシのアドレス（`http://ホスト名:ポート`）。名前とパスワードは書きません。",
    "site.proxy_user": "プロキシの名前。`proxy_password` と一緒に書きます。",
    "site.proxy_password": "プロキシのパスワード。",
    "site.ca_file": "社内の認証局の証明書（PEM）のファイル。",
    "site.hosts": "同じ認証局が証明する、ほかのホスト（`ホスト名` か `ホスト名:ポート`）。",
    "site.channel": "使うブラウザ。インストール済みの Edge なら `msedge`。",
    "people.nobody": "だれのものでもないと、相手に確かめたログインID。書かないときは、マニュアルの例の"
    "ログインIDではパスワードを送りません（他人をロックするおそれがあるためです）。",
    "people.master.login_id": "ログインID（お客様ID）。",
    "people.master.name": "ユーザ名。",
    "people.master.issued_password": "通知書面のログインパスワード。",
    "people.master.password": "手順1-2で設定するログインパスワード。設定済みなら、今のもの。",
    "people.master.approval_password": "手順1-3で設定する承認パスワード。設定済みなら、今のもの。",
    "people.master.mail": "メールアドレス。",
    "people.general.login_id": "作成するログインID。マスターユーザと同じものは書けません。",
    "people.general.name": "作成するユーザ名。",
    "people.general.mail": "作成するときのメールアドレス。",
    "people.general.issued_password": "作成するときの初回ログインパスワード。",
    "people.general.password": "手順3-2で設定するログインパスワード。",
    "people.general.initial_approval_password": "手順2-3で設定する初期承認パスワード。",
    "people.general.approval_password": "手順3-3で設定する承認パスワード。",
    "people.spare.login_id": "ログインIDの始まり。後に続く英数字は、実行のたびに変わります。",
    "people.spare.name": "ユーザ名の始まり。後に番号が付きます。",
    "windows.new_window": "1つのウィンドウですべてを行うサイトでは false。",
    "windows.confirm": "「ログアウト」のときの確認。ブラウザのダイアログ `native`、画面の中 `html`、"
    "確認なし `none`、その場で見分ける `auto`。",
    "windows.closes": "ウィンドウを閉じる前の確認。書き方は `confirm` と同じです。",
    "typing.press_first": "入力欄が読み取り専用のときに、先に押すものの言葉。ソフトウェアキーボードの"
    "チェックボックス（チェックが付け外しされます）、ボタン、リンクなど。",
    "timeouts.find": "1つのものや言葉が表示されるまで、クリックや入力ができるようになるまで。",
    "timeouts.page": "1つのページが開くまで、送った内容の答えが表示されるまで。",
    "timeouts.pause": "`[pause]` の画面で、人の操作が終わるまで。",
    "timeouts.perhaps": "出るかどうか分からないもの（確認のダイアログなど）を待つ時間。",
    "timeouts.redraw": "送った後に、画面が描き直されるまで。",
    "timeouts.role": "名前と役割で探してから、言葉で探し始めるまで。",
    "lock.after": "何回間違えるとロックされるか。この2回手前で、送るのをやめます。",
    "lock.success_resets": "正しいパスワードで数え直しになるか。分からないときは false にします。",
    "allow.refusals": "拒否されるはずの値を入力欄に送る。",
    "allow.chosen": "マニュアルに書かれていないきまり（`@選択`）も確かめる。",
    "allow.destructive": "ロック・削除・変更を伴うきまり（`@破壊的`）も、使い捨ての利用者で確かめる。",
    "Source.env": "環境変数の名前。",
    "Source.keyring": "キーリング（Windows では資格情報マネージャー）の「サービス名/ユーザ名」。",
    "Notice.words": "お知らせに表示される言葉（一部でもよい）。ほかの画面にはない言葉にします。",
    "Notice.close": "お知らせを閉じるボタンかリンクの言葉。`words` と一緒に書きます。",
    "Notice.screen": "この画面でだけ閉じるときの、マニュアルの画面名。",
    "Notice.alert": "「OK」で答えてよい、ブラウザのダイアログの言葉（一部でもよい）。",
    "Locate.role": "役割（`button` など、ARIA の名前）。",
    "Locate.name": "`role` と一緒に書く名前。",
    "Locate.text": "表示されている文字。",
    "Locate.css": "CSS セレクタ。",
    "Locate.frame": "そのものがあるフレームの名前かアドレス。",
}


def tables() -> str:
    """Return the Markdown tables of all keys.

    Raises:
        KeyError: a key has no sentence.
    """
    return "\n\n".join("\n".join(_table(path, made)) for path, made in _tables())


def keys() -> set[str]:
    """Return every key that needs a sentence, with the name of its table before it."""
    return {
        _joined(path, key) for path, made in _tables() for key, kind in made.items() if not _class_of(kind)
    }


def _tables() -> Iterator[tuple[str, Schema]]:
    """Yield the name of each table of the file with its keys, the file itself first ("") and values last."""
    classes: dict[str, Schema] = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]

    def below(path: str, name: str) -> Iterator[tuple[str, Schema]]:
        made = classes[name]
        yield (
            path,
            {key: {**kind, "required": key in made["required"]} for key, kind in made["properties"].items()},
        )
        for key, kind in made["properties"].items():
            if table := _class_of(kind):
                yield from below(_joined(path, key), table)

    yield from below("", "Deployment")
    for name in VALUES:
        yield from below(name, name)


def _joined(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _class_of(kind: Schema) -> str:
    """Return the class of a key that is a table of the file; empty for any other key."""
    named = (each.get("$ref", "").rpartition("/")[2] for each in (kind, *kind.get("anyOf", ())))
    return next((name for name in named if name and name not in VALUES), "")


def _table(path: str, made: Schema) -> Iterator[str]:
    yield f"### {VALUES.get(path) or (f'`[{path}]`' if path else 'ファイル全体')}"
    yield from ("", ABOUT[path], "")
    yield "| 項目 | 書くもの | 書かないとき | 内容 |"
    yield "|---|---|---|---|"
    for key, kind in made.items():
        whole = _joined(path, key)
        is_table = bool(_class_of(kind))
        shown = f"[{whole}]" if is_table or whole in MAPS else f"[[{key}]]" if whole in LISTS else key
        told = ABOUT[whole] if is_table else SENTENCES[whole]
        yield f"| `{shown}` | {_kind(key, kind)} | {_default(kind)} | {told} |"


def _kind(key: str, kind: Schema) -> str:
    """Return what may be written for a key, with its limits."""
    if "additionalProperties" in kind:
        return MAPS[key]
    if key in LISTS:
        return "表の並び"
    if "anyOf" in kind:
        return "、または".join(_kind(key, each) for each in kind["anyOf"] if each.get("type") != "null")
    if "$ref" in kind:
        return "表" if _class_of(kind) else "値の置き場所"
    if "enum" in kind:
        return "、".join(f'`"{each}"`' for each in kind["enum"])
    limits = [words.format(kind[limit]) for limit, words in LIMITS.items() if limit in kind]
    return "、".join([TYPES[kind["type"]], *limits])


def _default(kind: Schema) -> str:
    if kind["required"]:
        return "**必須**"
    default = kind.get("default")
    return "なし" if default in ("", None, [], {}) else f"`{json.dumps(default, ensure_ascii=False)}`"

"""A deployment file is checked before anything is touched, and each mistake is named by its key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from steps.deployment import DeploymentError, load, resolve
from steps.deployment_file import SCHEMA, schema
from steps.driver.profile import Notice
from steps.exit_codes import ExitCode
from steps.schema_errors import STRUCTS
from tests.acceptance.runs import SIMULATOR, accept
from tests.harness.foreign.sites import SITES

TEXT = SIMULATOR.read_text(encoding="utf-8")
FOREIGN = Path(__file__).parents[1] / "harness" / "foreign"


def test_the_published_schema_is_that_of_the_reader() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == schema()


@pytest.mark.parametrize("file", [SIMULATOR, *(FOREIGN / f"{name}.toml" for name in SITES)])
def test_every_file_that_we_have_can_be_read(file: Path) -> None:
    made = load(file)
    keys = [key for key, _ in made.sources()]
    assert resolve(made, {source.env: "http://x/" for _, source in made.sources()}).start == "http://x/"
    assert len(keys) == 8


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[lock]", "[lock]\nfoo = 1", "lock.foo: 知らない項目です"),
        ('"d-1560hek"', '"d-1560heki"', "people.nobody: だれも使っていない"),
        ("after = 6", "after = 'six'", "lock.after: "),
        ("after = 6", "after = 2", "lock.after: "),
        ('name = "碧海 太郎"\n', "", "people.master.name: 必要な項目がありません"),
        ('env = "DENSAI_MASTER_ISSUED"', 'env = "A", keyring = "b/c"', "people.master.issued_password: "),
        ('env = "DENSAI_MASTER_ISSUED"', 'keyring = "b"', "people.master.issued_password: keyring"),
        ('"d-1560heki"', '"1560heki"', "people.master.login_id: "),
        ('"d-1560hekishin"', '"d-1560heki"', "people.general.login_id: マスターユーザと同じ"),
        ('"当金庫ホームページ"', '"表紙"', "site.start_screen: 次のどれか"),
        ('{ env = "DENSAI_START" }', '"ftp://x"', "site.start: http:// か"),
        ("[windows]", "[find.x]\ntext = 'a'\ncss = 'b'\n[windows]", "どれか 1 つ"),
        ('confirm = "native"', 'confirm = "maybe"', "windows.confirm: "),
        ('login_id = "d-tmp"', 'login_id = "d-t"', "people.spare.login_id: "),
        ('login_id = "d-tmp"', 'login_id = "tmp"', "people.spare.login_id: "),
        ("[lock]", "[lock", "TOML として読めません"),
    ],
)
def test_a_mistake_is_named_by_its_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in TEXT
    file = tmp_path / "site.toml"
    file.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DeploymentError) as error:
        load(file)
    assert told in str(error.value)


def told_of(folder: Path, *swaps: tuple[str, str]) -> list[str]:
    """The lines that are told of the simulator's file with these changes."""
    text = TEXT
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new, 1)
    file = folder / "site.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DeploymentError) as error:
        load(file)
    return str(error.value).splitlines()


def test_what_comes_in_front_and_what_is_pressed_first_reach_the_driver(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    more = "[[notices]]\nwords = 'お知らせ'\nclose = '閉じる'\n[[notices]]\nalert = '前回'\n"
    file.write_text(f"{TEXT}{more}[typing]\npress_first = 'キーで入力'\n", encoding="utf-8")
    profile = load(file).profile
    assert profile.notices == [Notice("お知らせ", "閉じる"), Notice(alert="前回")]
    assert profile.typing.press_first == "キーで入力"


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    title, *lines = told_of(
        tmp_path,
        ("after = 6", "aftr = 2\nafter = 2"),
        ('confirm = "native"', 'confirm = "maybe"'),
        ('closes = "html"', 'closes = "html"\nnew_window = 1\n[timeouts]\nfind = 0\npage = "long"'),
        ('name = "碧海 太郎"\n', ""),
        ('{ env = "DENSAI_MASTER_PASSWORD" }', '"himitsu1"'),
        ('env = "DENSAI_MASTER_ISSUED"', 'keyring = "b"'),
        ('"d-1560hekishin"', '"1560hekishin"'),
        ('{ env = "DENSAI_START" }', '{ enw = "DENSAI_START" }\nhosts = "a"'),
        ("[windows]", "[find.x]\ntext = 'a'\ncss = 'b'\n[words]\n\"ユーザ\" = 3\n[windows]"),
    )
    assert title == "site.toml に誤りが 14 か所あります。 These are wrong:"
    assert lines == [
        "  find.x: role・text・css のどれか 1 つだけを書いてください。",
        "  lock.after: 3 以上の整数を書いてください。",
        "  lock.aftr: 知らない項目です。「after」のことですか。",
        "  people.general.login_id: 「d-」で始まる半角英数字を書いてください。",
        "  people.master.issued_password: keyring は「サービス名/ユーザ名」と書いてください。",
        "  people.master.name: 必要な項目がありません。",
        f"  people.master.password: {STRUCTS['Source']}を書いてください。",
        "  site.hosts: 並び（[…]）を書いてください。",
        "  site.start.enw: 知らない項目です。「env」のことですか。",
        "  timeouts.find: 0 より大きい数を書いてください。",
        "  timeouts.page: 数を書いてください。",
        "  windows.confirm: 次のどれか: auto、html、native、none を書いてください。",
        "  windows.new_window: true か false を書いてください。",
        '  words.ユーザ: 文字列（"…"）を書いてください。',
    ]


def test_a_password_that_was_written_into_the_file_is_not_shown(tmp_path: Path) -> None:
    for place in ('{ env = "DENSAI_MASTER_ISSUED" }', '"d-1560heki"'):
        assert "himitsu1" not in "".join(told_of(tmp_path, (place, '"himitsu1"')))


@pytest.mark.parametrize(
    ("old", "new", "key", "told"),
    [
        ('{ env = "DENSAI_START" }', "3", "site.start", "文字列"),
        ('{ env = "DENSAI_START" }', "3", "site.start", "{ env = "),
        ("[lock]", "[lok]", "lok", "「lock」のことですか。"),
        ("[lock]", "[lock]\nzzz = 1", "lock.zzz", "使えるのは after、success_resets です。"),
        ("after = 6", "after = 6.0", "lock.after", ""),
        ("d-tmp", "d-t", "people.spare.login_id", "「d-」の後に半角英数字 2～8 文字"),
        ("d-tmp", "tmp", "people.spare.login_id", "「d-」の後に半角英数字 2～8 文字"),
        ('"d-tmp"', '"d-tmp"\nname = ""', "people.spare.name", "1 文字以上の"),
        ("[site]", "[site]\nproxy = '127.0.0.1:8080'", "site.proxy", "http://ホスト名:ポート"),
        ("[site]", "[site]\nproxy = 'http://u:p@127.0.0.1:80'", "site.proxy", "名前とパスワードは書かないで"),
        ("[site]", "[site]\nproxy_user = { env = 'U' }", "site.proxy", "アドレスを書いてください"),
        ("[site]", "[site]\nproxy_user = { env = 'U' }", "site.proxy_password", "一緒に書いてください"),
        ("[site]", "[site]\nproxy = 'https://h'\nca_file = 'x'", "site.proxy", "ca_file と一緒に"),
        ("[site]", "[site]\nproxy_user = 'taro'", "site.proxy_user", "値そのものではなく"),
        ("[lock]", "[[notices]]\nwords = 'a'\n[lock]", "notices.1", "words と close（画面の上のもの）か"),
        ("[lock]", "[[notices]]\nalert = 'a'\n[[notices]]\nalrt = 1\n[lock]", "notices.2.alrt", "「alert」"),
        ("[lock]", "[notices]\nalert = 'a'\n[lock]", "notices", "並び"),
        ("[lock]", "[typing]\npress_first = 1\n[lock]", "typing.press_first", "文字列"),
    ],
)
def test_what_is_wrong_is_told_with_what_belongs_there(
    tmp_path: Path, old: str, new: str, key: str, told: str
) -> None:
    lines = told_of(tmp_path, (old, new))
    assert any(f"{key}: " in line and told in line for line in lines), lines


def test_every_mistake_is_told_before_anything_is_touched(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    file.write_text(TEXT.replace("after = 6", "aftr = 6").replace("closes =", "close ="), encoding="utf-8")
    for options in ((), ("--plan",)):
        run = accept({}, *options, file=file, state=tmp_path / "state")
        assert run.code == ExitCode.USAGE
        assert "lock.aftr: 知らない項目です。「after」のことですか。" in run.told
        assert "windows.close: 知らない項目です。「closes」のことですか。" in run.told
        assert "Traceback" not in run.told


def test_what_may_destroy_needs_users_to_throw_away(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    text = TEXT.replace("[people.spare]", "[allow]\ndestructive = true\n[words]")
    file.write_text(text.replace('login_id = "d-tmp"', ""), encoding="utf-8")
    with pytest.raises(DeploymentError, match=r"people\.spare: allow.destructive = true のときは"):
        load(file)


def test_a_file_that_is_not_there_is_told() -> None:
    with pytest.raises(DeploymentError, match="開けません"):
        load(Path("nowhere.toml"))


def test_every_secret_that_is_not_set_is_listed_and_none_is_shown() -> None:
    made = load(SIMULATOR)
    with pytest.raises(DeploymentError) as error:
        resolve(made, {"DENSAI_START": "http://x/", "DENSAI_MASTER_ISSUED": "himitsu1"})
    assert str(error.value).count("環境変数") == 6
    assert "himitsu1" not in str(error.value)

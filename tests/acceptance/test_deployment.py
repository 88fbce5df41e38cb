"""A deployment file is checked before anything is touched, and each mistake is named by its key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from steps.deployment import SCHEMA, DeploymentError, load, resolve, schema
from tests.acceptance.runs import SIMULATOR
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

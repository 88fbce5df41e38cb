"""One bank a process: how it is asked for, that it is never chosen too late, and whose database it opens."""

from __future__ import annotations

import shutil
from pathlib import Path
from unittest.mock import Mock

import pytest
from jinja2 import DictLoader, Environment

from simulator import bank_command, database_trouble
from simulator.bank_command import draft
from simulator.banks import chosen
from simulator.banks.asked import bank_asked_for
from simulator.banks.chosen import VARIABLE, bank, choose, is_default, retell, retold
from simulator.banks.keys import KEYS
from simulator.banks.pack import PackError
from simulator.banks.reading import default_pack, read_pack
from simulator.banks.template_texts import retelling
from simulator.cli import main
from simulator.manual.features import VERBATIM
from simulator.store import Worlds, schema
from simulator.training import starts
from steps import bank_option
from steps.deployment import DeploymentError, load
from steps.deployment_file import FOLDER
from steps.publishing import cover
from tests.banks.made_up import HERE, pack_of, path_of, words_of

DEPLOYMENT = (FOLDER / "simulator.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("serve --bank a.toml", Path("a.toml")),
        ("serve --bank=a.toml --port 0", Path("a.toml")),
        ("publish folder --bank a.toml --bank b.toml", Path("b.toml")),
        ("serve --bank", None),
        ("serve", None),
        ("", None),
    ],
)
def test_a_command_line_says_which_bank(typed: str, asked: Path | None) -> None:
    assert bank_asked_for(typed.split()) == asked


def test_a_deployment_file_says_which_bank_as_seen_from_itself(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    file.write_text('bank = "ours/bank.toml"\n' + DEPLOYMENT, encoding="utf-8")
    assert bank_asked_for(["accept", f"--deployment={file}"]) == tmp_path / "ours" / "bank.toml"


@pytest.mark.parametrize("text", [DEPLOYMENT, "bank = 5\n", "[bank"])
def test_one_that_names_none_or_cannot_be_read_is_the_commands_own_matter(tmp_path: Path, text: str) -> None:
    file = tmp_path / "site.toml"
    file.write_text(text, encoding="utf-8")
    assert bank_asked_for(["accept", "--deployment", str(file)]) is None
    assert bank_asked_for(["accept", "--deployment", str(tmp_path)]) is None


@pytest.mark.parametrize(
    ("named", "told"),
    [("none.toml", "none.toml がありません"), (str(path_of("toge")), "この銀行パックは選ばれていません")],
)
def test_a_file_whose_bank_was_not_chosen_is_refused(tmp_path: Path, named: str, told: str) -> None:
    file = tmp_path / "site.toml"
    file.write_text(f'bank = "{named}"\n{DEPLOYMENT}', encoding="utf-8")
    with pytest.raises(DeploymentError, match=f"bank: .*{told}"):
        load(file)


def test_by_default_nothing_is_read_twice_or_copied() -> None:
    text = "当金庫のホームページ"
    assert (bank(), is_default(), retell(text) is text) == (default_pack(), True, True)
    assert retold(VERBATIM) is VERBATIM


def test_a_bank_is_never_chosen_too_late() -> None:
    with pytest.raises(RuntimeError, match=r"too late: simulator\."):
        choose(path_of("minato"))
    assert is_default()


@pytest.mark.parametrize(
    ("typed", "code"), [(["serve"], 2), (["database", "check"], 2), (["publish", "x"], 10), (["history"], 10)]
)
def test_a_pack_that_cannot_be_used_ends_every_command(
    typed: list[str],
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none.toml"))
    assert main(typed) == code
    assert "none.toml を開けません" in capsys.readouterr().err


def test_a_folder_of_texts_is_copied_in_the_banks_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.feature", "deep/b.html", "c.py", "d.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("当金庫", encoding="utf-8")
    monkeypatch.setattr(chosen._Chosen, "words", words_of("minato"))
    copy = chosen.retold(tmp_path)
    found = {
        file.relative_to(copy).as_posix(): file.read_text(encoding="utf-8")
        for file in copy.rglob("*")
        if file.is_file()
    }
    assert found == {"a.feature": "当組合", "deep/b.html": "当組合", "d.png": "当金庫"}


def test_a_full_disk_is_told_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(chosen._Chosen, "words", words_of("minato"))
    monkeypatch.setattr(shutil, "copytree", refuse)
    with pytest.raises(PackError, match=r"写しを .* に作れません（No space left on device）"):
        chosen.retold(tmp_path)


def test_a_template_is_read_in_the_banks_words(monkeypatch: pytest.MonkeyPatch) -> None:
    written = DictLoader({"page.html": "{% block title %}当金庫{% endblock %}"})
    assert retelling(written) is written
    monkeypatch.setattr(chosen._Chosen, "words", words_of("minato"))
    loader = retelling(written)
    assert loader is not None
    assert Environment(loader=loader, autoescape=True).get_template("page.html").render() == "当組合"
    assert loader.list_templates() == ["page.html"]


def test_pytest_tells_a_pack_that_cannot_be_used(
    pytestconfig: pytest.Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none.toml"))
    with pytest.raises(pytest.UsageError, match=r"none\.toml を開けません"):
        bank_option.pytest_addoption(Mock(spec=pytest.Parser), pytestconfig.pluginmanager)


# The commands ---------------------------------------------------------------------------------


def test_a_draft_has_every_key_with_what_it_is_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["bank", "new", "ours"]) == 0
    file = tmp_path / "ours.toml"
    text = file.read_text(encoding="utf-8")
    assert all(f"# {key.about}\n{key.name.rpartition('.')[2]} = " in text for key in KEYS)
    assert {**read_pack(file).values, "bank.id": "hekishin"} == default_pack().values
    assert main(["bank", "check", "ours.toml"]) == 0
    assert "bank.id: hekishin → ours" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Ours", "パックの名前には"),
        ("hekishin", "既定のパック"),
        ("ours", "すでにあります"),
        ("../x", "名前"),
    ],
)
def test_a_draft_is_refused_in_one_sentence(
    name: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ours.toml").write_text("mine", encoding="utf-8")
    assert main(["bank", "new", name]) == 1
    assert told in capsys.readouterr().err
    assert [file.read_text(encoding="utf-8") for file in tmp_path.iterdir()] == ["mine"]


def test_a_full_disk_leaves_no_half_of_a_draft(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_name: str) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(bank_command, "draft", refuse)
    assert main(["bank", "new", "ours"]) == 1
    assert capsys.readouterr().err.startswith("ours に書けません（No space left on device）。")
    assert list(tmp_path.iterdir()) == []


def test_the_check_tells_every_sentence_that_differs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bank", "check", str(path_of("minato"))]) == 0
    told = capsys.readouterr().out
    assert "rules.lock_after: 6 → 5" in told
    assert "words.お客様ID → ご契約ID" in told
    assert (
        "  - もし 1. 当金庫のホームページを表示します。\n  + もし 1. 当組合のホームページを表示します。"
        in told
    )


def test_the_check_tells_the_mistakes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(draft("ours") + '"ログイン" = "入場"\n', encoding="utf-8")
    assert main(["bank", "check", str(file)]) == 1
    assert "words.ログイン: 次の言葉の一部" in capsys.readouterr().err


def test_what_is_to_be_done_has_to_be_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bank"]) == 2
    assert "new / check" in capsys.readouterr().err


# The database ---------------------------------------------------------------------------------


def test_a_database_is_its_banks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'densai.sqlite3'}"
    with monkeypatch.context() as other:
        other.setattr(schema, "bank", lambda: pack_of("minato"))
        mine = Worlds(url)
        starts.make_seats(mine)
        mine.close()
        Worlds(url).close()  # a second start
    with pytest.raises(schema.OtherBankError) as error:
        Worlds(url)
    assert database_trouble.why(error.value).startswith(
        "データベースは、別の銀行パック（minato）で作られています"
    )


def test_one_without_a_mark_is_the_default_banks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'densai.sqlite3'}"
    first = Worlds(url)
    starts.make_seats(first)
    first.close()
    monkeypatch.setattr(schema, "bank", lambda: pack_of("minato"))
    with pytest.raises(schema.OtherBankError, match="hekishin"):
        Worlds(url)


def test_one_without_a_seat_is_anybodys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'densai.sqlite3'}"
    Worlds(url).close()
    monkeypatch.setattr(schema, "bank", lambda: pack_of("minato"))
    Worlds(url).close()
    monkeypatch.setattr(schema, "bank", lambda: pack_of("toge"))
    Worlds(url).close()


# What is published ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("minato", "お問い合わせ: みなと信用組合　0120-000-000　平日 9:00～17:00"),
        ("yukino", cover.GUIDE),
    ],
)
def test_a_title_page_tells_where_the_banks_customers_may_ask(
    name: str, last: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cover, "bank", lambda: pack_of(name))
    assert cover.cover().guide.splitlines()[-1] == last


# The made-up banks differ -----------------------------------------------------------------------


def test_the_made_up_banks_differ_in_what_real_ones_differ_in() -> None:
    packs = [default_pack(), *(pack_of(name) for name in ("minato", "toge", "yukino"))]
    for key in ("bank.we", "service.public", "people.master.login_id", "colours.brand", "rules.lock_after"):
        assert len({pack.values[key] for pack in packs}) == len(packs)
    assert {file.stem for file in HERE.glob("*.toml")} == {"minato", "toge", "yukino"}
    assert all(pack.words for pack in packs[1:])

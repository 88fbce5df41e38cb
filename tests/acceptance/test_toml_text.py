"""A deployment file as editors really save it: what cannot be read says why, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.toml_text import TomlTextError, table_of
from steps.deployment import DeploymentError, load

TEXT = 'name = "検証用サイト"\n[words]\n"お客様ID" = "ご利用者　番号＝ID"\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_utf_8_is_read_with_and_without_its_mark(encoding: str, end: str) -> None:
    assert table_of(TEXT.replace("\n", end).encode(encoding))["name"] == "検証用サイト"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            TEXT.encode("cp932"),
            "文字コードが UTF-8 ではありません（Shift_JIS（ANSI）のようです）。「UTF-8」を選んで",
        ),
        (TEXT.encode("utf-16"), "文字コードが UTF-16 です。「UTF-8」を選んで保存し直してください"),
        (b'name = "\x81\x20"', "文字コードが UTF-8 ではありません（分かりません）"),
        (TEXT.replace("] ", "]").replace('" = "ご', '" ＝ "ご').encode(), "3 行目に全角の「＝」があります。"),
        (TEXT.replace("[words]", "［words］").encode(), "2 行目に全角の「［」があります。"),
        (TEXT.replace('name = "検', "name = “検").encode(), "1 行目に全角の「“」があります。"),
        (TEXT.replace("name =", "name　=").encode(), "1 行目に全角の空白があります。半角で書いてください。"),
        (b"name = ", "Not valid TOML."),
    ],
)
def test_what_cannot_be_read_says_what_to_do(content: bytes, told: str) -> None:
    with pytest.raises(TomlTextError) as failure:
        table_of(content)
    assert told in str(failure.value)


def test_a_deployment_file_says_so_with_its_name(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    file.write_bytes(TEXT.encode("cp932"))
    with pytest.raises(DeploymentError, match="は TOML として読めません: 文字コードが UTF-8 では"):
        load(file)

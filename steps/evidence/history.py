"""`densai history FOLDER…`: the results of several runs in one table, as HTML and as Excel."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from steps.command_line import CommandParser
from steps.evidence.disk import EvidenceError, hash_of, write_file
from steps.evidence.history_rows import Cell, History, Row, Run, history
from steps.evidence.pages import moment, page
from steps.evidence.run_records import STEPS
from steps.evidence.run_results import WORDS
from steps.evidence.sheets import FAILED, add_table, content_of
from steps.evidence.verify import SECRET, verify
from steps.exit_codes import ExitCode

PAGE, BOOK = "history.html", "history.xlsx"
MORE = "フォルダーには、証跡フォルダーか、証跡フォルダーが並んでいるフォルダーを指定します。"
FIXED = ("手順", "文", "合格 / 実施", "初めての不合格")
RUNS = ("実行", "証跡フォルダー", "開始", "対象", "証跡", "時間", "結果", "文の版", "最初の不合格", "署名")
MINUTE = 60


class HistoryError(Exception):
    """Folders of which no history can be made; the message is one sentence for the tester."""

    def __init__(self, text: str, code: ExitCode = ExitCode.USAGE) -> None:
        super().__init__(text)
        self.code = code


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page and the workbook; return FAILED where a folder is not as it was recorded."""
    codes = (ExitCode.PASSED, ExitCode.FAILED, ExitCode.USAGE, ExitCode.STOPPED, ExitCode.SECRET)
    parser = CommandParser("history", more=MORE, codes=codes)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="証跡フォルダー")
    parser.add_argument(
        "--output", type=Path, default=Path(), metavar="FOLDER", help="表を書くフォルダー（省略すると、ここ）"
    )
    typed = parser.parse_args(arguments)
    try:
        folders = _folders(typed.folders)
        _check_output(typed.output)
        made = history(folders)
        contents = {PAGE: _page(made).encode(), BOOK: _workbook(made)}
        for name, content in contents.items():
            write_file(typed.output / name, content)
    except HistoryError as error:
        sys.stderr.write(f"{error}\n")
        return error.code
    except (EvidenceError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return ExitCode.STOPPED
    sys.stdout.write("".join(f"{line}\n" for line in _lines(made, typed.output)))
    return ExitCode.FAILED if any(each.is_altered for each in made.runs) else ExitCode.PASSED


def _lines(made: History, output: Path) -> Iterator[str]:
    for run in made.runs:
        counts = "、".join(f"{word} {run.results.count(outcome)}" for outcome, word in WORDS.items())
        yield f"実行 {run.number}: {run.folder}（{run.state}）{counts}"
        yield from run.faults
    yield f"{len(made.runs)} 回の実行を表にしました: {output / PAGE}、{output / BOOK}"


def _folders(asked: Sequence[Path]) -> list[Path]:
    """Return the evidence folders, each once. Raises HistoryError."""
    found: dict[Path, Path] = {}
    for each in asked:
        inside = sorted(path.parent for path in each.glob(f"*/{STEPS}")) if each.is_dir() else []
        here = [each] if (each / STEPS).is_file() else inside
        if not here:
            raise HistoryError(f"証跡フォルダーではありません: {each}")
        found |= {path.resolve(): path for path in here}
    runs: dict[str, Path] = {}
    for folder in found.values():
        if verify(folder).code == SECRET:
            raise HistoryError(
                f"パスワードが含まれている証跡です。表にはできません: {folder}", ExitCode.SECRET
            )
        same = runs.setdefault(hash_of((folder / STEPS).read_bytes()), folder)
        if same != folder:
            raise HistoryError(f"同じ実行の証跡です。どちらか 1 つを指定してください: {same} {folder}")
    return list(runs.values())


def _check_output(folder: Path) -> None:
    """Raise HistoryError if the table would be written into evidence, or where no folder can be."""
    place = folder.resolve()
    if any((each / STEPS).is_file() for each in (place, *place.parents)):
        raise HistoryError(f"証跡の中には書けません。--output に別のフォルダーを指定してください: {folder}")
    if place.exists() and not place.is_dir():
        raise HistoryError(f"--output にはフォルダーを指定してください: {folder}")


def duration(seconds: float | None) -> str:
    """Return a time as people write it, as 1.2秒 or 3分05秒; "" for none."""
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), MINUTE)
    return f"{minutes}分{rest:02}秒" if seconds >= MINUTE else f"{seconds:.1f}秒"


def _word(cell: Cell | None) -> str:
    """Return what a cell says of the outcome; － where the run did not know the step."""
    if cell is None:
        return "－"
    again = f"（{cell.again} 回目）" if cell.again > 1 else ""
    return f"{WORDS[cell.outcome]}{again}"


def _page(made: History) -> str:
    return page("history.html", history=made, words=WORDS, word=_word, duration=duration)


def _workbook(made: History) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    add_table(book, "実行", list(_runs(made)), (6, 24, 26, 44, 18, 12, 16, 10, 60, 40), fixed=2)
    widths = (14, 60, 12, 44, *[16 for _ in made.runs])
    for title, rows in (("手順", made.steps), ("きまり", made.scenarios)):
        texts = [_heads(made.runs), *(_texts(row, made.runs) for row in rows)]
        sheet = add_table(book, title, texts, widths, fixed=2)
        _mark_failures(sheet, rows, made.runs)
    return content_of(book)


def _runs(made: History) -> Iterator[Sequence[str]]:
    yield RUNS
    for run in made.runs:
        counts = "\n".join(f"{word} {run.results.count(outcome)}" for outcome, word in WORDS.items())
        yield (
            str(run.number),
            run.folder.absolute().name,
            moment(run.began) if run.began else "",
            f"{run.site}　{made.sites[run.site]}",
            "\n".join([run.state, *run.faults]),
            duration(run.seconds),
            counts,
            f"{run.features}　{made.features[run.features]}",
            run.first_failure,
            run.signatures,
        )


def _heads(runs: Sequence[Run]) -> Sequence[str]:
    of_runs = (f"実行 {each.number}\n{each.began[:10]}\n{each.site}、版 {each.features}" for each in runs)
    return (*FIXED, *of_runs)


def _texts(row: Row, runs: Sequence[Run]) -> Sequence[str]:
    text = f"{row.text}（文の版 {row.variant}）" if row.variant else row.text
    failure = "実行 {}: {}".format(*row.first_failure) if row.first_failure else ""
    cells = (row.cells.get(run.number) for run in runs)
    shown = (f"{_word(cell)}\n{duration(cell.seconds if cell else None)}".strip() for cell in cells)
    return row.place, text, f"{row.passed} / {row.ran}", failure, *shown


def _mark_failures(sheet: Worksheet, rows: Sequence[Row], runs: Sequence[Run]) -> None:
    for line, row in enumerate(rows, 2):
        for column, run in enumerate(runs, len(FIXED) + 1):
            cell = row.cells.get(run.number)
            if cell and cell.outcome in ("failed", None):
                sheet.cell(line, column).fill = FAILED

"""`python -m tests.banks.pages FILE`: ask for every page of a bank; print what is left of the default one.

A process of its own, because a process has one bank. A line is a word and the address where it stands.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from simulator.banks.chosen import bank, choose
from simulator.banks.reading import default_pack
from simulator.banks.words import Words

CLASS = "/desk/classes/1"


def strange_words() -> list[str]:
    """Return the default bank's words that the chosen one has others for, and none of which is in its own.

    Its number alone is not among them: it is also the default seed of a server.
    """
    new = Words(bank()).new
    own = " ".join([*new.values(), *map(str, bank().values.values())])
    tables = ("bank", "service", "people")
    named = {key for key in default_pack().values if key.partition(".")[0] in tables}
    whole = {default_pack().text(key).removeprefix("d-") for key in named - {"bank.id", "bank.code"}}
    return sorted(word for word in whole | {*bank().words} if word not in own and new.get(word) != word)


def main(path: Path) -> None:
    """Print each strange word with its page, and how many answers were looked at."""
    choose(path)
    found, looked = set[str](), 0
    words = strange_words()
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for address, text in _answers(Path(folder)):
            looked += 1
            found |= {f"{word} {address}" for word in words if word in text}
    print(*sorted(found), f"{looked} answers, {len(words)} words", sep="\n")  # noqa: T201  what the test reads


def _answers(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield every answer of the bank and of training, with its address."""
    # Imported late: a bank is chosen before anything that has its texts is read.
    from flask import request  # noqa: PLC0415

    from simulator.training import starts  # noqa: PLC0415
    from simulator.training.lessons import courses  # noqa: PLC0415
    from tests.screens.banks import Bank, open_bank  # noqa: PLC0415
    from tests.screens.test_screens import SCREENS, visit  # noqa: PLC0415
    from tests.training.addresses import addresses  # noqa: PLC0415
    from tests.training.guests import Guest, code_of  # noqa: PLC0415

    app, kept = open_bank(folder / "densai.sqlite3"), list[tuple[str, str]]()

    @app.after_request
    def _keep(answer):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        if not answer.direct_passthrough:  # a file, asked for below
            kept.append((request.path, answer.get_data(as_text=True)))
        return answer

    densai = Bank(app)
    for title, way in SCREENS.values():
        assert visit(densai, starts.make_seats(densai.worlds)[0], way).heading == title
    desk = Guest(densai).open_desk()
    class_id = desk.make_class()
    trainee = Guest(densai).join(code_of(densai, class_id), "山田 太")
    for each in addresses(app, class_id, trainee.seat.code):
        if each.method == "GET" and "xlsx" not in each.path:
            (desk if each.path.startswith("/desk") else trainee).get(each.path)
    for course in courses():
        trainee.start(course)
        trainee.get("/my/steps")
    version = app.static_url_path
    for path in ("/manual", *(f"{version}/{name}" for name in ("coach.js", "bank.css", "bank.js"))):
        kept.append((path, app.test_client().get(path).text))
    yield from kept
    app.extensions["densai"].close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

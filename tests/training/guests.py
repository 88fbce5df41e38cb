"""People at the doors of training, each at a browser of his own: trainees and the instructor."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from simulator.store import Seat
from simulator.store.training import read
from simulator.training.model import Learner, Practice, utc_now
from tests.screens.browsers import ClientBrowser
from tests.screens.visitor import Visitor

if TYPE_CHECKING:
    from simulator.store.training import Member, Training
    from tests.screens.banks import Bank

PASSWORD = "tsukue-no-kagi"
QUESTION = "別の練習に切り替えますか？"


class Guest(Visitor):
    """Somebody at the entrance; once he has sat down he is a visitor of his seat's bank as well."""

    def __init__(self, bank: Bank, host: str = "localhost") -> None:
        browser = ClientBrowser(bank.app, host)
        super().__init__(browser, Seat(bank.worlds, "-", 0, ""))
        self.bank, self.client, self.host = bank, browser.client, host

    @property
    def token(self) -> str:
        """The form token of this browser, taken from the entrance."""
        return self.another_window().get("/").page.box("csrf").attrs["value"]

    def send_form(self, path: str, **values: str) -> Guest:
        """A form of training with its token, whatever page is open."""
        self.post(path, [("csrf", self.token), *values.items()])
        return self

    def upload(self, path: str, data: bytes, name: str = "meibo.csv") -> Guest:
        """A file with the form's token."""
        file = FileStorage(io.BytesIO(data), name)
        boundary, body = encode_multipart({"csrf": self.token, "file": file})
        self.send(path, body, f"multipart/form-data; boundary={boundary}")
        return self

    # Trainees ---------------------------------------------------------------------------------

    def join(self, class_code: str, name: str) -> Guest:
        """Through the door of classes."""
        self.get("/").press("参加する", class_code=class_code, name=name)
        return self._seated()

    def answer_no(self) -> Guest:
        """None of those that the page asks about, or not on the roster: another seat, by a press."""
        self.press("いいえ、別の者です" if self.heading == "この方ですか" else "名簿にない名前で参加する")
        return self._seated()

    def answer_yes(self) -> Guest:
        """The first of those that the page asks about."""
        self.press("はい、この席に参加する")
        return self._seated()

    def come_back(self, seat_code: str) -> Guest:
        """Through the door of seat codes."""
        self.get("/").press("席を開く", seat_code=seat_code)
        return self._seated()

    def begin_alone(self) -> Guest:
        """Through the door of self-study."""
        self.get("/").press("ひとりで始める")
        return self._seated()

    def start(self, course: str = "1-1", mode: str = "learn") -> Guest:
        """Begin a course, which opens the bank's front page; whatever runs is left for it."""
        if self.send_form("/my/start", course=course, mode=mode).heading == QUESTION:
            self.press(next(each for each in self.page.buttons if each.endswith("切り替える")))
        return self

    def shown_name(self) -> str:
        """The name on this trainee's own page."""
        page = self.get("/my").page
        heads = [each.text for each in page.top.all("dt")]
        return list(page.top.all("dd"))[heads.index("お名前")].text.removesuffix(" さん")

    def hand_in(self) -> Guest:
        """Send the form that hands in the practice of this seat, as its own page has it."""
        row = training(self.bank).current(self.seat.code)
        key = read(row.document, Practice).submit_key if row else ""
        return self.send_form("/my/submit", practice=str(row.id if row else 1), key=key)

    def _seated(self) -> Guest:
        prefix = "__Host-" if self.bank.app.extensions["densai-settings"].is_behind_https else "__Secure-"
        cookie = self.client.get_cookie(f"{prefix}densai-my", domain=self.host)
        found = self.bank.worlds.seat(cookie.value.partition(".")[0]) if cookie else None
        if found:
            self.seat, self.home = found, f"/bank/{found.code}/"
        return self

    # The instructor ---------------------------------------------------------------------------

    def open_desk(self, password: str = PASSWORD) -> Guest:
        """Through the instructor's door; the first to come sets the password."""
        self.get("/desk/login")
        if "講師用パスワードの設定" in self.heading:
            self.press("設定して開く", password=password, again=password)
        else:
            self.press("開く", password=password)
        return self

    def make_class(self, name: str = "四月の研修", seats: int = 3, **filled: Any) -> int:
        """A class by its form; its number."""
        self.get("/desk").press("クラスを作成する", name=name, seats=str(seats), **filled)
        assert self.heading == name, self.page.alert
        return int(self.path.rpartition("/")[2])


def training(bank: Bank) -> Training:
    """The application's store of training."""
    found: Training = bank.app.extensions["densai-training"]
    return found


def code_of(bank: Bank, class_id: int) -> str:
    """The code with which trainees join."""
    row = training(bank).class_(class_id)
    assert row
    return row.code


def member_of(guest: Guest) -> Member:
    """Who sits where this guest sits."""
    found = training(guest.bank).member(guest.seat.code)
    assert found
    return found


def table_of(data: bytes) -> list[list[str]]:
    """A CSV file's cells."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def raise_hand(guest: Guest) -> None:
    """Call the instructor, as a trainee's page does."""
    with training(guest.bank).changing() as change:
        member = change.member(guest.seat.code)
        assert member
        learner = read(member.document, Learner)
        learner.hand_since, learner.hand_seen_at = utc_now(), None
        change.save_member(guest.seat.code, learner)


def learner_of(guest: Guest) -> Learner:
    """Return the stored learner of this guest's seat."""
    return read(member_of(guest).document, Learner)

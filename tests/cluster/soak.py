"""A soak of a cluster: a class at work and its desk for minutes on end, with the nodes' memory watched."""

from __future__ import annotations

import itertools
import statistics
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulator.bank.people import MASTER_ID, people
from simulator.store import Seat, Worlds
from simulator.store.training import Training
from tests.bench.servers import resident_kb
from tests.cluster.check import HttpsBrowser
from tests.screens.visitor import Visitor

if TYPE_CHECKING:
    from tests.cluster.running import Cluster

TRAINEES = 6
THINK_SECONDS, WATCH_SECONDS = 1.0, 2.0  # between two pages of a trainee, and of the desk
SAMPLE_SECONDS = 5.0
WARM_SECONDS = 60  # until then memory may grow: caches fill, every thread has met every page
MOST_GROWTH = 1.03  # of the last minute over the first one after that
PASSWORD = "tsukue-no-kagi"
GOES = (("2-1", "learn"), ("2-2", "measure"), ("1-4", "try"), ("ch2", "learn"), ("3-1", "measure"))


@dataclass
class Soak:
    """What is being done, and what was seen. memory: (second, MiB) of each node by its name."""

    cluster: Cluster
    worlds: Worlds
    ended: threading.Event = field(default_factory=threading.Event)
    memory: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    pages: int = 0
    faults: list[str] = field(default_factory=list)

    def visitor(self) -> Visitor:
        """Somebody without a seat."""
        browser = HttpsBrowser(self.cluster.port, self.cluster.trust())
        return Visitor(browser, Seat(self.worlds, "-", 0, ""))

    def watch_memory(self, seconds: float) -> None:
        """Note the memory of each node until the time is over."""
        began = time.monotonic()
        while (at := time.monotonic() - began) < seconds:
            for node in self.cluster.nodes:
                assert node.process
                self.memory.setdefault(node.name, []).append((at, resident_kb(node.process.pid) / 1024))
            self.ended.wait(SAMPLE_SECONDS)

    def during(self, work: str, *arguments: str) -> None:
        """Do a part of the work until the end; what goes wrong there is a fault."""
        try:
            getattr(self, work)(*arguments)
        except Exception as error:  # noqa: BLE001  of a thread, to be told at the end
            self.faults.append(f"{work}: {error!r}")

    def trainee(self, code: str, name: str) -> None:
        """Join the class, and practise one course after the other."""
        at = self.visitor().get("/")
        at.press("参加する", class_code=code, name=name)
        seat = self.worlds.seat(at.browser.cookies["__Host-densai-my"].partition(".")[0])  # type: ignore[attr-defined]
        assert seat
        at.seat, at.home = seat, f"/bank/{seat.code}/"
        for course, mode in itertools.cycle(GOES):
            self._practise(at, course, mode)
            if self.ended.is_set():
                return

    def _practise(self, at: Visitor, course: str, mode: str) -> None:
        token = at.get("/my").page.box("csrf").attrs["value"]
        at.sid = ""
        at.post("/my/start", [("csrf", token), ("course", course), ("mode", mode)])
        if at.heading == "別の練習に切り替えますか？":
            at.press(next(each for each in at.page.buttons if each.endswith("切り替える")))
        who = people(at.seat.seed).master
        for page in ("login", "in", "list", "list"):
            self.ended.wait(THINK_SECONDS)
            at.log_in(MASTER_ID, who.password) if page == "in" else at.open(page)
            assert at.status < 500, (page, at.status)
            self.pages += 1

    def desk(self, class_id: str) -> None:
        """Look at the board and the results again and again."""
        at = self.visitor().get("/desk/login").press("開く", password=PASSWORD)
        for page in itertools.cycle(("", "/board", "/board", "/board", "/results")):
            at.get(f"/desk/classes/{class_id}{page}")
            assert at.status == 200, at.status
            self.pages += 1
            if self.ended.wait(WATCH_SECONDS):
                return


def soak(cluster: Cluster, minutes: float) -> int:
    """Let a class work for so many minutes; print what was seen; return 0, or 1 for a fault."""
    worlds = Worlds(cluster.database)
    made = Soak(cluster, worlds)
    desk = made.visitor().get("/desk/login")
    desk.press("設定して開く", code=cluster.nodes[0].code, password=PASSWORD, again=PASSWORD)
    desk.get("/desk").press("クラスを作成する", name="四月の研修", seats=str(TRAINEES))
    class_id = desk.path.rpartition("/")[2]
    code = _class_code(worlds, int(class_id))
    threads = [threading.Thread(target=made.during, args=("desk", class_id))]
    threads += [
        threading.Thread(target=made.during, args=("trainee", code, f"受講者{number}"))
        for number in range(TRAINEES)
    ]
    for thread in threads:
        thread.start()
    made.watch_memory(minutes * 60)
    made.ended.set()
    for thread in threads:
        thread.join()
    worlds.close()
    return _tell(made)


def _class_code(worlds: Worlds, class_id: int) -> str:
    row = Training(worlds).class_(class_id)
    assert row
    return row.code


def _tell(made: Soak) -> int:
    faults = list(made.faults)
    print(f"{made.pages} ページ、うまくいかなかったもの {len(faults)} 件")
    for name, noted in made.memory.items():
        last = noted[-1][0]
        early = [size for at, size in noted if WARM_SECONDS <= at < 2 * WARM_SECONDS]
        late = [size for at, size in noted if at > last - WARM_SECONDS]
        if not early or last < 3 * WARM_SECONDS:
            faults.append(f"{name}: too short to tell")
            continue
        before, after = statistics.median(early), statistics.median(late)
        print(f"{name}: 2分目 {before:.1f} MiB、最後の1分 {after:.1f} MiB（各時点: {_minutes(noted)}）")
        if after > before * MOST_GROWTH:
            faults.append(f"{name} has grown from {before:.1f} to {after:.1f} MiB")
    for fault in faults:
        print(f"NG  {fault}")
    return 1 if faults else 0


def _minutes(noted: list[tuple[float, float]]) -> str:
    """Return the middle of each minute."""
    by_minute = itertools.groupby(noted, lambda each: int(each[0] // 60))
    return " ".join(f"{statistics.median(size for _, size in part):.0f}" for _, part in by_minute)

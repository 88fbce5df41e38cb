"""The coach's state for a page, put together from the practice, the bank and the page. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.bank.people import People, people
from simulator.domain.world import World
from simulator.manual.grammar import Action, Outside, Press
from simulator.store.training import Member, TrailRow, read
from simulator.training import coach_boxes, coach_done, knowledge, tracker
from simulator.training.coach_box_state import Box, Button, WindowId
from simulator.training.coach_parts import ACT, CALL, box, button
from simulator.training.coach_scene import Scene
from simulator.training.coach_state import CoachState, Pulse, Shown, Step, Test, Turn, Urls, Where
from simulator.training.coach_windows import windows
from simulator.training.guide import Guidance, guide
from simulator.training.knowledge import Known
from simulator.training.lessons import Item
from simulator.training.model import HINTS, MODES, Learner, Practice
from simulator.training.practice import Going, faded
from simulator.training.situations import OUTSIDE, outside_of
from simulator.training.step_view import Sight, press, step_view

COSTS = "ヒントを使うと、「自力で完了」にはなりません。"
LEARNT = "この手順は、続けて正しくできています。"
LAST_MINUTE = "残り1分です"
GO_BACK = ("wrong_user", "nothing_here")  # boxes of a page that only 戻る leads on from
EVERYTHING, NOTHING = (True, True, True), (False, False, False)


@dataclass(frozen=True)
class Page:
    """A page of the bank as the coach knows it, and sends it back with every request.

    screen: its title. login_id: of who is logged in on it, "" for nobody. window: in which it stands.
    subject: the ログインID of the user that it is about, "" for none.
    """

    screen: str
    login_id: str
    window: WindowId
    subject: str = ""

    def as_fields(self, practice: int) -> dict[str, str]:
        """Return the fields that every request carries."""
        return {
            "practice": str(practice),
            "screen": self.screen,
            "login": self.login_id,
            "window": self.window,
            "subject": self.subject,
        }


@dataclass(frozen=True)
class Given:
    """The sources of the state besides the page. trail: of this practice, newest first, where it is told of.

    task: (markup, whether it is open) of 課題を見る. manual: whether the manual may be opened.
    following: the id of the course that a finished one leads to, "" for none.
    """

    member: Member
    going: Going
    world: World
    pulse: Pulse
    urls: Urls
    csrf: str
    home: str
    task: tuple[str, bool]
    manual: bool
    trail: Sequence[TrailRow] = ()
    following: str = ""


def coach_state(page: Page, given: Given) -> CoachState:
    """Return the state for a page."""
    going, member = given.going, given.member
    practice, course, running = going.practice, going.course, going.is_running
    told = guide(practice, course, page.screen, page.login_id) if running else Guidance("done")
    scene = _scene(page, given, told)
    test = practice.mode == "measure"
    due = tracker.due_item(practice, course) if running else None
    found = coach_boxes.boxes(scene) if running else []
    step = None if test else _step(scene, given, found)
    ended = not running or told.turn == "done"
    if ended:
        found = [*found, coach_done.ending(going, given.world, given.following)]
    elif not test:
        found += coach_done.between(going, given.world, given.trail)
    return {
        "state": _name(found, step, test=test and running, told=told),
        "mode": practice.mode,
        "mode_name": MODES[practice.mode],
        "in_class": member.class_id is not None,
        "seat": member.seat,
        "practice": going.row.id,
        "csrf": given.csrf,
        "page": page.as_fields(going.row.id),
        "turn": _turn(told, found, test=test, ended=ended),
        "place": -1 if test else told.place,
        "position": 0 if test else practice.position,
        "where": _where(going),
        "boxes": found,
        "step": None if ended else step,
        "task_html": "" if ended else given.task[0],
        "task_open": given.task[1],
        "foot": [] if ended else _foot(scene, going, member, given),
        "note": "" if ended else _note(scene, going, member),
        "acts": scene.acts and not ended,
        "manual": given.manual,
        "windows": windows(member.seat, page.window, None if test else due, course, leaves=told.is_leaving),
        "test": _test(going) if test and running else None,
        "pulse": given.pulse,
        "urls": given.urls,
    }


def _scene(page: Page, given: Given, told: Guidance) -> Scene:
    practice, world = given.going.practice, given.world
    values = _values(told, world, people(world.seed))
    wants = bool(told.item and told.item.wants_refusal)
    helps = knowledge.may_act(values, world, wants_refusal=wants)
    return Scene(
        practice,
        given.going.course,
        world,
        told,
        page.screen,
        page.login_id,
        page.subject,
        page.window,
        values,
        may_show=shown(practice)["values"],
        acts=helps and practice.mode != "measure" and told.turn in ("item", "prep"),
        in_class=given.member.class_id is not None,
        learner=read(given.member.document, Learner),
    )


def _values(told: Guidance, world: World, both: People) -> list[Known]:
    return knowledge.values_of(told.actions, told.item.who, world, both) if told.item else []


def shown(practice: Practice) -> Shown:
    """Return what the mode and the hints used allow to be shown."""
    given = EVERYTHING if practice.mode in ("show", "learn") else NOTHING
    if practice.mode == "try":
        given = (practice.help >= 1, practice.help >= 2, practice.help >= 3)  # noqa: PLR2004  the hints in order
    return {"sentence": given[0], "values": given[1], "marker": given[2]}


# The step ----------------------------------------------------------------------------------------


def _step(scene: Scene, given: Given, found: Sequence[Box]) -> Step | None:
    ids = {each["id"] for each in found}
    sight = Sight(
        scene.course,
        scene.world,
        people(scene.world.seed),
        shown(scene.practice),
        scene.practice.refused,
        given.home,
    )
    made = step_view(scene.told, scene.values, sight)
    if made is None:
        return None
    if ids & {*GO_BACK, "confirm_differs"}:
        made["actions"] = [press(Press(coach_boxes.way_back(scene), "button"))]
    if ids & set(GO_BACK):
        made |= {"label": "", "sentence": "", "who": "", "values": [], "checks": [], "compared": []}
        made |= {"say": [], "manual": [], "buttons": [], "key": "", "heading": "", "then": "", "follows": ""}
    if "locked" in ids:
        made["manual"] = coach_boxes.lock_note()
    if not made["shown"]["sentence"]:
        made["manual"] = []
    return made


def _turn(told: Guidance, found: Sequence[Box], *, test: bool, ended: bool) -> Turn:
    if ended:
        return "done"
    if test:
        return "off"
    goes_back = any(each["id"] in GO_BACK for each in found)
    return "prep" if goes_back else told.turn


def _name(found: Sequence[Box], step: Step | None, *, test: bool, told: Guidance) -> str:
    """The state of section 7 that a page is in."""
    names = [each["id"] for each in found if each["id"] != "mistake"]
    if names:
        return names[0]
    if test:
        return "test"
    if told.turn == "prep":
        return "way_back"
    if step and step["compared"]:
        return "look_only" if step["buttons"] else "confirm"
    return "normal"


def _where(going: Going) -> Where:
    """The position within the procedure; of a テスト the title alone."""
    practice, items = going.practice, going.course.items
    if practice.mode == "measure":
        return {"title": going.course.title, "steps": 0, "at": 0, "whole": ""}
    place = min(practice.position, len(items) - 1)
    first, last = _lesson_around(items, place)
    whole = f"全手順 {place + 1}／{len(items)}" if going.course.kind == "all" else ""
    title = coach_done.lesson_title(going.course, items[place])
    return {"title": title, "steps": last - first + 1, "at": place - first + 1, "whole": whole}


def _lesson_around(items: Sequence[Item], place: int) -> tuple[int, int]:
    """The first and the last place of the procedure that a step belongs to."""
    first = last = place
    while first > 0 and items[first - 1].lesson == items[place].lesson:
        first -= 1
    while last + 1 < len(items) and items[last + 1].lesson == items[place].lesson:
        last += 1
    return first, last


# The foot ----------------------------------------------------------------------------------------


def _foot(scene: Scene, going: Going, member: Member, given: Given) -> list[Button]:
    mode = scene.practice.mode
    found: list[Button] = []
    if mode == "measure":
        found += [*_outside(scene), button("submit", "提出する")]
    elif mode == "learn" or (mode == "try" and scene.practice.help == len(HINTS)):
        found += [ACT] if scene.acts and not _is_asked(scene.told.actions) else []
    elif mode == "try":
        most = 1 if faded(going, member) else len(HINTS)
        if scene.practice.help < most:
            found.append(button("help", HINTS[scene.practice.help]))
    waits = any(each["id"] == "hand" and each["buttons"] for each in given.pulse["news"])
    return [*found, *([CALL] if scene.in_class and not waits else [])]


def _is_asked(actions: Sequence[Action]) -> bool:
    """Whether a step is done outside the screens, which the coach has a button for."""
    return any(isinstance(action, Outside) for action in actions)


def _outside(scene: Scene) -> list[Button]:
    """Return the buttons for what a drill needs outside the screens; in a テスト the trainee has to know."""
    asked = (a.what for item in scene.course.items for a in item.actions if isinstance(a, Outside))
    slugs = dict.fromkeys(outside_of(what) for what in asked)
    waits = scene.learner.asks_desk_since
    return [
        button("desk" if slug == "desk" else "away", OUTSIDE[slug].label)
        for slug in slugs
        if slug != "desk" or not waits
    ]


def _note(scene: Scene, going: Going, member: Member) -> str:
    if scene.practice.mode != "try":
        return ""
    return LEARNT if faded(going, member) else COSTS


def _test(going: Going) -> Test:
    words = "提出すると採点します。提出した後は、操作をやり直せません。"
    fields = {"practice": str(going.row.id), "key": going.practice.submit_key}
    submit = box(
        "submit",
        "wait",
        "提出しますか？",
        words,
        buttons=[
            button("continue", "操作を続ける"),
            {"id": "submit_now", "label": "提出して採点する", "main": True, "fields": fields},
        ],
    )
    return {"submit": submit, "last_minute": LAST_MINUTE}

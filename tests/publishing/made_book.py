"""A small book, made without a browser: a picture of a window for two steps, a dialog, and one scene."""

from __future__ import annotations

import io

from PIL import Image

from simulator.training.lessons import courses
from simulator.training.starts import world_at
from steps.publishing.book import Book, Doing, Picture
from steps.publishing.capture import SEED
from steps.publishing.coach_steps import due_step
from steps.publishing.packing import packed
from steps.publishing.scenes import Frame, Scene, Use

LOG_IN, TICK, ANSWER = "1-1.4", "1-4.5", "4.2"


def png(width: int, height: int) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), "#24506b").save(made, "PNG")
    return made.getvalue()


def picture(
    key: str, *doings: Doing, size: tuple[int, int] = (1280, 600), is_dialog: bool = False
) -> Picture:
    content, (width, height) = packed(png(*size))
    name = f"{key.replace('.', '-')}-1.png"
    return Picture(name, width, height, "ログイン", doings, content, is_dialog=is_dialog)


def scene(page: str) -> Scene:
    """The login, with this as its page."""
    course, world = courses()["1-1"], world_at(SEED, "1-1")
    uses = (Use("press", "ログイン", (1, 0)),)
    step = due_step(course, course.items[-1], world)
    return Scene(LOG_IN, step, ({}, {}), (Frame("ログイン", page, (), uses),), "ログインしました。")


BOOK = Book(
    {
        LOG_IN: (
            picture(
                LOG_IN,
                Doing("「ログイン ID」に ", "d-1560heki", " と入力"),
                Doing('「#[あ]*$"\\」をクリック'),
            ),
        ),
        TICK: (picture(TICK, Doing("「権限リスト」の欄をチェック"), size=(1280, 1100)),),
        ANSWER: (picture(ANSWER, Doing("「OK」をクリック"), size=(560, 217), is_dialog=True),),
    },
    (scene("<body><button>ログイン</button></body>"),),
)
SENTENCES = 50

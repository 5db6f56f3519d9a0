# SPDX-License-Identifier: Apache-2.0
"""The editor of pictures: nothing drawn, every tool's mark, each way of choosing, a crop, zoomed, turned, words offered for hiding.

The picture that is drawn on is one of the program itself, taken as the tester takes it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QWidget

from firstlight.annotate import shapes as s
from firstlight.annotate.document import Document
from firstlight.annotate.geometry import Crop
from firstlight.annotate.ui.editor import EditorPage
from firstlight.annotate.ui.live import CROP
from firstlight.base.work import Work
from firstlight.reports.ui.attachment_source import png
from gallery.stage import Stage

WORDS = {
    "en": ("Fan stops after 14 min,\nheat climbs to 81 °C", "Fan stops here", "Long: " + "the fan stops and the heat climbs " * 6),
    "zh_CN": ("风扇 14 分钟后停转，\n温度升至 81 °C", "风扇在这里停转", "很长：" + "风扇停转而温度不断升高，" * 12),
}


def words(stage: Stage) -> tuple[str, str, str]:
    """What the tester wrote, in the tester's language."""
    return WORDS[stage.view.language]


def screenshot(stage: Stage) -> QImage:
    """Of the program's own page."""
    desk = stage.desk(told_week=True)
    desk.window.visit("week")
    stage.settle()
    image = desk.window.grab().toImage()
    image.setDevicePixelRatio(1)
    return image


def letter(stage: Stage) -> QImage:
    """A page with private words in it, large enough to be read by a program."""
    del stage
    image = QImage(1100, 620, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    font = QFont("DejaVu Sans")
    font.setPixelSize(30)
    painter.setFont(font)
    lines = (
        "Aurora R1 status",
        "Signed in: wren.moss@moss.example",
        "Wi-Fi name: Moss-Attic-5G",
        "MAC 8c:5a:f1:09:2e:71",
        "Fan 0 rpm, 81 C",
    )
    for at, line in enumerate(lines):
        painter.drawText(60, 90 + at * 90, line)
    painter.end()
    return image


def edited(
    stage: Stage,
    draw: Callable[[Stage, Document], Document] = lambda _stage, document: document,
    then: Callable[[EditorPage], object] | None = None,
    *,
    picture: Callable[[Stage], QImage] = screenshot,
    more: int = 2,
) -> QWidget:
    """The editor with a report's pictures, marks drawn on the first."""
    desk = stage.desk(told_week=True)
    image = picture(stage)
    report = desk.profile.reports.new(1, title="Fan stops")
    made = []
    for at, one in enumerate((image, *(image.copy(60 * at, 40 * at, 700, 460) for at in range(1, more + 1))), 1):
        attach = desk.profile.reports.attach
        made.append(attach(report.id, png(one), name=f"screen-16320{at}.png", role="picture", media="image/png", work=Work()))
    document = draw(stage, Document(image.width(), image.height(), 1.0))
    desk.profile.reports.set_annotations(report.id, made[0].pos, document.to_json())
    desk.pages._evidence.open(report.id, made[0].pos)
    page = desk.window.page("picture")
    assert isinstance(page, EditorPage)
    stage.settle()
    page.canvas.fit()
    if then is not None:
        then(page)
    stage.settle()
    return stage.window


def all_marks(stage: Stage, document: Document) -> Document:
    """One of each kind."""
    told, name, _ = words(stage)
    across, down = document.width / 1180, document.height / 760
    for mark in (
        s.Spotlight(id=0, x=230, y=90, w=600, h=420),
        s.Box(id=0, x=250, y=110, w=260, h=110),
        s.Ellipse(id=0, x=560, y=110, w=200, h=100, color="#2459A8"),
        s.Line(id=0, x1=260, y1=250, x2=520, y2=250, color="#1B6B3E"),
        s.Freehand(id=0, points=tuple((560 + j * 4, 240 + (j * j) % 37) for j in range(50)), color="#C04F0C"),
        s.Highlighter(id=0, points=((262, 300), (480, 300))),
        s.Hide(id=0, x=560, y=300, w=180, h=36),
        s.Mosaic(id=0, x=560, y=350, w=180, h=60),
        s.Number(id=0, x=250, y=110),
        s.Number(id=0, x=540, y=318),
        s.Magnifier(id=0, x=880 * across, y=120 * down, w=90, h=60, tx=1020 * across, ty=240 * down, zoom=2),
        s.Text(id=0, x=300, y=430, text=told),
        s.Arrow(id=0, x1=430, y1=425, x2=330, y2=330, name=name),
    ):
        document = document.added(mark)
    return document


def arrow_chosen(page: EditorPage) -> None:
    """As in the mock-up: the arrow is chosen, the canvas has the keyboard."""
    page.live.select(page.document.shapes[-1].id)
    page.canvas.setFocus(Qt.FocusReason.OtherFocusReason)


def chosen(kind: str) -> Callable[[EditorPage], None]:
    """A mark of this kind is chosen in the list."""

    def choose(page: EditorPage) -> None:
        page.live.select(next(shape.id for shape in page.document.shapes if shape.kind == kind))
        page.marks.setFocus(Qt.FocusReason.TabFocusReason)

    return choose


def many(stage: Stage, document: Document) -> Document:
    """More marks than the list shows at once; one is not shown."""
    document = all_marks(stage, document)
    for at in range(40):
        document = document.added(s.Number(id=0, x=260 + at % 10 * 60, y=520 + at // 10 * 50, color="#2459A8", is_shown=at != 39))
    return document


def long_text(stage: Stage, document: Document) -> Document:
    """Words that go over lines."""
    return document.added(s.Text(id=0, x=260, y=160, text=words(stage)[2]))


def cropped(stage: Stage, document: Document) -> Document:
    """All marks, and a part kept."""
    return all_marks(stage, document).cropped(Crop(200, 80, 660, 450))


def turned(stage: Stage, document: Document) -> Document:
    """By a quarter, with its marks."""
    return all_marks(stage, document).turned()


def tool(name: str) -> Callable[[EditorPage], None]:
    """A tool in the hand, nothing chosen."""
    return lambda page: page.live.set_tool(name)


def zoomed(page: EditorPage) -> None:
    """At 200 %."""
    arrow_chosen(page)
    page.canvas.set_zoom(2.0)
    page.canvas.centerOn(400, 380)


def typing(page: EditorPage) -> None:
    """The words of a text are being typed."""
    chosen("text")(page)
    page.live.text_asked.emit()


def naming(page: EditorPage) -> None:
    """A mark gets a name."""
    chosen("box")(page)
    page.live.name_asked.emit()


def private(stage: Stage) -> QWidget:
    """A program reads the picture and offers what looks private."""

    def wait(page: EditorPage) -> None:
        card = page.side.found
        if card is not None:
            stage.until(lambda: not page.kit.jobs.is_busy("look"), "the picture is read")

    return edited(stage, then=wait, picture=letter, more=0)


SCENES = {
    "empty": edited,
    "every-mark": partial(edited, draw=all_marks, then=arrow_chosen),
    "list": partial(edited, draw=all_marks, then=chosen("box")),
    "many": partial(edited, draw=many, then=chosen("number")),
    "hidden": partial(edited, draw=all_marks, then=chosen("hide")),
    "mosaic": partial(edited, draw=all_marks, then=chosen("mosaic")),
    "magnifier": partial(edited, draw=all_marks, then=chosen("magnifier")),
    "spotlight": partial(edited, draw=all_marks, then=chosen("spotlight")),
    "long-text": partial(edited, draw=long_text, then=typing),
    "naming": partial(edited, draw=all_marks, then=naming),
    "tool-highlighter": partial(edited, then=tool("highlighter")),
    "tool-number": partial(edited, then=tool("number")),
    "tool-hide": partial(edited, then=tool("hide")),
    "cropping": partial(edited, draw=cropped, then=tool(CROP)),
    "cropped": partial(edited, draw=cropped),
    "zoomed": partial(edited, draw=all_marks, then=zoomed),
    "turned": partial(edited, draw=turned),
    "private-words": private,
}

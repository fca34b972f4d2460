"""What we draw ourselves can be seen on both grounds."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QStyle,
    QStyleOptionViewItem,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from console.sdk.look import icon
from console.sdk.nodes import Tone
from console.shell.button_style import outline_colour
from console.shell.theme import Appearance, Theme
from tests.fakes.turning import turn


def has_outline(widget: QWidget, image: QImage) -> bool:
    wanted = outline_colour(widget.palette())
    middle = image.height() // 2
    return any(
        abs(image.pixelColor(x, middle).lightness() - wanted.lightness()) < 26
        for x in range(min(image.width(), 24))
    )


Make = Callable[[type[QWidget]], QWidget]


@pytest.fixture(params=[Appearance.LIGHT, Appearance.DARK])
def make(request: pytest.FixtureRequest, qapp: QApplication, qtbot: QtBot) -> Iterator[Make]:
    """Make a field, in light and in dark."""

    def field(kind: type[QWidget]) -> QWidget:
        widget = kind()
        qtbot.addWidget(widget)
        widget.resize(120, 28)
        return widget

    Theme(qapp, request.param)
    yield field
    Theme(qapp, Appearance.LIGHT)


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QSpinBox, QComboBox, QCheckBox])
def test_a_field_has_an_outline(kind: type[QWidget], make: Make) -> None:
    widget = make(kind)
    assert has_outline(widget, widget.grab().toImage())


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QSpinBox, QComboBox])
def test_an_empty_field_that_is_off_looks_so(kind: type[QWidget], make: Make) -> None:
    widget = make(kind)
    is_on = widget.grab().toImage()
    widget.setEnabled(False)
    is_off = widget.grab().toImage()
    assert is_off.pixelColor(30, 0) != is_on.pixelColor(30, 0), "its outline is quieter"
    if kind is not QComboBox:  # that has the colour of a button
        ground = widget.palette().color(widget.palette().ColorRole.Window)
        assert is_off.pixelColor(60, 14) == ground != is_on.pixelColor(60, 14)


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
@pytest.mark.parametrize(
    "kind", [QPushButton, QToolButton, QCheckBox, QRadioButton, QComboBox, QLineEdit, QSpinBox]
)
def test_who_goes_by_keys_sees_where_he_is(
    kind: type[QWidget], appearance: Appearance, qapp: QApplication, qtbot: QtBot
) -> None:
    Theme(qapp, appearance)
    window, widget = QWidget(), kind()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(widget)
    widget.setProperty("text", "words")
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.show()
    window.activateWindow()
    turn()
    seen = []
    for change in (widget.setFocus, widget.clearFocus):
        change()
        window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        turn()
        seen.append(widget.grab().toImage())
    assert seen[0] != seen[1]
    Theme(qapp, Appearance.LIGHT)


HOSTILE = "<img src='/nowhere.png'><b>web-01</b>"


def test_a_label_shows_what_a_guest_calls_itself_and_nothing_else(
    qapp: QApplication, qtbot: QtBot
) -> None:
    Theme(qapp, Appearance.LIGHT)
    label, plain, marked = QLabel(HOSTILE), QLabel(), QLabel("<b>web-01</b>")
    plain.setTextFormat(Qt.TextFormat.PlainText)
    plain.setText(HOSTILE)
    marked.setTextFormat(Qt.TextFormat.RichText)
    for widget in (label, plain, marked):
        qtbot.addWidget(widget)
        widget.show()
    assert label.sizeHint() == plain.sizeHint()
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert marked.textFormat() is Qt.TextFormat.RichText


def test_so_does_a_tooltip(qapp: QApplication, qtbot: QtBot) -> None:
    Theme(qapp, Appearance.LIGHT)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    QToolTip.showText(QPoint(0, 0), HOSTILE, window)
    (tip,) = [w for w in qapp.topLevelWidgets() if w.metaObject().className() == "QTipLabel"]
    assert isinstance(tip, QLabel)
    assert tip.text() == HOSTILE
    assert tip.textFormat() is Qt.TextFormat.PlainText
    QToolTip.hideText()


def test_the_ring_of_an_item_is_round_its_icon_too(qapp: QApplication, qtbot: QtBot) -> None:
    Theme(qapp, Appearance.LIGHT)
    items = QListWidget()
    qtbot.addWidget(items)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 200, 24)
    option.text = "web-01"
    option.features = QStyleOptionViewItem.ViewItemFeature.HasDisplay
    style, element = items.style(), QStyle.SubElement
    ring = style.subElementRect(element.SE_ItemViewItemFocusRect, option, items)
    assert ring == option.rect
    words = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, items)
    assert words > style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, QWidget())


def test_a_field_is_emptied_by_an_icon_of_the_programs_own(
    qapp: QApplication, qtbot: QtBot
) -> None:
    Theme(qapp, Appearance.LIGHT)
    field = QLineEdit("words")
    qtbot.addWidget(field)
    field.setClearButtonEnabled(True)
    (button,) = field.findChildren(QToolButton)
    ours = icon("ph.x-circle", Tone.MUTED).pixmap(16, 16).toImage()
    assert button.icon().pixmap(16, 16).toImage() == ours

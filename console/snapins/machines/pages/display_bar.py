"""The tool bar of a display: keys that this computer keeps for itself, text, pictures, sizes."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QIcon, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from backend.display import input as keys
from backend.display.input import Key, chord
from backend.display.layouts import layout
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone
from console.snapins.machines.keyboards import keyboards
from console.widgets.elided_label import ElidedLabel
from console.widgets.screen_place import Zoom
from console.widgets.screen_release import Release

_VIRTUAL_TERMINALS: Final = 6
_ARROW: Final = 11
_UNDOCK: Final = "ph.arrow-square-out"
_DOCK: Final = "ph.arrow-square-in"


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


def chords() -> tuple[tuple[str, tuple[Key, ...]], ...]:
    """Return the chords that are hard to press here, by what is written on the keys."""
    return (
        (_tr("Ctrl+Alt+Delete"), chord(keys.CTRL, keys.ALT, keys.DELETE)),
        (_tr("Ctrl+Alt+Backspace"), chord(keys.CTRL, keys.ALT, keys.BACKSPACE)),
        (_tr("Ctrl+Shift+Escape"), chord(keys.CTRL, keys.SHIFT, keys.ESCAPE)),
        (_tr("Alt+Tab"), chord(keys.ALT, keys.TAB)),
        (_tr("Alt+F4"), chord(keys.ALT, keys.F4)),
        (_tr("Windows"), chord(keys.META)),
        (_tr("Windows+L"), chord(keys.META, 0x26)),
        (_tr("Windows+R"), chord(keys.META, 0x13)),
        (_tr("Print Screen"), chord(keys.PRINT)),
        (_tr("Pause"), chord(keys.PAUSE)),
        *(
            (
                _tr("Ctrl+Alt+F{number}").format(number=number + 1),
                chord(keys.CTRL, keys.ALT, keys.F1 + number),
            )
            for number in range(_VIRTUAL_TERMINALS)
        ),
        (_tr("Alt+SysRq+S (write disks)"), chord(keys.ALT, keys.PRINT, 0x1F)),
        (_tr("Alt+SysRq+B (reboot at once)"), chord(keys.ALT, keys.PRINT, 0x30)),
    )


def release_words(release: Release) -> str:
    """Return what gives the keyboard back, as it is written on the keys here."""
    return {
        Release.LEFT: _tr("Ctrl+Alt+Left"),
        Release.RIGHT: _tr("Ctrl+Alt+Right"),
        Release.SPACE: _tr("Ctrl+Alt+Space"),
        Release.HOME: _tr("Ctrl+Alt+Home"),
        Release.RIGHT_CTRL: _tr("Right Ctrl"),
    }[release]


class DisplayBar(QWidget):
    """Buttons, and at the right end how the screen comes here."""

    pressed = Signal(tuple)
    """tuple[Key, ...]: a chord to be felt by the guest."""
    typing_asked = Signal()
    """Type the clipboard's text, or stop typing."""
    saving_asked = Signal()
    copying_asked = Signal()
    zoom_chosen = Signal(object)
    """Zoom."""
    view_only_chosen = Signal(bool)
    full_screen_asked = Signal()
    window_asked = Signal()
    """Have the screen in a window of its own, or no more."""
    release_chosen = Signal(object)
    """Release."""
    keyboard_chosen = Signal(str)
    """The name of the layout that the guest's keyboard has."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._save, self._copy = QAction(_tr("Save As..."), self), QAction(_tr("Copy"), self)
        self._releases, self._keyboards = QActionGroup(self), QActionGroup(self)
        self.secure = _button(_tr("Ctrl+Alt+Delete"), self._press_secure)
        self.keys = _menu_button(_tr("Keys"), self._keys_menu())
        self.type = _button(_tr("Type Clipboard Text"), self.typing_asked.emit)
        self.picture = _menu_button(_tr("Screenshot"), self._picture_menu())
        self.zoom = self._zoom_box()
        self.view_only = _button(_tr("View Only"), None)
        self.view_only.setCheckable(True)
        self.view_only.toggled.connect(self.view_only_chosen)
        self.window_of_its_own = _button(_tr("Undock"), self.window_asked.emit)
        self.full = _button(_tr("Full Screen"), self.full_screen_asked.emit)
        self.status = ElidedLabel(least=1, mode=Qt.TextElideMode.ElideRight)
        self.status.set_tone(Tone.MUTED)
        self.status.setAccessibleName(_tr("How the screen comes here"))
        self._is_typing = self._is_docked = False
        self._is_full = False
        self.set_docked(is_docked=True)
        self._lay_out()
        self._tint()
        sizes = []
        for is_wide in (False, True):
            self._write(is_wide=is_wide)
            sizes.append(super().minimumSizeHint())
        self._narrow, self._wide = sizes

    def set_live(self, *, is_live: bool) -> None:
        """Offer what needs a screen, or do not."""
        is_usable = is_live and not self.view_only.isChecked()
        for button in (self.secure, self.keys, self.type):
            button.setEnabled(is_usable)

    def set_docked(self, *, is_docked: bool) -> None:
        """Offer a window of its own, or the way back from there."""
        self._is_docked = is_docked
        _call(self.window_of_its_own, _tr("Undock") if is_docked else _tr("Dock"))
        self._tint()

    def set_full(self, *, is_full: bool) -> None:
        """Offer the whole display, or the way back from there."""
        self._is_full = is_full
        _call(self.full, _tr("Leave Full Screen") if is_full else _tr("Full Screen"))
        self.window_of_its_own.setVisible(not is_full)
        self._tint()

    def set_release(self, release: Release) -> None:
        """Show what gives the keyboard back."""
        for action in self._releases.actions():
            action.setChecked(action.data() is release)

    def show_standing(self, words: str, details: str) -> None:
        """Say at the end how the screen comes here; `details` to whoever asks."""
        self.status.setText(words)
        self.status.setToolTip(details)
        self.status.setAccessibleDescription("\n".join(filter(None, (words, details))))

    def set_keyboard(self, name: str) -> None:
        """Show by which layout text is typed."""
        for action in self._keyboards.actions():
            action.setChecked(action.data() == name)

    def set_typing(self, *, is_typing: bool) -> None:
        """Offer to type, or to stop that."""
        words = _tr("Stop Typing") if is_typing else _tr("Type Clipboard Text")
        self._is_typing = is_typing
        _call(self.type, words)
        self._tint()

    @override
    def minimumSizeHint(self) -> QSize:
        """Take no more room than the icons need: the screen below is what one wants to see."""
        return self._narrow

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write on the buttons where there is room for words."""
        super().resizeEvent(event)
        self._write(is_wide=self.width() >= self._wide.width())

    def _write(self, *, is_wide: bool) -> None:
        style = Qt.ToolButtonStyle
        for named in (self.secure, self.keys):
            beside = style.ToolButtonTextBesideIcon
            named.setToolButtonStyle(beside if is_wide else style.ToolButtonIconOnly)

    def _tint(self) -> None:
        for thing, symbol in (
            (self.secure, "ph.keyboard"),
            (self.keys, "ph.command"),
            (self.type, "ph.stop" if self._is_typing else "ph.clipboard-text"),
            (self.picture, "ph.camera"),
            (self.view_only, "ph.eye"),
            (self.window_of_its_own, _UNDOCK if self._is_docked else _DOCK),
            (self.full, "ph.arrows-in" if self._is_full else "ph.arrows-out"),
            (self._save, "ph.floppy-disk"),
            (self._copy, "ph.copy"),
        ):
            thing.setIcon(icon(symbol))

    def _press_secure(self) -> None:
        self.pressed.emit(chord(keys.CTRL, keys.ALT, keys.DELETE))

    def _keys_menu(self) -> QMenu:
        menu = QMenu(self)
        for text, sequence in chords():
            action = menu.addAction(text)
            action.triggered.connect(lambda _on=False, one=sequence: self.pressed.emit(one))
        menu.addSeparator()
        found = [(words, name) for name, words in keyboards().items() if layout(name)]
        _fill(menu.addMenu(_tr("Keyboard of the Machine")), self._keyboards, found)
        self._keyboards.triggered.connect(lambda one: self.keyboard_chosen.emit(one.data()))
        releases = [(release_words(release), release) for release in Release]
        _fill(menu.addMenu(_tr("Give the Keyboard Back With")), self._releases, releases)
        self._releases.triggered.connect(lambda one: self.release_chosen.emit(one.data()))
        return menu

    def _picture_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addActions([self._save, self._copy])
        self._save.triggered.connect(self.saving_asked)
        self._copy.triggered.connect(self.copying_asked)
        return menu

    def _zoom_box(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(_tr("Zoom"))
        box.setToolTip(_tr("Zoom"))
        for text, zoom in (
            (_tr("Fit"), Zoom.FIT),
            (_tr("Guest follows"), Zoom.FOLLOW),
            (_tr("100 %"), Zoom.ACTUAL),
            (_tr("200 %"), Zoom.DOUBLE),
            (_tr("300 %"), Zoom.TRIPLE),
        ):
            box.addItem(text, zoom)
        box.currentIndexChanged.connect(lambda _at: self.zoom_chosen.emit(box.currentData()))
        return box

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, 3 * GRID, GRID)
        row.setSpacing(GRID)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        for widget in (self.secure, self.keys, self.type, self.picture):
            row.addWidget(widget)
        row.addSpacing(2 * GRID)
        row.addWidget(self.zoom)
        row.addSpacing(2 * GRID)
        for widget in (self.view_only, self.window_of_its_own, self.full):
            row.addWidget(widget)
        row.addWidget(self.status, 1)
        self.status.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.status.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)


def _button(
    text: str, act: Callable[[], None] | None, button: QToolButton | None = None
) -> QToolButton:
    button = button or QToolButton()
    button.setIconSize(QSize(18, 18))
    _call(button, text)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setMinimumHeight(8 * GRID)
    if act is not None:
        button.clicked.connect(lambda _on=False: act())
    return button


def _fill(menu: QMenu, group: QActionGroup, choices: Sequence[tuple[str, object]]) -> None:
    for text, choice in choices:
        action = menu.addAction(text)
        action.setData(choice)
        action.setCheckable(True)
        group.addAction(action)


def _call(button: QToolButton, text: str) -> None:
    for tell in (button.setText, button.setToolTip, button.setAccessibleName):
        tell(text)


class _MenuButton(QToolButton):
    """A button whose arrow stands beside what it belongs to; the style's is small and too low."""

    @override
    def sizeHint(self) -> QSize:
        """Have room for the arrow."""
        return super().sizeHint() + QSize(3 * GRID, 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, and the arrow at its right end."""
        painter, option = QStylePainter(self), QStyleOptionToolButton()
        self.initStyleOption(option)
        option.features &= ~QStyleOptionToolButton.ToolButtonFeature.HasMenu
        room = self.rect()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, _without_label(option))
        option.rect = room.adjusted(0, 0, -4 * GRID, 0)
        painter.drawControl(QStyle.ControlElement.CE_ToolButtonLabel, option)
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        place = QRect(0, 0, _ARROW, _ARROW)
        place.moveCenter(QPoint(room.right() - 3 * GRID, room.center().y() + 1))
        icon("ph.caret-down").paint(painter, place, mode=mode)


def _without_label(option: QStyleOptionToolButton) -> QStyleOptionToolButton:
    bare = QStyleOptionToolButton(option)
    bare.text, bare.icon = "", QIcon()
    return bare


def _menu_button(text: str, menu: QMenu) -> QToolButton:
    button = _button(text, None, _MenuButton())
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return button

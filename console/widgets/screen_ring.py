"""A ring around a screen that one came to by keys, while its keys are this program's.

Once the guest has the keyboard nothing lies over its pixels, and the way past Qt is free.
"""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QFocusFrame, QWidget

from console.sdk import by_keys
from console.widgets.screen import Screen


class ScreenRing(QObject):
    """Around `around`, in which the screen is."""

    def __init__(self, screen: Screen, around: QWidget) -> None:
        super().__init__(around)
        self._screen, self._around = screen, around
        self._frame = QFocusFrame(around)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            # Whether the keyboard came by a key is known when Qt has done with that key.
            application.focusChanged.connect(self._settle_soon)
        screen.entered.connect(self._settle)
        screen.left.connect(self._on_left)

    @property
    def is_shown(self) -> bool:
        """Whether the keyboard is seen to be there."""
        return self._frame.widget() is not None

    def _settle_soon(self) -> None:
        QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        screen = self._screen
        is_here = screen.hasFocus() and not screen.is_entered and by_keys.is_by_keys(screen)
        self._frame.setWidget(self._around if is_here else None)  # type: ignore[arg-type]  # Qt takes none for none

    def _on_left(self) -> None:
        if self._screen.hasFocus():
            by_keys.begin_by_keys(self._screen.window())  # there is no other way out
        self._settle_soon()

"""What was chosen for the use of a screen, kept for the next time: keyboard and way out."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from backend.model import Ref
from console.sdk.context import Memory
from console.snapins.machines import keyboards
from console.snapins.machines.pages.display_bar import DisplayBar
from console.snapins.machines.pages.display_typing import DisplayTyping
from console.widgets.screen import Screen
from console.widgets.screen_release import Release, release_named

_RELEASE: Final = "display/release"


class DisplayChoices(QObject):
    """Has bar, screen and typing do as was chosen: the keyboard for each machine, the rest once."""

    changed = Signal()
    """Something else was chosen."""

    def __init__(
        self, memory: Memory, bar: DisplayBar, screen: Screen, typing: DisplayTyping
    ) -> None:
        super().__init__(typing)
        self._memory, self._bar, self._screen, self._typing = memory, bar, screen, typing
        self._ref: Ref | None = None
        bar.release_chosen.connect(self._on_release)
        bar.keyboard_chosen.connect(self._on_keyboard)

    def recall(self, ref: Ref | None) -> None:
        """Do as was chosen last, here or in another window, for this machine."""
        self._ref = ref
        self._screen.release = release_named(self._memory.text(_RELEASE))
        self._bar.set_release(self._screen.release)
        if ref is not None:
            self._typing.layout = keyboards.chosen_for(self._memory, ref)
            self._bar.set_keyboard(self._typing.layout.name)

    def _on_release(self, release: Release) -> None:
        self._memory.put(_RELEASE, release.value)
        self._follow()

    def _on_keyboard(self, name: str) -> None:
        if self._ref is not None:
            keyboards.choose(self._memory, self._ref, name)
            self._follow()

    def _follow(self) -> None:
        self.recall(self._ref)
        self.changed.emit()

"""Types the clipboard's text at a screen, by the guest's keyboard, and says how far it has come."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QGuiApplication

from backend.display.input import CAPS_LOCK, Leds, chord
from backend.display.typing import US, Layout
from console.sdk.nodes import Tone
from console.snapins.machines.keyboards import keyboards
from console.snapins.machines.pages.display_strip import Deed, DisplayStrip
from console.widgets.screen_typist import ScreenTypist

_NAMED_MOST: Final = 8


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class DisplayTyping(QObject):
    """One text at a time, from the clipboard. What the keyboard does not have is asked about.

    `leds` are the lamps of the guest's keyboard, as last told; None: nobody tells.
    """

    told = Signal(str)
    """What to know, in a sentence; "" when there is nothing any more."""

    asked = Signal()
    """The strip asks what to do about what the keyboard does not have."""

    def __init__(self, typist: ScreenTypist, strip: DisplayStrip) -> None:
        super().__init__(typist)
        self._strip = strip
        self.layout = US
        self.leds: Leds | None = None
        self._typist = typist
        self._rest = ""
        typist.told.connect(self._on_typed)

    def start_or_stop(self) -> None:
        """Type the clipboard's text; or, while something is typed, type no more of it."""
        if self._typist.is_typing:
            self._typist.stop()
            return
        self._rest, missing = self.layout.prepared(QGuiApplication.clipboard().text())
        if missing:
            self._ask(missing)
        elif self._rest:
            self._go_on()
        else:
            self.told.emit(_tr("There is no text in the clipboard."))

    def _ask(self, missing: tuple[str, ...]) -> None:
        rest = (Deed(_tr("Type the Rest"), self._go_on),) if self._rest else ()
        self._strip.say(
            _lacking(self.layout, missing),
            *rest,
            Deed(_tr("Do Not Type"), self._strip.clear),
            symbol="ph.warning",
            tone=Tone.WARNING,
        )
        self.asked.emit()

    def _go_on(self) -> None:
        self._strip.clear()
        if self._rest:
            # With Caps Lock on, the guest would write each letter the other way round.
            is_locked = self.leds is not None and Leds.CAPS in self.leds
            self._typist.start(self._rest, self.layout, chord(CAPS_LOCK) if is_locked else ())

    def _on_typed(self, done: int, total: int) -> None:
        told = _tr("Typing on the keyboard {layout}: {done} of {total}")
        name = keyboards().get(self.layout.name, self.layout.name)
        told = told.format(layout=name, done=done, total=total)
        self.told.emit(told if done < total else "")


def _lacking(layout: Layout, missing: tuple[str, ...]) -> str:
    name = keyboards().get(layout.name, layout.name)
    signs = " ".join(_shown(sign) for sign in missing[:_NAMED_MOST])
    if len(missing) > _NAMED_MOST:
        text = _tr("The keyboard {layout} does not have: {signs} and {count} more.")
    else:
        text = _tr("The keyboard {layout} does not have: {signs}")
    return text.format(layout=name, signs=signs, count=len(missing) - _NAMED_MOST)


def _shown(sign: str) -> str:
    return sign if sign.isprintable() and not sign.isspace() else f"U+{ord(sign):04X}"

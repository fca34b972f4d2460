"""What is done with the text of a terminal: it is selected, copied and sought in."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from console.widgets.terminal_selection import Place, places_of
from console.widgets.terminal_view import TerminalView


class TerminalText(TerminalView):
    """A terminal that one reads."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._sought = ""

    def selected_text(self) -> str:
        """Return what is selected."""
        screen = self.intake.screen
        return self.selection.text(screen.line, screen.first, screen.columns)

    def copy(self) -> None:
        """Have what is selected in the clipboard."""
        if text := self.selected_text():
            QGuiApplication.clipboard().setText(text)

    def select_all(self) -> None:
        """Select all lines that are kept."""
        screen = self.intake.screen
        last = Place(screen.top + screen.lines - 1, screen.columns)
        self.selection.select(Place(screen.first, 0), last)
        self.viewport().update()

    def seek(self, text: str, *, is_back: bool) -> bool:
        """Show where the text stands next, after what was found before; whether it does."""
        if text != self._sought:  # another text is sought from the end, not from where one was
            self._sought, self.found = text, None
        screen = self.intake.screen
        numbers = range(screen.first, screen.top + screen.lines)
        places = list(places_of(text, screen.line, numbers))
        if is_back:
            places.reverse()
        at = self.found[0] if self.found else None
        ahead = [p for p in places if at is None or ((p[0] < at) if is_back else (p[0] > at))]
        self.found = next(iter(ahead or places), None)
        if self.found:
            self.show_line(self.found[0].line)
        self.viewport().update()
        return self.found is not None

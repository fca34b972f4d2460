"""A page of a wizard: what it asks, why one cannot go on from it, and what it still looks for."""

from collections.abc import Awaitable, Callable
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backend.errors import BackendError, Problem
from console.sdk import wording
from console.sdk.context import Context, Unsubscribe
from console.sdk.forms import ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone

Verdict = tuple[str, ToneLabel | None]
"""Why one cannot go on ("" if one can), and the remark of the field that it concerns, if of one."""
FITS: Verdict = ("", None)


def _tr(text: str) -> str:
    return QCoreApplication.translate("wizard", text)


class WizardPage(QWidget):
    """Put what the page asks into `content`, emit `edited` when that changes, override `verdict`.

    It is made once and kept, so whoever comes back finds what was entered. `step` is what it is
    called at the side; `title` and `sentence` stand above it, the sentence in the colour of `tone`.
    """

    is_tall: ClassVar[bool] = False
    """Whether it asks for so much that it scrolls where the screen is low."""
    edited = Signal()
    """Something else is entered, or known, than before: the wizard judges anew."""

    def __init__(self, context: Context, step: str, title: str, sentence: str = "") -> None:
        super().__init__()
        self.context = context
        self.step = step
        self.title = title
        self.sentence = sentence
        self.tone = Tone.MUTED
        self.setAccessibleName(title)
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(3 * GRID)
        self._unknown = ""
        self._end: Unsubscribe | None = None

    @property
    def is_looking(self) -> bool:
        """Whether something is still being looked for."""
        return self._end is not None

    def applies(self) -> bool:
        """Whether it has a place in the row, as the pages before it stand now."""
        return True

    def enter(self) -> None:
        """The page is about to be shown: bring it in line with the pages before it."""

    def verdict(self) -> Verdict:
        """Return why one cannot go on as it stands now. Asked often; must not wait."""
        return FITS

    def judge(self) -> Verdict:
        """Return what is still being looked for, or why that failed; else the verdict."""
        return (self._unknown, None) if self._unknown else self.verdict()

    def look(self, find: Callable[[], Awaitable[None]], words: str) -> None:
        """Have what the page needs to know found, beside the user; till then `words` say so.

        A search that was under way is given up. If it fails, the page says why, and keeps saying.
        """
        self.stop()
        self._unknown = words
        self._end = self.context.run(self._look(find))
        self.edited.emit()

    def stop(self) -> None:
        """Look for nothing any more."""
        if self._end:
            self._end()
            self._end = None

    def leave(self) -> None:
        """The wizard closes."""
        self.stop()

    async def _look(self, find: Callable[[], Awaitable[None]]) -> None:
        try:
            await find()
        except BackendError as error:
            self._have_looked(wording.sentence(error.problem))
        except Exception:
            # It is a fault of ours, and is told as one; the page looks for nothing any more.
            self._have_looked(wording.sentence(Problem("Unexpected")))
            raise
        else:
            self._have_looked("")

    def _have_looked(self, unknown: str) -> None:
        self._unknown = unknown
        self._end = None
        self.edited.emit()

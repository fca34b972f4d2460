"""A file that somebody names, looked at as soon as the typing rests."""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from backend.errors import BackendError, Problem
from console.sdk import wording
from console.sdk.context import Context, Unsubscribe
from console.sdk.file_question import ask_file
from console.sdk.forms import Remark
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.sdk.typed_text import put_in
from console.sdk.whole_file import typed_path
from console.sdk.wizard_page import FITS, Verdict
from console.snapins.machines.dialogs.making import file_line

_TYPING_MS = 300
Look = Callable[[Path], Awaitable[str]]
"""Says in words what a file is; raises BackendError why it will not do."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class FileField(QWidget):
    """A path with its button, and below it what the file is, or why it will not do."""

    edited = Signal()

    def __init__(self, context: Context, name: str, patterns: str, wanted: str) -> None:
        super().__init__()
        self._context = context
        self._patterns, self._wanted = patterns, wanted
        self.look: Look | None = None
        self.path = QLineEdit()
        self.path.setAccessibleName(name)
        self.path.setPlaceholderText(_tr("A file on this computer, or one of the server's volumes"))
        self.browse = QPushButton(_tr("Browse..."))
        self.browse.setAccessibleName(_tr("Browse: {field}").format(field=name))
        self.remark = Remark(_tr("About: {field}").format(field=name))
        self._refusal, self._facts = "", ""
        self._end: Unsubscribe | None = None
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._begin)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(file_line(self.path, self.browse))
        column.addWidget(self.remark)
        self.path.textChanged.connect(self.again)
        self.browse.clicked.connect(self._on_browse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def file(self) -> Path | None:
        """The file that is meant, if one is."""
        text = self.path.text().strip()
        return typed_path(text) if text else None

    @property
    def _is_looking(self) -> bool:
        return self._typing.isActive() or self._end is not None

    def verdict(self, missing: str) -> Verdict:
        """Return why the file will not do; `missing` is why there has to be one, "" if not."""
        if not self.path.text().strip():
            self._say("", Tone.MUTED)
            return (missing, self.remark) if missing else FITS
        if self._refusal:
            self.remark.set_tone(Tone.MUTED if self._is_looking else Tone.WARNING)
            return self._refusal, self.remark
        self._say(self._facts, Tone.MUTED)
        return FITS

    def again(self) -> None:
        """Look at the file anew."""
        self.stop()
        self._facts = self._refusal = ""
        if self.path.text().strip() and self.look:
            self._refusal = _tr("Looking at the file...")
            self._typing.start()
        self.edited.emit()

    def stop(self) -> None:
        """Look no longer."""
        self._typing.stop()
        if self._end:
            self._end()
            self._end = None

    def _say(self, text: str, tone: Tone) -> None:
        self.remark.set_tone(tone)
        if self.remark.text() != text:
            self.remark.setText(text)

    def _begin(self) -> None:
        if (path := self.file) and self.look:
            self._end = self._context.run(self._look(self.look, path))

    async def _look(self, look: Look, path: Path) -> None:
        try:
            self._facts, self._refusal = await look(path), ""
        except BackendError as error:
            self._refusal = wording.sentence(error.problem)
        except (OSError, ValueError) as error:  # a name that no file can have, one that went
            text = _tr("{path} cannot be looked at: {reason}. Choose another file.")
            self._refusal = text.format(path=path, reason=getattr(error, "strerror", "") or error)
        except Exception:
            self._refusal = wording.sentence(Problem("Unexpected"))
            self._have_looked()
            raise
        self._have_looked()

    def _have_looked(self) -> None:
        self._end = None
        self.edited.emit()

    def _on_browse(self) -> None:
        wanted = f"{self._wanted} ({self._patterns})"
        take = partial(put_in, self.path)
        ask_file(self, _tr("Choose a file"), take, at=self.path.text(), wanted=wanted)

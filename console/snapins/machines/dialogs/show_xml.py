"""A machine's description, to read and to copy: as it runs, and as it will start next."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from backend.errors import BackendError
from backend.model import Domain
from backend.operations import definition
from console.sdk import wording
from console.sdk.context import Context
from console.sdk.dialog import KeyedDialog
from console.sdk.forms import ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.widgets.code_view import CodeView
from console.widgets.highlight import Language


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class ShowXmlDialog(KeyedDialog):
    """Modeless; it shows what was so when it was opened, and reads it again when asked."""

    def __init__(self, context: Context, domain: Domain, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._domain = domain
        self.setWindowTitle(_tr("XML of {name}").format(name=domain.name))
        self.setAccessibleName(self.windowTitle())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.tabs = _no_tabs_yet()
        self.remark = ToneLabel(tone=Tone.MUTED)
        self.remark.setAccessibleName(_tr("What became of it"))
        self.remark.setWordWrap(True)
        self.copy_button, again, close = (
            QPushButton(text) for text in (_tr("Copy"), _tr("Read Again"), _tr("Close"))
        )
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self.remark, 1)
        for button, deed in (
            (again, self.read), (self.copy_button, self._on_copy), (close, self.close),
        ):  # fmt: skip
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked, do=deed: do())
            row.addWidget(button)
        self.copy_button.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * GRID, 5 * GRID, 5 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        column.addWidget(self.tabs, 1)
        column.addLayout(row)
        self.resize(760, 600)
        self._cancel = context.run(self._read())
        self.finished.connect(lambda _result: self._cancel())

    def read(self) -> None:
        """Read it again."""
        self._cancel()
        self._cancel = self._context.run(self._read())

    async def _read(self) -> None:
        self._say(_tr("One moment..."))
        try:
            told = await self._context.query(definition.describe, self._domain.ref)
        except BackendError as error:
            reason = "\n".join((wording.sentence(error.problem), *error.detail))
            self._say(reason, Tone.WARNING)
            return
        self.tabs.clear()
        before: QWidget = self.tabs.tabBar()
        for text, title in ((told.live, _tr("As it runs")), (told.next_start, _tr("Next start"))):
            if text:
                view = CodeView(title, Language.XML)
                view.setPlainText(text)
                self.tabs.addTab(view, title)
                QWidget.setTabOrder(before, view)
                before = view
        self._say(_tr("Passwords are not shown."))
        self._show_tabs()

    def _show_tabs(self) -> None:
        """Give the keyboard to what is there now, unless it was there before."""
        self.copy_button.setEnabled(True)
        if self.tabs.isHidden():
            self.tabs.show()
            self.tabs.tabBar().setFocus()

    def _say(self, words: str, tone: Tone = Tone.MUTED) -> None:
        self.remark.set_tone(tone)
        self.remark.setText(words)

    def _on_copy(self) -> None:
        view = self.tabs.currentWidget()
        if isinstance(view, CodeView):
            QGuiApplication.clipboard().setText(view.toPlainText())
            self._say(_tr("Copied."))


def _no_tabs_yet() -> QTabWidget:
    """Return a place for tabs, out of sight: without one it has the keyboard for nothing."""
    tabs = QTabWidget()
    tabs.setAccessibleName(_tr("Descriptions"))
    policy = tabs.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    tabs.setSizePolicy(policy)
    tabs.hide()
    return tabs

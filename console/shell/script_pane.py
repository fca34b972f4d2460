"""A script for virsh and for Python, to read, to copy and to save; or why there is none."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from console.bridge.aside import Aside
from console.sdk.file_question import ask_where
from console.sdk.forms import ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.sdk.whole_file import file_name, why_not, write_whole
from console.shell.script_text import ScriptText
from console.widgets.code_view import CodeView
from console.widgets.highlight import Language


def _tr(text: str) -> str:
    return QCoreApplication.translate("script", text)


class ScriptPane(QWidget):
    """Two tabs and what can be done with what they show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._aside = Aside("save a script", self)
        self._title = ""
        self.virsh = CodeView(_tr("Script for virsh"), Language.SHELL)
        self.python = CodeView(_tr("Program in Python"), Language.PYTHON)
        self.reason = ToneLabel(tone=Tone.MUTED)
        self.reason.setAccessibleName(_tr("Why there is no script"))
        self.remark = ToneLabel(tone=Tone.MUTED)
        self.remark.setAccessibleName(_tr("What became of it"))
        self.copy_button = _button(_tr("Copy"), self._on_copy)
        self.save_button = _button(_tr("Save As..."), self._on_save)
        self.tabs = QTabWidget()
        self._stack = QStackedWidget()
        self._row = QHBoxLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        self.tabs.setAccessibleName(_tr("Languages"))
        self.tabs.addTab(self.virsh, "virsh")
        self.tabs.addTab(self.python, "Python")
        self.tabs.currentChanged.connect(lambda _index: self._say(""))
        self.reason.setWordWrap(True)
        self.reason.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.reason.setMargin(3 * GRID)
        self._stack.addWidget(self.tabs)
        self._stack.addWidget(self.reason)
        self.remark.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row.setSpacing(2 * GRID)
        self._row.addWidget(self.remark, 1)
        for button in (self.copy_button, self.save_button):
            self.add_button(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self._stack, 1)
        column.addLayout(self._row)

    def add_button(self, button: QPushButton) -> None:
        """Have one more button below the script."""
        button.setAutoDefault(False)
        button.setMinimumWidth(20 * GRID)
        self._row.addWidget(button)

    def show_text(self, title: str, text: ScriptText) -> None:
        """Show these scripts, or the reason why there are none."""
        self._title = title
        self.remark.setText("")
        for view, content in ((self.virsh, text.virsh), (self.python, text.python)):
            if view.toPlainText() != content:
                view.setPlainText(content)
        self.reason.setText(text.reason)
        self._stack.setCurrentIndex(1 if text.reason else 0)
        for button in (self.copy_button, self.save_button):
            button.setEnabled(not text.reason)

    def _shown(self) -> CodeView:
        return self.python if self.tabs.currentIndex() == 1 else self.virsh

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._shown().toPlainText())
        self._say(_tr("Copied."))

    def _on_save(self) -> None:
        is_python = self._shown() is self.python
        kinds = {"py": _tr("Python (*.py)")} if is_python else {"sh": _tr("Shell (*.sh)")}
        content = self._shown().toPlainText()
        ask_where(
            self,
            _tr("Save the Script"),
            lambda path, _kind: self._save(path, content),
            name=file_name(self._title),
            kinds=kinds,
        )

    def _save(self, path: Path, content: str) -> None:
        def write() -> str:
            try:
                write_whole(path, content.encode())
                path.chmod(path.stat().st_mode | 0o100)
            except OSError as error:
                return why_not(error, path)
            return _tr("Saved as {path}").format(path=path)

        self._aside.run(write, self._say)

    def _say(self, text: str) -> None:
        self.remark.setText(text)
        self.remark.setToolTip(text)


def _button(text: str, deed: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.clicked.connect(lambda _checked: deed())
    return button

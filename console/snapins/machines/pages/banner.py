"""What is wrong with a machine, across the top of its page, with buttons that go on."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from backend.errors import BackendError, Problem
from backend.model import Domain
from backend.operations import domain as verbs
from console.sdk import reach
from console.sdk.actions import Selection
from console.sdk.context import Context, Unsubscribe
from console.sdk.forms import ToneLabel
from console.sdk.look import GRID, icon
from console.sdk.mark import Mark
from console.sdk.nodes import Tone
from console.snapins.machines import actions
from console.snapins.machines.standing import Trouble

_LOG_LINES_SHOWN = 4


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class TroubleBanner(QFrame):
    """Shows one trouble at a time; hidden without one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._domain: Domain | None = None
        self._trouble: Trouble | None = None
        self._cancel: Unsubscribe | None = None
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self._icon = Mark(20)
        self._text = ToneLabel()
        self._text.setWordWrap(True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(2 * GRID)
        self._expander = QToolButton()
        self._log = QPlainTextEdit()
        self._lay_out()
        self.hide()

    def show_trouble(self, domain: Domain, trouble: Trouble | None) -> None:
        """Show what is wrong with a machine; None hides the banner."""
        is_same = trouble == self._trouble and self._domain and self._domain.ref == domain.ref
        self._domain, self._trouble = domain, trouble
        self.setVisible(trouble is not None)
        if trouble is None or is_same:
            return
        self._text.setText(trouble.text)
        self._text.setAccessibleName(trouble.brief)
        mark = "ph.x-circle-fill" if trouble.tone is Tone.BAD else "ph.warning-circle-fill"
        self._icon.show_icon(mark, trouble.tone)
        self._set_buttons(trouble.actions)
        self._set_log(trouble.detail)
        if trouble.has_log and not trouble.detail:
            self.stop()
            self._cancel = self._context.run(self._fetch_log(domain, trouble))

    def stop(self) -> None:
        """Wait for no log any more: nobody sees the banner."""
        cancel, self._cancel = self._cancel, None
        if cancel:
            cancel()

    async def _fetch_log(self, domain: Domain, trouble: Trouble) -> None:
        try:
            lines = await self._context.query(verbs.log_tail, domain.ref)
        except BackendError:
            return  # the trouble is told; that its log cannot be read is no second one
        if self._trouble == trouble:
            self._set_log(lines)

    def _set_log(self, lines: tuple[str, ...]) -> None:
        self._log.setPlainText("\n".join(lines))
        self._log.moveCursor(self._log.textCursor().MoveOperation.End)
        self._expander.setVisible(bool(lines))
        self._expander.setChecked(bool(lines))
        self._on_expanded()

    def _set_buttons(self, action_ids: tuple[str, ...]) -> None:
        while item := self._buttons.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for action_id in action_ids:
            action = actions.action(action_id)
            button = QPushButton(icon(action.icon), action.text)
            button.setAccessibleName(action.text)
            button.setEnabled(not self._refusal())
            button.setToolTip(self._refusal())
            button.clicked.connect(lambda _=False, wanted=action_id: self._run(wanted))
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)

    def _run(self, action_id: str) -> None:
        action = actions.action(action_id)
        if self._domain is None or not action.applies(self._domain):
            return
        if self._refusal():
            self._context.show_problem(action.text.removesuffix("..."), Problem("NotPermitted"))
            return
        work = action.run(self._context, Selection(None, (self._domain,)))
        if work is not None:
            self._context.run(work)

    def _refusal(self) -> str:
        """Return why nothing can be done about it from here, "" if something can."""
        host = self._domain.ref.host if self._domain else ""
        return reach.rights_at(self._context.lookup, host)

    def _on_expanded(self) -> None:
        is_open = self._expander.isChecked()
        self._log.setVisible(is_open)
        self._expander.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)

    def _lay_out(self) -> None:
        self._expander.setText(_tr("What the hypervisor says"))
        self._expander.setAccessibleName(_tr("What the hypervisor says"))
        self._expander.setCheckable(True)
        self._expander.setAutoRaise(True)
        self._expander.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._expander.toggled.connect(self._on_expanded)
        self._log.setReadOnly(True)
        self._log.setTabChangesFocus(True)
        self._log.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._log.setAccessibleName(_tr("The last lines of the log"))
        lines = _LOG_LINES_SHOWN + 2  # and the scroll bar
        self._log.setFixedHeight(lines * self._log.fontMetrics().lineSpacing())
        grid = QGridLayout(self)
        grid.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._icon, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._text, 0, 1)
        grid.addLayout(self._buttons, 1, 1)
        grid.addWidget(self._expander, 2, 1)
        grid.addWidget(self._log, 3, 1)

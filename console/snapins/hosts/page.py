"""The page of a host: what it is, how to reach it, and what one should know of it."""

import shlex

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from backend.errors import Problem
from backend.model import Host, HostState, Record
from console.sdk import reach, wording
from console.sdk.alert_banner import AlertBanner
from console.sdk.context import Context
from console.sdk.forms import DetailView, Row, ToneLabel, ValueRows
from console.sdk.look import GRID, icon
from console.sdk.mark import Mark
from console.sdk.nodes import Tone
from console.sdk.reading_order import take_keys_where_it_scrolls

_WIDTH = 760


def _tr(text: str) -> str:
    return QCoreApplication.translate("hosts", text)


class HostPage(DetailView):
    """Facts in lines, the command that opens the same host in a shell, problems and remarks."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(_tr("Server"))
        self._problem = Remarks(_tr("Why it is away"), "ph.link-break", Tone.BAD)
        self._alerts = AlertBanner(context)
        self._rows = ValueRows()
        self.command = QLineEdit()
        self.command.setReadOnly(True)
        self.command.setAccessibleName(_tr("The same server in a shell"))
        self._copy = QPushButton(icon("ph.copy"), _tr("Copy"))
        self._copy.setAccessibleName(_tr("Copy the command"))
        self._copy.clicked.connect(self._on_copy)
        self._lasting = ToneLabel()
        self._lasting.setWordWrap(True)
        self._remarks = Remarks(
            _tr("What one should know of it"), "ph.warning-circle", Tone.WARNING
        )
        self._lay_out()

    @override
    def show_record(self, record: Record | None) -> None:
        if not isinstance(record, Host):
            return
        self._problem.show_lines(((reach.why(record), _detail(record.problem)),))
        self._problem.setVisible(reach.is_away(record))
        self._alerts.show_subject(record.ref)
        self._rows.set_rows(rows(record))
        self.command.setText(command(record))
        self.command.setCursorPosition(0)
        self._lasting.setText(lasting(record))
        self._remarks.show_lines(
            tuple((wording.sentence(note), _detail(note)) for note in record.notes)
        )
        self._remarks.setVisible(bool(record.notes))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command.text())

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(2 * GRID)
        line.addWidget(self.command, 1)
        line.addWidget(self._copy)
        inside = QWidget()
        inside.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(inside)
        column.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 5 * GRID)
        column.setSpacing(3 * GRID)
        column.addWidget(self._problem)
        column.addWidget(self._alerts)
        column.addWidget(self._rows)
        column.addWidget(self._remarks)
        column.addWidget(_title(_tr("The same server in a shell")))
        column.addLayout(line)
        column.addWidget(_title(_tr("When you log out, and when the server reboots")))
        column.addWidget(self._lasting)
        column.addStretch(1)
        room = QScrollArea()
        room.setWidget(inside)
        room.setWidgetResizable(True)
        room.setFrameShape(QScrollArea.Shape.NoFrame)
        room.setAccessibleName(_tr("About this server"))
        take_keys_where_it_scrolls(room)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(room)


class Remarks(QFrame):
    """Sentences one below the other, each with a mark and, quieter, the words of somebody else."""

    def __init__(self, name: str, mark: str, tone: Tone) -> None:
        super().__init__()
        self._mark = mark
        self._tone = tone
        self.lines: tuple[tuple[str, str], ...] = ()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(3 * GRID)
        self._grid.setColumnStretch(1, 1)

    def show_lines(self, lines: tuple[tuple[str, str], ...]) -> None:
        """Show these (sentence, detail) and no others."""
        if lines == self.lines:
            return
        self.lines = lines
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for number, (sentence, detail) in enumerate(lines):
            mark = Mark(18, self._mark, self._tone)
            self._grid.addWidget(mark, 2 * number, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(_wrapped(sentence, Tone.PLAIN), 2 * number, 1)
            if detail:
                self._grid.addWidget(_wrapped(detail, Tone.MUTED), 2 * number + 1, 1)


def _wrapped(text: str, tone: Tone) -> ToneLabel:
    label = ToneLabel(text, tone)
    label.setWordWrap(True)
    return label


def _title(text: str) -> ToneLabel:
    label = ToneLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    label.setWordWrap(True)
    label.setContentsMargins(0, 3 * GRID, 0, 0)
    return label


def rows(host: Host) -> tuple[Row, ...]:
    """Return the facts of a host, line by line."""
    is_private = _tr("libvirt and QEMU of this computer, run by Celadon for you alone")
    elsewhere = _tr("A libvirt that Celadon connects to")
    return (
        Row(_tr("State"), state(host), Tone.BAD if host.problem else Tone.PLAIN),
        Row(_tr("Rights"), rights(host), Tone.WARNING if host.is_read_only else Tone.PLAIN),
        Row(_tr("What it is"), is_private if host.is_embedded else elsewhere),
        Row(_tr("URI"), host.uri),
        Row(_tr("Computer"), host.hostname),
        Row(_tr("Hypervisor"), host.hypervisor),
        Row(_tr("libvirt"), host.libvirt_version),
        Row(_tr("Processors"), str(host.processors) if host.processors else ""),
        Row(_tr("Memory"), wording.size(host.memory_bytes) if host.memory_bytes else ""),
        Row(_tr("Acceleration"), wording.accelerator(host.accelerator) if host.accelerator else ""),
        Row(_tr("QEMU runs as"), host.qemu_user),
        Row(_tr("Disks lie in"), str(host.images or "")),
    )


def state(host: Host) -> str:
    """Return how the connection stands, and since when: "Connected since 10:21"."""
    word = wording.host_state(host.state)
    if host.since is None or host.state is HostState.CONNECTING:
        return word
    return _tr("{state} since {moment}").format(state=word, moment=wording.moment(host.since))


def rights(host: Host) -> str:
    """Return what the connection allows; "" while there is none."""
    if host.state is not HostState.CONNECTED:
        return ""
    return _tr("To look, not to change (read-only)") if host.is_read_only else _tr("All")


def command(host: Host) -> str:
    """Return the line that opens the same host with virsh, with the same rights."""
    return f"virsh {'-r ' if host.is_read_only else ''}-c {shlex.quote(host.uri)}"


def lasting(host: Host) -> str:
    """Return what becomes of the machines when the user logs out and when the host reboots."""
    on_reboot = _tr(
        "A reboot ends them all as a power failure would; shut down or save them before."
    )
    if host.is_embedded:
        return _tr(
            "Running machines go on when this window closes and when you log out, as long as the "
            "system keeps your processes (loginctl enable-linger makes sure of that). {reboot} "
            "Machines set to start with the server start when Celadon next opens this server."
        ).format(reboot=on_reboot)
    return _tr(
        "Running machines belong to the server and go on whatever this window does. {reboot} "
        "Machines set to start with the server start with its libvirt service."
    ).format(reboot=on_reboot)


def _detail(problem: Problem | None) -> str:
    return "\n".join(problem.detail) if problem else ""

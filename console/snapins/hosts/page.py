"""The page of a host: what it is, how to reach it, and what one should know of it."""

import shlex

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from backend.errors import Problem
from backend.model import Host, Record
from console.sdk import wording
from console.sdk.context import Context
from console.sdk.forms import DetailView, Row, ToneLabel, ValueRows
from console.sdk.look import GRID, icon
from console.sdk.nodes import Tone

_WIDTH = 760


def _tr(text: str) -> str:
    return QCoreApplication.translate("hosts", text)


class HostPage(DetailView):
    """Facts in lines, the command that opens the same host in a shell, problems and remarks."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(_tr("Host"))
        self._problem = ToneLabel(tone=Tone.BAD)
        self._problem.setWordWrap(True)
        self._rows = ValueRows()
        self.command = QLineEdit()
        self.command.setReadOnly(True)
        self.command.setAccessibleName(_tr("The same host in a shell"))
        self._copy = QPushButton(icon("ph.copy"), _tr("Copy"))
        self._copy.setAccessibleName(_tr("Copy the command"))
        self._copy.clicked.connect(self._on_copy)
        self._lasting = ToneLabel()
        self._lasting.setWordWrap(True)
        self._remarks = ToneLabel(tone=Tone.WARNING)
        self._remarks.setWordWrap(True)
        self._lay_out()

    @override
    def show_record(self, record: Record | None) -> None:
        if not isinstance(record, Host):
            return
        self._problem.setText(problem_text(record))
        self._problem.setVisible(record.problem is not None)
        self._rows.set_rows(rows(record))
        self.command.setText(command(record))
        self.command.setCursorPosition(0)
        self._lasting.setText(lasting(record))
        self._remarks.setText("\n\n".join(_told(note) for note in record.notes))
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
        column.addWidget(self._rows)
        column.addWidget(self._remarks)
        column.addWidget(_title(_tr("The same host in a shell")))
        column.addLayout(line)
        column.addWidget(_title(_tr("When you log out, and when the host reboots")))
        column.addWidget(self._lasting)
        column.addStretch(1)
        room = QScrollArea()
        room.setWidget(inside)
        room.setWidgetResizable(True)
        room.setFrameShape(QScrollArea.Shape.NoFrame)
        room.setAccessibleName(_tr("About this host"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(room)


def _title(text: str) -> ToneLabel:
    label = ToneLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    label.setContentsMargins(0, 3 * GRID, 0, 0)
    return label


def rows(host: Host) -> tuple[Row, ...]:
    """Return the facts of a host, line by line."""
    retry = wording.moment(host.retry_at) if host.retry_at else ""
    is_private = _tr("libvirt and QEMU of this computer, run by Celadon for you alone")
    elsewhere = _tr("A libvirt that Celadon connects to")
    return (
        Row(_tr("State"), wording.host_state(host.state), Tone.BAD if host.problem else Tone.PLAIN),
        Row(_tr("Tried again"), retry),
        Row(_tr("What it is"), is_private if host.is_embedded else elsewhere),
        Row(_tr("Computer"), host.hostname),
        Row(_tr("Hypervisor"), host.hypervisor),
        Row(_tr("libvirt"), host.libvirt_version),
        Row(_tr("Processors"), str(host.processors) if host.processors else ""),
        Row(_tr("Memory"), wording.size(host.memory_bytes) if host.memory_bytes else ""),
        Row(_tr("Acceleration"), wording.accelerator(host.accelerator) if host.accelerator else ""),
        Row(_tr("QEMU runs as"), host.qemu_user),
        Row(_tr("Disks lie in"), str(host.images or "")),
    )


def command(host: Host) -> str:
    """Return the line that opens the same host with virsh."""
    return f"virsh -c {shlex.quote(host.uri)}"


def lasting(host: Host) -> str:
    """Return what becomes of the machines when the user logs out and when the host reboots."""
    on_reboot = _tr(
        "A reboot ends them all as a power failure would; shut down or save them before."
    )
    if host.is_embedded:
        return _tr(
            "Running machines go on when this window closes and when you log out, as long as the "
            "system keeps your processes (loginctl enable-linger makes sure of that). {reboot} "
            "Machines set to start with the host start when Celadon next opens this host."
        ).format(reboot=on_reboot)
    return _tr(
        "Running machines belong to the host and go on whatever this window does. {reboot} "
        "Machines set to start with the host start with its libvirt service."
    ).format(reboot=on_reboot)


def problem_text(host: Host) -> str:
    """Return why a host is away and what to do, with the words of whoever refused."""
    return _told(host.problem) if host.problem else ""


def _told(problem: Problem) -> str:
    return "\n".join((wording.sentence(problem), *problem.detail))

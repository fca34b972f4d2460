"""Connect to Server: where it is, what it is called, and whether one got in."""

import contextlib
from urllib.parse import urlsplit
from uuid import uuid4

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from backend.errors import BackendError
from backend.model import Host, HostState, Kind, Ref
from backend.operations import host as verbs
from backend.specs import HostSpec
from console.sdk import reach, wording
from console.sdk.context import Context, Question
from console.sdk.dialog import Dialog
from console.sdk.forms import form_layout
from console.sdk.look import GRID
from console.sdk.nodes import host_node_id, machines_node_id
from console.sdk.servers import Server
from console.snapins.hosts import address, ways
from console.snapins.hosts.address import Way
from console.snapins.hosts.cautions import program_here
from console.snapins.hosts.dialogs.address_fields import AddressFields

_FIELD_WIDTH = 440


def _tr(text: str) -> str:
    return QCoreApplication.translate("hosts", text)


class ConnectDialog(Dialog):
    """Stays until the server has answered, so that a slip can be put right without typing it all.

    `server` is one that is managed already, whose way is to be changed. A new one that was not
    reached is not kept, unless the user wants it to be tried on.
    """

    def __init__(
        self, context: Context, server: Server | None = None, parent: QWidget | None = None
    ) -> None:
        title = _tr("Edit Connection") if server else _tr("Connect to Server")
        super().__init__(context, title, _tr("Connect"), parent)
        self._server = server
        self._id = server.spec.id if server else uuid4().hex
        self._ref = Ref(self._id, Kind.HOST, self._id)
        before = context.lookup.record(self._ref, Host)
        self._was_left = before is not None and before.state is HostState.DISCONNECTED
        self._has_tried = self._has_failed = False
        self._sheet = QWidget()
        self._form = form_layout()
        self.fields = AddressFields(self._form, self)
        self.name = QLineEdit()
        self.uri = QLineEdit()
        self.prometheus = QLineEdit()
        self.copy = QPushButton(_tr("Copy"))
        self.is_read_only = QCheckBox(_tr("Connect read-only: look, and change nothing"))
        self.is_remembered = QCheckBox(_tr("Remember this server"))
        self.is_wanted = QCheckBox(_tr("Connect when Celadon starts"))
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.go_there = self._buttons.addButton(_tr("Go There"), role)
        self.keep_trying = self._buttons.addButton(_tr("Keep Trying in the Background"), role)
        self._place()
        self._take(server or Server(HostSpec(self._id, ""), is_remembered=True))
        self._connect()
        self._judge()

    def server(self) -> Server:
        """Return what the dialog asks for."""
        said = self.fields.address()
        is_remembered = self.is_remembered.isChecked()
        spec = HostSpec(
            self._id,
            self.name.text().strip() or self._proposal(),
            address.uri(said),
            said.jump,
            is_wanted=self.is_wanted.isChecked() or not is_remembered,
            is_read_only=self.is_read_only.isChecked(),
            prometheus=self.prometheus.text().strip(),
        )
        return Server(spec, is_remembered=is_remembered)

    @override
    async def confirm(self) -> str:
        before = self._server.spec.uri if self._server else ""
        if not await _may_run(self.context, self.uri.text(), before):
            return _tr("Nothing was run, and nothing connected.")
        self._has_tried = True
        self._show_stage()
        self.context.servers.manage(self.server())
        try:
            await self.context.query(verbs.reconnect, self._ref)
        except BackendError as error:
            self._has_failed = True
            # Nobody is to be asked for a password while he puts the user's name right.
            self.context.run(self._stop_trying())
            return "\n".join((wording.sentence(error.problem), *error.problem.detail))
        self.context.navigate(machines_node_id(self._id))
        return ""

    @override
    def set_busy(self, stage: str) -> None:
        """Show what is being done; meanwhile nothing is typed."""
        super().set_busy(stage)
        self._sheet.setEnabled(not stage)
        self.keep_trying.setVisible(bool(stage) or self._has_failed)

    @override
    def drop(self) -> None:
        """Have things as they were before."""
        if self._server is not None and self._has_tried:
            self.context.servers.manage(self._server)
            if self._was_left:
                self.context.run(self._stop_trying())
        elif self._has_tried:
            self.context.servers.forget(self._id)
        super().drop()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Begin where one types the server's name."""
        super().showEvent(event)
        if not event.spontaneous():
            self._fit()  # Qt gives a dialog two thirds of a screen at most
            self.fields.first.setFocus(Qt.FocusReason.TabFocusReason)

    async def _stop_trying(self) -> None:
        with contextlib.suppress(BackendError):
            await self.context.query(verbs.disconnect, self._ref)

    def _on_keep_trying(self) -> None:
        if self._has_failed:
            self.context.submit(verbs.reconnect, self._ref)
        self.context.navigate(host_node_id(self._id))
        super().drop()

    def _on_go_there(self) -> None:
        if known := self._managed_already():
            self.context.navigate(host_node_id(known.ref.host))
            self.drop()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.uri.text())

    def _on_changes(self) -> None:
        if self.is_busy:
            self._show_stage()
        elif not self._has_failed:
            self._judge()  # the same server may be there now

    def _on_edited(self) -> None:
        self._has_failed = False
        self._judge()

    def _fit(self) -> None:
        """Be as high as the fields of the way that was chosen need."""
        if layout := self.layout():
            self.room.updateGeometry()
            layout.activate()
            low = layout.totalHeightForWidth(self.width())  # -1 where nothing wraps
            high = layout.totalSizeHint().height()
            self.resize_within_screen(self.width(), low if low > 0 else high)

    def _judge(self) -> None:
        said = self.fields.address()
        self.name.setPlaceholderText(self._proposal())
        self.uri.setText(address.uri(said))
        self.uri.setCursorPosition(0)
        self.uri.setToolTip(self.uri.text())
        self._form.setRowVisible(self._uri_row, said.way is not Way.URI)
        self.is_wanted.setEnabled(self.is_remembered.isChecked())
        reason, remark = self.fields.refusal()
        reason = reason or _no_address(self.prometheus.text().strip())
        known = None if reason else self._managed_already()
        if known:
            reason = _tr("{name} is in the list already.").format(name=reach.short_name(known))
        self.set_refusal(reason, remark)
        self.go_there.setVisible(known is not None)
        self.keep_trying.setVisible(self._has_failed)

    def _show_stage(self) -> None:
        host = self.context.lookup.record(self._ref, Host)
        name = self.server().spec.name
        if host and host.prompt:
            self.set_busy(_tr("{name} is waiting for your answer.").format(name=name))
        else:
            self.set_busy(_tr("Connecting to {name}...").format(name=name))

    def _managed_already(self) -> Host | None:
        """Return the server in the list that this would be once more."""
        wanted = address.essence(self.uri.text())
        others = (host for host in self.context.lookup.records(Host) if host.ref != self._ref)
        return next((host for host in others if address.essence(host.uri) == wanted), None)

    def _proposal(self) -> str:
        said = self.fields.address()
        return address.name(said) or ways.name(said.way)

    def _take(self, server: Server) -> None:
        spec = server.spec
        if spec.uri:
            self.fields.fill(address.of_uri(spec.uri, spec.jump))
        self.name.setText("" if spec.name == self._proposal() else spec.name)
        self.prometheus.setText(spec.prometheus)
        self.is_read_only.setChecked(spec.is_read_only)
        self.is_remembered.setChecked(server.is_remembered)
        self.is_wanted.setChecked(spec.is_wanted)

    def _connect(self) -> None:
        self.fields.changed.connect(self._on_edited)
        self.prometheus.textChanged.connect(self._on_edited)
        for box in (self.is_read_only, self.is_remembered, self.is_wanted):
            box.toggled.connect(self._on_edited)
        self.copy.clicked.connect(self._on_copy)
        self.go_there.clicked.connect(self._on_go_there)
        self.keep_trying.clicked.connect(self._on_keep_trying)
        self.fields.way_shown.connect(self._fit)
        unsubscribe = self.context.subscribe(lambda _changes: self._on_changes())
        self.finished.connect(lambda _result: unsubscribe())

    def _place(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(2 * GRID)
        line.addWidget(self.uri, 1)
        line.addWidget(self.copy)
        self._uri_row = line
        self.uri.setReadOnly(True)
        self.uri.setAccessibleName(_tr("The resulting URI"))
        self.copy.setAccessibleName(_tr("Copy the URI"))
        self.copy.setAutoDefault(False)
        self.name.setAccessibleName(_tr("Name in the list"))
        self._form.addRow(_tr("&Name in the list"), self.name)
        self._form.addRow(_tr("Resulting URI"), line)
        self.prometheus.setPlaceholderText(_tr("None; or http://monitor:9090"))
        self.prometheus.setToolTip(
            _tr("One that reads Celadon's endpoint and keeps its figures: charts ask it first.")
        )
        self.prometheus.setAccessibleName(_tr("Prometheus that keeps its figures"))
        self._form.addRow(_tr("Pro&metheus"), self.prometheus)
        for box in (self.is_read_only, self.is_remembered, self.is_wanted):
            self._form.addRow("", box)
        self.is_wanted.setContentsMargins(6 * GRID, 0, 0, 0)
        column = QVBoxLayout(self._sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._form)
        self.fields.way.setMinimumWidth(_FIELD_WIDTH)
        for button in (self.go_there, self.keep_trying):
            button.setAutoDefault(False)
            button.hide()
        self.content.addWidget(self._sheet)


def _no_address(url: str) -> str:
    """Return why this is no address of a Prometheus, "" if it is one or none is named."""
    if not url or (url.startswith(("http://", "https://")) and urlsplit(url).netloc):
        return ""
    return _tr("The address of a Prometheus begins with http:// or https://.")


async def _may_run(context: Context, uri: str, before: str) -> bool:
    """Whether the user wants what a URI names to be run here, or the one before did so already."""
    program = program_here(uri)
    if program in ("", program_here(before)):
        return True
    title = _tr("Run {program} on this computer?").format(program=program)
    text = _tr(
        "The URI names this program to connect by, and libvirt would run it with your rights. "
        "Run it only if you know what it does, whoever gave you the URI."
    )
    choices = (_tr("Run It and Connect"), _tr("Cancel"))
    question = Question(title, text, choices, (uri,), is_danger=True)
    return (await context.ask(question)).choice == 0

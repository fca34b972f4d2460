"""The fields of an address: only those that count for the way that is chosen."""

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from console.sdk.file_question import ask_file, ask_folder
from console.sdk.forms import Remark
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.sdk.typed_text import put_in
from console.sdk.whole_file import typed_path
from console.snapins.hosts import ways
from console.snapins.hosts.address import PORTS, Address, Scope, Way, read, tidy
from console.snapins.hosts.cautions import caution
from console.snapins.hosts.refusals import Field, refusals

_FAR: Final = (Way.SSH, Way.TLS, Way.TCP)
_COUNTS: Final = {
    Field.SERVER: _FAR,
    Field.USER: (Way.SSH, Way.TCP),
    Field.KEY: (Way.SSH,),
    Field.JUMP: (Way.SSH,),
    Field.CERTIFICATES: (Way.TLS,),
    Field.URI: (Way.URI,),
}
_PORT_WIDTH: Final = 72


def _tr(text: str) -> str:
    return QCoreApplication.translate("hosts", text)


class AddressFields(QObject):
    """Puts its rows into a form. What is pasted into the server's field fills the others."""

    changed = Signal()
    """Another way, or other words in a field."""
    way_shown = Signal()
    """The fields of another way stand there now, and others than before."""

    def __init__(self, form: QFormLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self._form = form
        self._window = parent
        self._length = 0
        self._is_filling = False
        self._way = ""
        self.way = QComboBox()
        for way, title in ways.titles():
            self.way.addItem(title, way.value)
        self._explanation = Remark(_tr("When one takes this way"), Tone.MUTED)
        self._caution = Remark(_tr("Beware"), Tone.WARNING)
        self.scope = QComboBox()
        self.scope.addItem(_tr("The system's virtual machines"), Scope.SYSTEM.value)
        self.scope.addItem(_tr("Those of the user alone"), Scope.SESSION.value)
        self.lines = {field: QLineEdit() for field in Field}
        self._remarks: dict[Field, Remark] = {}
        self._rows: dict[Field, QWidget | QLayout] = {}
        self._place()
        self._connect()
        self._on_way()

    @property
    def first(self) -> QWidget:
        """Where one begins to type."""
        order = (Field.SERVER, Field.URI)
        chosen = Way(self.way.currentData())
        counting = (self.lines[field] for field in order if chosen in _COUNTS[field])
        return next(counting, self.way)

    def address(self) -> Address:
        """Return what the fields say."""
        said = {field.value: line.text() for field, line in self.lines.items()}
        scope = Scope(self.scope.currentData())
        return tidy(Address(Way(self.way.currentData()), scope=scope, **said))

    def fill(self, address: Address) -> None:
        """Have the fields say this."""
        self._is_filling = True
        try:
            self.way.setCurrentIndex(self.way.findData(address.way.value))
            self.scope.setCurrentIndex(self.scope.findData(address.scope.value))
            for field, line in self.lines.items():
                line.setText(str(getattr(address, field.value)))
        finally:
            self._is_filling = False
        self._length = len(self.lines[Field.SERVER].text())
        self._judge()

    def refusal(self) -> tuple[str, Remark | None]:
        """Return why the address will not do and where that is said; ("", None) if it will."""
        found = refusals(self.address())
        field, reason = next(iter(found.items()), (None, ""))
        if field is None:
            return "", None
        return reason, self._remarks[Field.SERVER if field is Field.PORT else field]

    def _judge(self) -> None:
        if self._is_filling:
            return
        self.changed.emit()
        self._show_remarks()
        way, self._way = self._way, str(self.way.currentData())
        if way != self._way:
            self.way_shown.emit()

    def _show_remarks(self) -> None:
        found = refusals(self.address())
        beware = caution(self.address())
        self._caution.setText(beware)
        self._form.setRowVisible(self._caution, bool(beware))
        hint = _tr("A URI, user@server:port or a line for ssh can be pasted here.")
        way = Way(self.way.currentData())
        for field, remark in self._remarks.items():
            at_port = found.get(Field.PORT, "") if field is Field.SERVER else ""
            reason = found.get(field, "") or at_port
            is_hint = not reason and field is Field.SERVER
            remark.set_tone(Tone.MUTED if is_hint else Tone.WARNING)
            remark.setText(hint if is_hint else reason)
            has_room = way in _COUNTS[field] and bool(remark.text())
            self._form.setRowVisible(remark, has_room)

    def _on_way(self) -> None:
        way = Way(self.way.currentData())
        self._explanation.setText(ways.explanation(way))
        self._form.setRowVisible(self._examples, way is Way.URI)
        for field, row in self._rows.items():
            self._show_row(row, is_shown=way in _COUNTS[field])
        self._form.setRowVisible(self.scope, way is Way.SSH)
        self.lines[Field.PORT].setPlaceholderText(PORTS.get(way, ""))
        is_ssh = way is Way.SSH
        usual = _tr("As SSH decides: usually your own") if is_ssh else _tr("Asked for if needed")
        self.lines[Field.USER].setPlaceholderText(usual)
        self._judge()

    def _show_row(self, row: QWidget | QLayout, *, is_shown: bool) -> None:
        self._form.setRowVisible(row, is_shown)

    def _on_server(self, text: str) -> None:
        # Letters come one at a time; what comes at once was pasted.
        is_pasted = abs(len(text) - self._length) > 1
        self._length = len(text)
        if is_pasted:
            self._take_over()

    def _take_over(self) -> None:
        """Have what stands in the server's field go where it belongs."""
        said = self.lines[Field.SERVER].text().strip()
        found = read(said)
        if found is None:
            return
        is_place = "://" not in said and " " not in said
        is_typed = any(line.isModified() for line in self.lines.values())
        # A user and a port before and behind the server change nothing else.
        self.fill(self.address() if is_place else found)
        for line in self.lines.values():
            line.setModified(is_typed)  # it may stand in others by now

    def _connect(self) -> None:
        self.way.currentIndexChanged.connect(self._on_way)
        self.scope.currentIndexChanged.connect(self._judge)
        for line in self.lines.values():
            line.textChanged.connect(self._judge)
        self.lines[Field.SERVER].textEdited.connect(self._on_server)
        self.lines[Field.SERVER].editingFinished.connect(self._take_over)

    def _place(self) -> None:
        add, lines = self._add, self.lines
        self._form.addRow(_tr("&Connect to"), self.way)
        self.way.setAccessibleName(_tr("Connect to"))
        self._form.addRow("", self._explanation)
        self._form.addRow("", self._caution)
        port = QLabel(_tr("&Port"))
        port.setBuddy(lines[Field.PORT])
        lines[Field.PORT].setFixedWidth(_PORT_WIDTH)
        lines[Field.PORT].setAccessibleName(_tr("Port"))
        add(Field.SERVER, _tr("&Server"), port, lines[Field.PORT])
        add(Field.USER, _tr("&User"))
        add(Field.KEY, _tr("&Key file"), self._browse(Field.KEY, _tr("Browse for the key")))
        lines[Field.KEY].setPlaceholderText(_tr("Those of your agent, and your usual ones"))
        add(Field.JUMP, _tr("&Jump host"))
        lines[Field.JUMP].setPlaceholderText(_tr("None; or user@gate:22"))
        browse = self._browse(Field.CERTIFICATES, _tr("Browse for the folder"))
        add(Field.CERTIFICATES, _tr("Certi&ficates in"), browse)
        lines[Field.CERTIFICATES].setPlaceholderText(_tr("Their usual places (~/.pki, /etc/pki)"))
        add(Field.URI, _tr("U&RI"))
        self._examples = Remark(_tr("Examples"), Tone.MUTED)
        self._examples.setText(_tr("For example:") + "\n" + "\n".join(ways.EXAMPLES))
        self._form.addRow("", self._examples)
        self._form.addRow(_tr("Sho&ws"), self.scope)
        self.scope.setAccessibleName(_tr("Shows"))

    def _add(self, field: Field, label: str, *beside: QWidget) -> None:
        line = self.lines[field]
        line.setAccessibleName(label.replace("&", ""))
        row: QWidget | QHBoxLayout = line
        if beside:
            row = QHBoxLayout()
            row.setSpacing(2 * GRID)
            row.addWidget(line, 1)
            for widget in beside:
                row.addWidget(widget)
        self._form.addRow(label, row)
        # A field in a row of its own layout is no buddy of the row's label by itself.
        name = self._form.labelForField(row)
        if isinstance(name, QLabel):
            name.setBuddy(line)
        self._rows[field] = row
        about = _tr("About: {field}").format(field=line.accessibleName())
        self._remarks[field] = Remark(about)
        self._form.addRow("", self._remarks[field])

    def _browse(self, field: Field, name: str) -> QPushButton:
        button = QPushButton(_tr("Browse..."))
        button.setAccessibleName(name)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._on_browse(field))
        return button

    def _on_browse(self, field: Field) -> None:
        line = self.lines[field]
        take = partial(put_in, line)
        if field is Field.KEY:
            at = str(typed_path(line.text() or "~/.ssh"))
            ask_file(self._window, _tr("Choose a private key"), take, at=at, shows_hidden=True)
        else:
            at = str(typed_path(line.text() or "/etc/pki"))
            ask_folder(self._window, _tr("Choose the folder"), take, at=at, shows_hidden=True)

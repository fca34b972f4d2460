"""The pages of Add Device for what is in a file already: a disk, or an image for a DVD drive."""

import shlex
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QPushButton
from typing_extensions import override

from backend.devices import DvdSpec, ExistingDiskSpec
from backend.model import Domain, Host, StoragePool, StorageVolume
from backend.operations import uses
from console.sdk import wording
from console.sdk.context import Context, Lookup
from console.sdk.file_question import ask_file, ask_files
from console.sdk.forms import Remark, Row
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.sdk.topics import set_topic
from console.sdk.typed_text import put_in
from console.sdk.views import Align, Cell
from console.sdk.wizard_page import FITS, Verdict
from console.snapins.machines.devices import kinds
from console.snapins.machines.devices.device_page import DevicePage
from console.snapins.machines.devices.fields import OfferBox, bus_words
from console.snapins.machines.devices.kind_page import KindPage
from console.snapins.machines.devices.what import What
from console.snapins.machines.dialogs.making import IMAGE_PATTERNS, file_line, form_of
from console.widgets.table import Table
from console.widgets.table_model import Line, TableColumn

_IMAGES: Final = (".iso",)


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class FilePage(DevicePage):
    """Asks for a file of the host: one of its storage locations, or any other by its path."""

    def __init__(self, context: Context, kind: KindPage, what: What) -> None:
        is_dvd = what is kinds.DVD_DRIVE
        sentence = (
            _tr("Choose the image that is in it, or leave the field empty for an empty drive.")
            if is_dvd
            else _tr("Choose a disk of the server. What is on it stays as it is.")
        )
        super().__init__(context, kind, what, sentence)
        set_topic(self, "add device/file")
        columns = (
            TableColumn(_tr("Name"), 26),
            TableColumn(_tr("Size"), 11, Align.RIGHT),
            TableColumn(_tr("Location"), 14),
            TableColumn(_tr("Used by"), 16),
        )
        self.table = Table(_tr("Images") if is_dvd else _tr("Virtual hard disks"), columns)
        self.path = QLineEdit()
        self.browse = QPushButton(_tr("Browse..."))
        self.path_remark = Remark(_tr("About the file"))
        self.bus = OfferBox(Remark(_tr("About the bus")))
        self._lay_out()
        if is_dvd:
            self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.selectionModel().selectionChanged.connect(self._on_chosen)
        self.path.textChanged.connect(self.edited)
        self.browse.clicked.connect(self._on_browse)
        self.bus.currentIndexChanged.connect(self.edited)
        kind.edited.connect(self.enter)

    def spec(self) -> ExistingDiskSpec | DvdSpec:
        """Return what the page asks for."""
        made = DvdSpec if self.what is kinds.DVD_DRIVE else ExistingDiskSpec
        return made(self.path.text().strip(), self.bus.name)

    @override
    def specs(self) -> tuple[ExistingDiskSpec | DvdSpec, ...]:
        if self.what is kinds.DVD_DRIVE:
            return (DvdSpec(self.path.text().strip(), self.bus.name),)
        return tuple(ExistingDiskSpec(path, self.bus.name) for path in paths_in(self.path.text()))

    @override
    def facts(self) -> tuple[Row, ...]:
        is_dvd = self.what is kinds.DVD_DRIVE
        empty = _tr("None: the drive is empty") if is_dvd else ""
        label = _tr("Image") if is_dvd else _tr("File")
        path = self.path.text().strip()
        shown = path if is_dvd else "\n".join(paths_in(path))
        return Row(label, shown or empty), Row(_tr("Bus"), bus_words(self.bus.name))

    @override
    def enter(self) -> None:
        outlook = self.kind.outlook
        if not outlook.prospects or not self.applies():
            return
        buses = outlook.choices(self.what.kind, self.kind.when.when)
        self.bus.offer([(one, bus_words(one.name)) for one in buses])
        host = self._host()
        self.browse.setVisible(host is not None and host.is_embedded)
        self.table.set_lines(
            tuple(lines(self.what, self.context.lookup, self.kind.domains[0].ref.host)),
            _tr("The server's storage locations have none. Type the path of a file on the server."),
        )

    @override
    def verdict(self) -> Verdict:
        path = self.path.text().strip()
        if (verdict := self.bus.verdict())[0]:
            return verdict
        if not path:
            if self.what is kinds.DVD_DRIVE:
                return FITS
            return _tr("Choose a disk, or type the path of its file."), self.path_remark
        paths = (path,) if self.what is kinds.DVD_DRIVE else paths_in(path)
        reason = next((why for one in paths if (why := self._why_not(one))), "")
        if len(set(paths)) < len(paths):
            reason = reason or _tr("The same file stands there twice. Take one of them out.")
        return (reason, self.path_remark) if reason else FITS

    def _why_not(self, path: str) -> str:
        if not path.startswith("/") or path.endswith("/"):
            return _tr("Type the whole path of a file on the server.")
        return self._why_not_disk(path) if self.what is kinds.EXISTING_DISK else ""

    def _why_not_disk(self, path: str) -> str:
        if len(self.kind.domains) > 1:
            return _tr("A disk can be in one machine only. Choose a single machine for it.")
        users = used_by(path, self.context.lookup, self.kind.domains[0].ref.host)
        if users:
            return _tr("{names} uses it: two machines that write to one disk destroy it.").format(
                names=", ".join(users)
            )
        return ""

    def _host(self) -> Host | None:
        name = self.kind.domains[0].ref.host
        return next(self.context.lookup.records(Host, name), None)

    def _on_chosen(self, *_changes: object) -> None:
        keys = [line.key for line in self.table.selected() if isinstance(line.key, str)]
        if keys:
            self._on_files(keys)

    def _on_browse(self) -> None:
        title, at = _tr("Choose a file"), self.path.text()
        if self.what is kinds.DVD_DRIVE:
            wanted = f"{_tr('Images')} (*.iso *.img)"
            ask_file(self, title, partial(put_in, self.path), at=at, wanted=wanted)
        else:
            wanted = f"{_tr('Images')} ({IMAGE_PATTERNS})"
            ask_files(self, title, self._on_browsed, at=at, wanted=wanted)

    def _on_browsed(self, files: list[str]) -> None:
        put_in(self.path, written(files))

    def _on_files(self, files: list[str]) -> None:
        self.path.setText(files[0] if self.what is kinds.DVD_DRIVE else written(files))

    def _lay_out(self) -> None:
        self.table.setMinimumHeight(30 * GRID)
        self.path.setPlaceholderText(_tr("The path of a file on the server"))
        self.browse.setAccessibleName(_tr("Browse for the file"))
        self.content.addWidget(self.table, 1)
        rows = (
            (_tr("File"), file_line(self.path, self.browse)),
            ("", self.path_remark),
            (_tr("Bus"), self.bus),
            ("", self.bus.remark),
        )
        self.content.addLayout(form_of(rows))


def written(paths: Sequence[str]) -> str:
    """Return paths as `paths_in` reads them: one as it is, several in quotes where need be."""
    is_plain = len(paths) == 1 and paths_in(paths[0]) == (paths[0],)
    return paths[0] if is_plain else shlex.join(paths)


def paths_in(text: str) -> tuple[str, ...]:
    """Return the paths that somebody wrote: one, blanks in it included, or several in quotes."""
    if not text.strip().startswith(("'", '"')) and " /" not in text:
        return (text.strip(),) if text.strip() else ()
    try:
        return tuple(shlex.split(text))
    except ValueError:
        return (text.strip(),)  # a quotation that does not end


def lines(what: What, lookup: Lookup, host: str) -> Iterator[Line]:
    """Yield the files in a host's storage locations that will do, those in use last."""
    pools = {pool.ref: pool for pool in lookup.records(StoragePool, host)}
    volumes = uses.by_path(lookup.records(StorageVolume, host))
    users_of = uses.users_of_each(lookup.records(Domain, host), volumes)
    found = []
    for volume in volumes.values():
        is_image = volume.format == "iso" or volume.name.lower().endswith(_IMAGES)
        if is_image is (what is kinds.DVD_DRIVE):
            names = tuple(domain.name for domain in users_of.get(volume.path, ()))
            found.append((names, volume))
    found.sort(key=lambda row: (bool(row[0]), row[1].name))
    for users, volume in found:
        pool = pools.get(volume.pool)
        tone = Tone.MUTED if users and what is kinds.EXISTING_DISK else Tone.PLAIN
        yield Line(
            volume.path,
            (
                Cell(volume.name, "ph.hard-drive" if tone is Tone.PLAIN else "ph.lock", tone),
                Cell(wording.size(volume.capacity_bytes)),
                Cell(pool.name if pool else "", tooltip=volume.path),
                Cell(", ".join(users), tone=Tone.MUTED),
            ),
        )


def used_by(path: str, lookup: Lookup, host: str) -> tuple[str, ...]:
    """Return the names of the machines that use a file, themselves or by a disk based on it."""
    volumes = uses.by_path(lookup.records(StorageVolume, host))
    users = uses.users_of(path, lookup.records(Domain, host), volumes)
    return tuple(domain.name for domain in (*users.direct, *users.by_base))

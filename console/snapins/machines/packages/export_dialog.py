"""Export: a machine that is off, with its disks, into a new folder of this computer."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)
from typing_extensions import override

from backend.errors import BackendError, Problem
from backend.model import Domain, Host
from backend.operations.package import outgoing
from backend.operations.package.outgoing import ExportPlan, Media
from console.sdk import wording
from console.sdk.context import Context
from console.sdk.file_question import ask_folder
from console.sdk.forms import Remark
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.sdk.typed_text import put_in
from console.sdk.whole_file import typed_path
from console.snapins.machines.dialogs.making import MakingDialog, file_line, form_of
from console.snapins.machines.dialogs.remark_list import RemarkList

_FOLDER = "machines/package folder"


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class ExportDialog(MakingDialog):
    """Asks where to; says what will be there, and what not. It stays until the package is there."""

    def __init__(
        self, context: Context, host: Host, domain: Domain, parent: QWidget | None = None
    ) -> None:
        title = _tr("Export {name}").format(name=domain.name)
        super().__init__(context, host, title, _tr("Export"), parent)
        self._domain = domain
        self._planned: ExportPlan | None = None
        self._problem: Problem | None = None
        self.folder = QLineEdit(context.memory.text(_FOLDER) or _documents())
        self.folder.setMinimumWidth(110 * GRID)
        self.browse = QPushButton(_tr("Browse..."))
        self.browse.setAccessibleName(_tr("Browse for the folder"))
        self.folder_remark = Remark(_tr("About the folder"))
        self.media = QCheckBox(_tr("With the images in its DVD drives"))
        self.media.setVisible(self._has_media())
        self.left_out = RemarkList(_tr("What is left out"))
        self.leftover = Remark(_tr("About earlier exports"))
        self.discard = QPushButton(_tr("Delete It"))
        self.discard.setAccessibleName(_tr("Delete what an earlier export left"))
        self.discard.setAutoDefault(False)
        rows: tuple[tuple[str, QWidget | QHBoxLayout], ...] = (
            ("", self.folder_remark), ("", file_line(self.leftover, self.discard)), ("", self.media)
        )  # fmt: skip
        form = form_of(((_tr("&Folder"), file_line(self.folder, self.browse)), *rows))
        self.content.addLayout(form)
        self.content.addWidget(self.left_out)
        self.folder.textChanged.connect(self._on_changed)
        self.media.toggled.connect(self._on_changed)
        self.browse.clicked.connect(self._on_browse)
        self.discard.clicked.connect(self._on_discard)
        self._on_changed()

    @property
    def target(self) -> Path:
        """The folder that the package's own folder is made in."""
        return typed_path(self.folder.text())

    @property
    def chosen_media(self) -> Media:
        """What becomes of the images in its drives."""
        return Media.INCLUDED if self.media.isChecked() else Media.LEFT_OUT

    @override
    async def act(self, context: Context) -> None:
        context.submit(outgoing.export, self._domain.ref, self.target, self.chosen_media)

    @override
    async def confirm(self) -> str:
        self.context.memory.put(_FOLDER, str(self.target))
        handle = self.context.submit(
            outgoing.export, self._domain.ref, self.target, self.chosen_media
        )
        return await self.see_through(handle, lambda _folder: None)

    def _has_media(self) -> bool:
        made_of = self._domain.next_start
        drives = made_of.disks if made_of else ()
        return any(drive.device != "disk" and drive.source for drive in drives)

    def _on_browse(self) -> None:
        take = partial(put_in, self.folder)
        ask_folder(self, _tr("Choose the Folder"), take, at=self.folder.text())

    def _on_changed(self) -> None:
        self._stop()
        self._planned = self._problem = None
        if self.folder.text().strip():
            self._typing.start()
        self._on_edited()

    @override
    def _look(self) -> None:
        self._run(self._plan(self.target, self.chosen_media))

    async def _plan(self, folder: Path, media: Media) -> None:
        try:
            self._planned = await self.context.query(outgoing.plan, self._domain.ref, folder, media)
        except BackendError as error:
            self._problem = error.problem
        self._judge()

    def _on_discard(self) -> None:
        if self._planned and self._planned.leftovers:
            self.discard.setEnabled(False)
            self._run(self._discard(self._planned.leftovers[0].path))

    async def _discard(self, path: Path) -> None:
        try:
            await self.context.query(outgoing.discard, self._domain.ref, path)
        except BackendError as error:
            self._problem = error.problem
            self._judge()
        else:
            await self._plan(self.target, self.chosen_media)

    def _show_leftover(self) -> None:
        """Say of the first of what earlier exports left; the next is said once that is gone."""
        found = self._planned.leftovers[:1] if self._planned else ()
        for widget in (self.leftover, self.discard):
            widget.setVisible(bool(found))
        self.discard.setEnabled(True)
        for one in found:
            text = _tr("An export was cut off and left {path}, which takes {size}.")
            self.leftover.setText(text.format(path=one.path, size=wording.size(one.used_bytes)))

    @override
    def _judge(self) -> None:
        self._show_leftover()
        planned, reason = self._planned, ""
        if not self.folder.text().strip():
            reason = _tr("Choose the folder for it.")
        elif self._problem:
            reason = "\n".join((wording.sentence(self._problem), *self._problem.detail))
        elif planned is None:
            reason = _tr("Looking what there is to export...")
        elif planned.free_bytes < planned.room_bytes:
            reason = _tr(
                "{needed} may be needed, and {free} are free there. Choose another folder."
            )
            reason = reason.format(
                needed=wording.size(planned.room_bytes), free=wording.size(planned.free_bytes)
            )
        self.folder_remark.set_tone(Tone.WARNING if reason else Tone.MUTED)
        self._tell(reason, self.folder_remark)
        if planned and not reason:
            text = _tr("Becomes {path}: {size} at most, and {free} are free there.")
            size, free = wording.size(planned.room_bytes), wording.size(planned.free_bytes)
            self.folder_remark.setText(text.format(path=planned.path, size=size, free=free))
        nothing = _tr("Nothing is left out.") if planned else ""
        self.left_out.show_remarks(planned.left_out if planned else (), nothing)


def _documents() -> str:
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return QStandardPaths.writableLocation(place)

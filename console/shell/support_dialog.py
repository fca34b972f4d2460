"""The dialog that saves a support bundle: it shows all that is in it before anything is saved."""

import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from backend.errors import BackendError
from backend.hypervisor.places import state_directory
from backend.jobs import Job
from backend.model import Host, HostState
from backend.operations import support
from backend.operations.support import Paper
from console.bridge.aside import Aside
from console.bridge.mirror import Mirror
from console.sdk import wording
from console.sdk.context import Context
from console.sdk.dialog import KeyedDialog
from console.sdk.file_question import ask_where
from console.sdk.forms import Remark, ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.sdk.reach import short_name
from console.sdk.whole_file import typed_path
from console.shell import bundle
from console.shell.logbook import own_logs

_Button = QDialogButtonBox.StandardButton


def _tr(text: str) -> str:
    return QCoreApplication.translate("support", text)


class Reader(QSplitter):
    """The papers in a list, and beside it what the chosen one says."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._papers: tuple[Paper, ...] = ()
        self.setChildrenCollapsible(False)
        self.list = QListWidget()
        self.list.setAccessibleName(_tr("What is in it"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._read)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(_tr("What it says"))
        self.addWidget(self.list)
        self.addWidget(self.text)
        self.setSizes([80 * GRID, 120 * GRID])

    def show_papers(self, papers: tuple[Paper, ...]) -> None:
        """Show these; the one that is being read stays."""
        row = self.list.currentRow()
        place = self._papers[row].place if 0 <= row < len(self._papers) else ""
        self._papers = papers
        self.list.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        self.list.clear()
        for paper in papers:
            size = wording.size(len(paper.text.encode()))
            self.list.addItem(f"{paper.place}  ({size})")
        self.list.blockSignals(False)  # noqa: FBT003
        places = [paper.place for paper in papers]
        self.list.setCurrentRow(places.index(place) if place in places else 0)
        self._read(self.list.currentRow())

    def _read(self, row: int) -> None:
        text = self._papers[row].text if 0 <= row < len(self._papers) else ""
        if text != self.text.toPlainText():
            self.text.setPlainText(text)


class SupportDialog(KeyedDialog):
    """Collects while it is open; every text can be read before the zip is written."""

    def __init__(self, context: Context, mirror: Mirror, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._hosts = tuple(sorted(mirror.records(Host), key=lambda host: host.name))
        self._aside = Aside("support bundle", self)
        self._papers: list[Paper] = []
        self._asked: list[str] = []
        self._names = bundle.names_of(self._hosts)
        self.papers: tuple[Paper, ...] = ()
        """What would be saved now, in order."""
        self._arranging = 0
        self.setWindowTitle(_tr("Save Support Bundle"))
        self.setAccessibleName(self.windowTitle())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.reader = Reader()
        self.anonymous = QCheckBox(_tr("Leave out the names of computers and users"))
        self.anonymous.toggled.connect(self._show_all)
        self.path = QLineEdit(str(_place()))
        self.path.setAccessibleName(_tr("Save as"))
        self._said = Remark(_tr("How it stands"))
        self._buttons = QDialogButtonBox(_Button.Save | _Button.Close)
        self.save = self._buttons.button(_Button.Save)
        self.save.setText(_tr("Save"))
        self._buttons.button(_Button.Close).setText(_tr("Close"))
        self._buttons.accepted.connect(self._save)
        self._buttons.rejected.connect(self.close)
        self._lay_out()
        self._stops = [context.run(self._ask(host)) for host in self._hosts]
        self.finished.connect(self._stop)
        self._collect(mirror)

    def _collect(self, mirror: Mirror) -> None:
        hosts, jobs = self._hosts, tuple(mirror.jobs())
        self._asked.append("")
        self._aside.run(lambda: _own(hosts, jobs), self._take_own)
        self._tell()

    async def _ask(self, host: Host) -> None:
        name = short_name(host)
        self._asked.append(name)
        self._tell()
        try:
            if host.state is not HostState.CONNECTED:
                return  # why stands in hosts.txt
            papers = await self._context.query(support.host_papers, host.ref)
            self._take(tuple(bundle.below(host, papers)))
        except BackendError as error:
            sentence = wording.sentence(error.problem)
            self._take(tuple(bundle.below(host, (Paper("not-told.txt", f"{sentence}\n"),))))
        finally:
            self._asked.remove(name)
            if isValid(self):  # closed meanwhile, it has nothing left to say it with
                self._tell()

    def _take_own(self, papers: Sequence[Paper]) -> None:
        self._asked.remove("")
        self._take(papers)
        self._tell()

    def _take(self, papers: Sequence[Paper]) -> None:
        self._papers += papers
        self._show_all()

    def _show_all(self) -> None:
        # Beside: a log of a megabyte is looked through for every name that is known.
        papers, names = tuple(self._papers), self._names if self.anonymous.isChecked() else None
        self._arranging += 1
        self._aside.run(lambda: _in_order(papers, names), self._show)
        self._tell()

    def _show(self, papers: tuple[Paper, ...]) -> None:
        self._arranging -= 1
        self.papers = papers
        self.reader.show_papers(papers)
        self._tell()

    def _stop(self) -> None:
        for stop in self._stops:
            stop()

    def _tell(self) -> None:
        is_busy = bool(self._asked or self._arranging)
        self.save.setEnabled(not is_busy)
        names = ", ".join(name for name in self._asked if name)
        if names:
            self._say(_tr("Asking {names}...").format(names=names), Tone.MUTED)
        else:
            self._say(_tr("One moment...") if is_busy else "", Tone.MUTED)

    def _choose(self) -> None:
        ask_where(
            self,
            _tr("Save Support Bundle"),
            lambda path, _kind: self.path.setText(str(path)),
            name=self.path.text().removesuffix(".zip"),
            kinds={"zip": _tr("Archive (*.zip)")},
        )

    def _save(self) -> None:
        path, papers = typed_path(self.path.text()), self.papers
        self.save.setEnabled(False)
        self._say(_tr("One moment..."), Tone.MUTED)
        self._aside.run(lambda: bundle.write(path, papers), lambda why: self._on_saved(path, why))

    def _on_saved(self, path: Path, why: str) -> None:
        self.save.setEnabled(True)
        if why:
            self._say(why, Tone.BAD)
        else:
            self._say(_tr("Saved as {path}.").format(path=path), Tone.GOOD)

    def _say(self, text: str, tone: Tone) -> None:
        self._said.set_tone(tone)
        self._said.setText(text)

    def _lay_out(self) -> None:
        words = ToneLabel(
            _tr(
                "What helps whoever helps you: versions, logs, and how servers and machines are "
                "described. Passwords, keys, notes and what guests are given at their start are "
                "left out. Look through it before you hand it on."
            )
        )
        words.setWordWrap(True)
        name = QLabel(_tr("Save as"))
        name.setBuddy(self.path)
        browse = QPushButton(_tr("Browse..."))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._choose)
        line = QHBoxLayout()
        line.setSpacing(2 * GRID)
        line.addWidget(name)
        line.addWidget(self.path, 1)
        line.addWidget(browse)
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * GRID, 5 * GRID, 5 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        column.addWidget(words)
        column.addWidget(self.reader, 1)
        column.addWidget(self.anonymous)
        column.addLayout(line)
        column.addWidget(self._said)
        column.addWidget(self._buttons)
        self.resize(210 * GRID, 140 * GRID)


def _own(hosts: Sequence[Host], jobs: Sequence[Job]) -> tuple[Paper, ...]:
    logs = own_logs(state_directory())
    return (
        bundle.hosts_told(hosts),
        bundle.jobs_told(jobs),
        bundle.versions(),
        *(Paper(f"logs/{name}", text) for name, text in logs.items()),
    )


def _in_order(papers: Sequence[Paper], names: bundle.Names | None) -> tuple[Paper, ...]:
    found = sorted(papers, key=lambda paper: ("/" in paper.place, paper.place))
    return tuple(names.leave_out(paper) if names else paper for paper in found)


def _place() -> Path:
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(documents) or Path.home())
    folder = folder if folder.is_dir() else Path.home()
    return folder / f"celadon-support-{time.strftime('%Y%m%d-%H%M%S')}.zip"

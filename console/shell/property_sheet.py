"""Property sheets: one for each thing, which is brought forward when it is asked for again."""

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFrame,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from backend.jobs import JobState
from backend.model import Change, Host, HostState, Record, Ref
from console.bridge.mirror import Mirror
from console.sdk import reach, wording
from console.sdk.actions import Action, StandardVerb
from console.sdk.context import Context, Unsubscribe
from console.sdk.dialog import EntryDialog
from console.sdk.forms import Remark
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.sdk.property_page import Field, SheetPage
from console.sdk.reading_order import take_keys_where_it_scrolls
from console.sdk.script_button import ScriptButton
from console.sdk.snapin import Amendment, PropertyPage, SnapIn
from console.shell.registry import name_of

_Button = QDialogButtonBox.StandardButton
_SECTION = 8


def _tr(text: str) -> str:
    return QCoreApplication.translate("property_sheet", text)


class PropertySheet(EntryDialog):
    """OK, Cancel and Apply over pages. Apply is off until something was changed and will do."""

    def __init__(
        self,
        context: Context,
        mirror: Mirror,
        ref: Ref,
        pages: Sequence[PropertyPage],
        amendment: Amendment | None,
        quiet: set[int],
    ) -> None:
        super().__init__(context)
        self.ref = ref
        self._mirror = mirror
        self._amendment = amendment
        self._quiet = quiet
        self._is_busy = False
        self._job = 0
        self._stop: Unsubscribe = _nothing
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMinimizeButtonHint)
        self.pages = [cast("SheetPage", page.build(context)) for page in pages]
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        for part in (self._tabs, self._tabs.tabBar()):
            part.setAccessibleName(_tr("Pages"))
        for declared, page in zip(pages, self.pages, strict=True):
            self._tabs.addTab(_scrolling(page), declared.title)
            page.edited.connect(self._judge)
        self._said = Remark(_tr("How it stands"))
        self._buttons = QDialogButtonBox()
        self._script = ScriptButton(context, "", self._act, self._say)
        self._make_buttons()
        self._lay_out()
        self._say("", Tone.MUTED)
        self.finished.connect(self._on_closed)

    @property
    @override
    def is_typed_in(self) -> bool:
        return bool(self._touched()) and not self._is_busy

    def fields(self) -> list[Field]:
        """Return the fields of all pages, in their order."""
        return [field for page in self.pages for field in page.fields]

    def follow(self) -> None:
        """Show the thing as it is now; of one that is gone, what was last known, all of it off."""
        record = self._mirror.any_record(self.ref)
        if record is None:
            for widget in (self._tabs, self._script):
                widget.setEnabled(False)
            self._say(_tr("It is no longer there: somebody has removed it."), Tone.BAD)
        else:
            title = _tr("{name} Properties").format(name=name_of(record))
            self.setWindowTitle(title)
            self.setAccessibleName(title)
            lock = _why_not(self._mirror, record)
            for page in self.pages:
                page.follow(record, lock)
        self._judge()

    # What the user does

    def _make_buttons(self) -> None:
        make = self._buttons.addButton
        if not any(page.fields for page in self.pages):
            close = make(_Button.Close)
            close.setText(_tr("Close"))
            close.clicked.connect(self.reject)
            self._script.hide()
            return
        for kind, text, act in (
            (_Button.Ok, _tr("OK"), lambda: self._apply(self.accept)),
            (_Button.Cancel, _tr("Cancel"), self.reject),
            (_Button.Apply, _tr("Apply"), lambda: self._apply(_nothing)),
        ):
            button = make(kind)
            button.setText(text)
            button.clicked.connect(act)
        self._buttons.button(_Button.Ok).setDefault(True)
        self._buttons.addButton(self._script, QDialogButtonBox.ButtonRole.ResetRole)

    def _touched(self) -> dict[str, object]:
        return {field.spec.name: field.value for field in self.fields() if field.is_touched}

    def _judge(self) -> None:
        is_there = self._mirror.any_record(self.ref) is not None
        refusals = [field.refusal for field in self.fields() if field.refusal]
        can_go = is_there and not self._is_busy and not refusals
        for kind, is_on in ((_Button.Ok, can_go), (_Button.Apply, can_go and self._touched())):
            if button := self._buttons.button(kind):
                button.setEnabled(bool(is_on))
                button.setToolTip(refusals[0] if refusals else "")
        self._script.setEnabled(bool(can_go and self._touched()))

    async def _act(self, context: Context) -> None:
        changes = self._touched()
        if changes and self._amendment:
            self._amendment.submit(context, self.ref, changes)

    def _apply(self, then: Callable[[], None]) -> None:
        if not self._touched() or self._amendment is None:
            then()
            return
        # At once, not when the coroutine begins: the second of two quick clicks is too late.
        self._is_busy = True
        self._say(_tr("One moment..."), Tone.MUTED)
        self._judge()
        self._stop = self.context.run(self._hand_in(self._amendment, then))

    async def _hand_in(self, amendment: Amendment, then: Callable[[], None]) -> None:
        handle = amendment.submit(self.context, self.ref, self._touched())
        # Its failure is told here; elsewhere only if nobody is here any more.
        self._job = handle.id
        self._quiet.add(handle.id)
        job = await handle
        self._is_busy = False
        if job.state is JobState.DONE:
            self._say("", Tone.MUTED)
            for field in self.fields():
                field.settle()
            then()
        elif job.problem:
            detail = "\n".join(job.problem.detail)
            words = wording.sentence(job.problem)
            self._say(f"{words}\n{detail}" if detail else words, Tone.BAD)
        else:
            self._say(_tr("It was cancelled."), Tone.WARNING)
        self._judge()

    def _on_closed(self) -> None:
        self._stop()
        self._quiet.discard(self._job)

    def _say(self, text: str, tone: Tone) -> None:
        if not text and self.fields():
            text = _tr("Changes act at once, unless it says otherwise below a field.")
        self._said.set_tone(tone)
        self._said.setText(text)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4 * GRID)
        column.setSpacing(3 * GRID)
        column.addWidget(self._tabs, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(4 * GRID, 0, 4 * GRID, 0)
        foot.setSpacing(3 * GRID)
        foot.addWidget(self._said)
        foot.addWidget(self._buttons)
        column.addLayout(foot)
        self.resize(130 * GRID, 150 * GRID)


class PropertySheets(QObject):
    """The sheets that are open, one a thing. `quiet` are jobs whose failure a sheet tells."""

    def __init__(
        self, snapins: Sequence[SnapIn], mirror: Mirror, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._pages = [page for snapin in snapins for page in snapin.pages]
        self._amendments = {a.kind: a for snapin in snapins for a in snapin.amendments}
        self._mirror = mirror
        self._open: dict[Ref, PropertySheet] = {}
        self.quiet: set[int] = set()

    def contents(self) -> SnapIn:
        """Return what stands in the panes: Properties, of whatever has pages."""
        kinds = {page.kind for page in self._pages}
        action = Action(
            "shell.properties",
            _tr("Properties"),
            "ph.sliders-horizontal",
            None,
            lambda context, selection: context.show_properties(selection.records[0].ref),
            applies=lambda record: record.ref.kind in kinds,
            section=_SECTION,
            verb=StandardVerb.PROPERTIES,
            is_for_many=False,
            no_script=_tr("The sheet that this opens has a script of its own."),
            only_looks=True,
        )
        return SnapIn("shell", _tr("Properties"), actions=(action,) if kinds else ())

    def show(self, ref: Ref, context: Context) -> None:
        """Open the sheet of a thing, or bring the one that is open to the front."""
        sheet = self._open.get(ref)
        if sheet is None:
            record = self._mirror.any_record(ref)
            pages = [p for p in self._pages if p.kind is ref.kind and record and p.applies(record)]
            if not pages:
                return
            amendment = self._amendments.get(ref.kind)
            sheet = PropertySheet(context, self._mirror, ref, pages, amendment, self.quiet)
            sheet.finished.connect(lambda: self._open.pop(ref, None))
            self._open[ref] = sheet
            sheet.follow()
        sheet.setWindowState(sheet.windowState() & ~Qt.WindowState.WindowMinimized)
        sheet.show()
        sheet.raise_()
        sheet.activateWindow()

    def follow(self, changes: Sequence[Change]) -> None:
        """Have those follow that are of what has changed, or of a host that has."""
        changed = {change.ref for change in changes}
        hosts = {ref.host for ref in changed if isinstance(self._mirror.any_record(ref), Host)}
        for ref, sheet in list(self._open.items()):
            if ref in changed or ref.host in hosts:
                sheet.follow()

    @property
    def held(self) -> tuple[str, ...]:
        """The titles of those in which something was entered and not applied."""
        return tuple(sheet.windowTitle() for sheet in self._open.values() if sheet.is_typed_in)

    def close(self) -> None:
        """Close them all; what was entered and not applied is dropped."""
        for sheet in list(self._open.values()):
            sheet.drop()


def _why_not(mirror: Mirror, record: Record) -> str:
    """Return why nothing can be changed there now; "" if it can."""
    host = next(mirror.records(Host, record.ref.host), None)
    if host is None:
        return _tr("Its server is no longer managed here.")
    if host.state is not HostState.CONNECTED:
        name = reach.short_name(host)
        return _tr("{host} is away: this can be changed when it is back.").format(host=name)
    return reach.only_looking(host)


def _scrolling(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(page)
    area.setAccessibleName(page.accessibleName())
    area.viewport().setBackgroundRole(area.palette().ColorRole.Base)
    take_keys_where_it_scrolls(area)
    return area


def _nothing() -> None:
    return

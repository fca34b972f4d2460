"""What a snap-in draws itself with: the base of its detail pages, labels, rows and forms.

The shell owns their life: it builds a page when its tab is first shown, tells it which record to
show, and lets it sleep while nobody sees it. A page never asks who shows it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QGridLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from backend.model import Kind, Record, Ref
from console.sdk.afterwards import Afterwards
from console.sdk.context import Context, Unsubscribe
from console.sdk.long_words import Copies, breakable
from console.sdk.look import GRID, ROLES
from console.sdk.nodes import Tone


class DetailView(QWidget):
    """A page for one record. Override `show_record`; the rest where it is needed.

    The shell calls `set_record`, `wake` and `sleep`. While awake, the page is shown each new
    standing of its record, the refs of `watched` are read, and `show_samples` follows. What is
    known is seen first: to have more read keeps this computer busy, too.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.record: Record | None = None
        self._is_awake = False
        self._is_stale = True
        self._watched: tuple[Ref, ...] = ()
        self._releases: list[Unsubscribe] = []
        self._to_watch = Afterwards(self._watch, self)

    @property
    def is_awake(self) -> bool:
        """Whether somebody can see it."""
        return self._is_awake

    def set_record(self, record: Record | None) -> None:
        """Show this record, or nothing; asleep, remember it for later."""
        if record == self.record and not self._is_stale:
            return
        self.record = record
        self._is_stale = True
        if self._is_awake:
            self._bring_up_to_date()

    def wake(self) -> None:
        """Somebody sees the page from now on."""
        if self._is_awake:
            return
        self._is_awake = True
        self._bring_up_to_date()
        self.on_wake()

    def sleep(self) -> None:
        """Nobody sees the page: nothing is watched any more."""
        if not self._is_awake:
            return
        self._is_awake = False
        self._release()
        self.on_sleep()

    def refresh(self) -> None:
        """Draw the same record again: something beside it (its guest, its job) changed."""
        if self._is_awake and self.record is not None:
            self.show_record(self.record)

    def show_record(self, record: Record | None) -> None:
        """Draw this record (None: nothing to show). Called again whenever it changes."""

    def show_samples(self) -> None:
        """Draw the figures again: new ones came for a ref of `watched`."""

    def watched(self, record: Record) -> tuple[Ref, ...]:
        """Return what has to be read while the page is seen."""
        del record
        return ()

    def prepare(self, like: Record) -> Iterator[None]:
        """Do, step by step, what the first look at the page would have to wait for.

        Most likely it will show something like that record; it is asleep, and asks nothing of it.
        """
        del like
        yield from ()

    def on_wake(self) -> None:
        """Start what only runs while the page is seen (a timer)."""

    def on_sleep(self) -> None:
        """Stop it again."""

    def _bring_up_to_date(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self.show_record(self.record)
        self._to_watch.begin()

    def _watch(self) -> None:
        wanted = self.watched(self.record) if self.record is not None else ()
        if wanted == self._watched:
            return
        # The new watches begin before the old ones end: a host read by both is not stopped between.
        before, self._releases = self._releases, []
        self._watched = wanted
        if wanted:
            self._releases = [self.context.watch(ref) for ref in wanted]
            self._releases.append(self.context.subscribe_samples(self._on_samples))
        for release in before:
            release()

    def _release(self) -> None:
        self._to_watch.cancel()
        releases, self._releases, self._watched = self._releases, [], ()
        for release in releases:
            release()

    def _on_samples(self, refs: tuple[Ref, ...]) -> None:
        hosts = {ref.host for ref in self._watched if ref.kind is Kind.HOST}
        if any(ref in self._watched or ref.host in hosts for ref in refs):
            self.show_samples()


class ToneLabel(QLabel):
    """Words in the colour of a tone, in light and dark; they can be selected with the mouse.

    Where it wraps, a word that is longer than a line goes on in the next one. A screen reader is
    told the words as they were given, behind the name of a label that has one.
    """

    _name = ""

    def __init__(
        self, text: str = "", tone: Tone = Tone.PLAIN, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._text = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        # By mouse only: as a stop for Tab, a page of values would be a long way to the next field.
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.set_tone(tone)

    def set_tone(self, tone: Tone) -> None:
        """Write in this tone from now on."""
        self.setForegroundRole(ROLES[tone])

    @property
    def shown(self) -> str:
        """The words with the places at which they may break."""
        return super().text()

    @override
    def text(self) -> str:
        """Return the words as they were given."""
        return self._text

    @override
    def setText(self, text: str) -> None:
        """Say this."""
        self._text = text
        shown = breakable(text) if self.wordWrap() else text
        if shown != text:
            Copies.begin()
        super().setText(shown)
        self._tell()

    @override
    def setAccessibleName(self, name: str) -> None:
        """Be called this, which does not say what stands here: that is told after it."""
        self._name = name
        self._tell()

    def _tell(self) -> None:
        # Of a label that has a name Qt tells that alone; of others what is shown, broken up.
        as_given = self._text if self.shown != self._text else ""
        super().setAccessibleName(self._name or as_given)
        if self._name:
            self.setAccessibleDescription(self._text)

    @override
    def setWordWrap(self, on: bool) -> None:  # Qt's own signature
        """Go on in the next line, or do not."""
        super().setWordWrap(on)
        self.setText(self._text)


class Remark(ToneLabel):
    """A line below a field, for why its value will not do; it keeps its room while it is empty."""

    def __init__(self, name: str, tone: Tone = Tone.WARNING) -> None:
        super().__init__(tone=tone)
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._keep_room()

    @override
    def setText(self, text: str) -> None:
        """Say this, with as many lines as it takes."""
        super().setText(text)
        self._keep_room()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many lines as the words need at this width."""
        super().resizeEvent(event)
        self._keep_room()

    def _keep_room(self) -> None:
        # A form gives a label that wraps the height it had at another width.
        self.setMinimumHeight(0)  # a label wants no less than the least it was given
        wanted = self.heightForWidth(self.width()) if self.text() else 0
        self.setFixedHeight(max(self.fontMetrics().lineSpacing(), wanted))


@dataclass(frozen=True, slots=True)
class Row:
    """A name and its value. A row whose value is empty is not shown."""

    label: str
    value: str
    tone: Tone = Tone.PLAIN
    tooltip: str = ""


class WholeLabel(ToneLabel):
    """Words that go on in the next line, all of which are seen: where it is low, a page scrolls."""

    def __init__(self, tone: Tone = Tone.PLAIN) -> None:
        super().__init__(tone=tone)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @override
    def setText(self, text: str) -> None:
        """Say this, with as many lines as it takes."""
        super().setText(text)
        self._keep_room()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many lines as the words need at this width."""
        super().resizeEvent(event)
        self._keep_room()

    def _keep_room(self) -> None:
        # A grid that has too little height takes it from the lines of labels that wrap.
        around = self.contentsMargins()
        room = QRect(0, 0, self.width() - around.left() - around.right(), _HIGH)
        lines = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, self.shown)
        wanted = lines.height() + around.top() + around.bottom()
        if wanted != self.minimumHeight():
            self.setMinimumHeight(wanted)


_HIGH = 10_000


class ValueRows(QWidget):
    """Names and values in two columns, as "State   Running since 10:21"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._grid = QGridLayout()
        column.addLayout(self._grid)
        column.addStretch(1)
        self._grid.setHorizontalSpacing(5 * GRID)
        self._grid.setVerticalSpacing(GRID + 2)
        self._grid.setColumnStretch(1, 1)
        self._labels: list[tuple[ToneLabel, ToneLabel]] = []

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; what has not changed keeps its place and its selected text."""
        shown = [row for row in rows if row.value]
        while len(self._labels) < len(shown):
            self._add_line()
        for index, (name, value) in enumerate(self._labels):
            is_used = index < len(shown)
            name.setVisible(is_used)
            value.setVisible(is_used)
            if is_used:
                _write(name, value, shown[index])

    def _add_line(self) -> None:
        line = len(self._labels)
        name, value = ToneLabel(tone=Tone.MUTED), WholeLabel()
        name.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        # What can be selected stands at the top; in the middle of half a point Qt draws one lower.
        name.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, line, 1, Qt.AlignmentFlag.AlignTop)
        self._labels.append((name, value))


def _write(name: ToneLabel, value: ToneLabel, row: Row) -> None:
    if name.text() != row.label:
        name.setText(row.label)
        value.setAccessibleName(row.label)
    if value.text() != row.value:
        value.setText(row.value)
    value.setToolTip(row.tooltip)
    value.set_tone(row.tone)


def form_layout() -> QFormLayout:
    """Return an empty form with our spacing: names left, fields as wide as there is room."""
    form = QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(4 * GRID)
    form.setVerticalSpacing(2 * GRID)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form

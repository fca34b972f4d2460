"""The first page of Add Device: what is to be added, and when."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QRadioButton, QWidget
from typing_extensions import override

from backend.devices import DeviceKind, When
from backend.model import Change, Domain
from backend.operations import device as verbs
from console.sdk.context import Context
from console.sdk.forms import ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.sdk.topics import set_topic
from console.sdk.wizard_page import FITS, Verdict, WizardPage
from console.snapins.machines.devices import kinds
from console.snapins.machines.devices.outlook import Outlook
from console.snapins.machines.devices.room_row import RoomRow
from console.snapins.machines.devices.what import What
from console.widgets.choice_list import ChoiceList, Option


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class WhenChoice(QWidget):
    """Now, or at the next start; only where something runs is there a choice."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_tr("When"))
        self.now = QRadioButton(_tr("Now, while the machine runs"))
        self.next_start = QRadioButton(_tr("At the next start"))
        self.now.setChecked(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4 * GRID)
        for part in (QLabel(_tr("When")), self.now, self.next_start):
            row.addWidget(part)
        row.addStretch(1)

    @property
    def when(self) -> When:
        """What is chosen."""
        return When.NEXT_START if self.next_start.isChecked() else When.NOW


class MachinesPage(WizardPage):
    """A page that asks what is possible with machines, and again when one starts or stops."""

    def __init__(
        self, context: Context, domains: Sequence[Domain], step: str, title: str, sentence: str
    ) -> None:
        super().__init__(context, step, title, sentence)
        self.domains = tuple(domains)
        self.outlook = Outlook(self.domains, ())
        self.when = WhenChoice()
        self.when.hide()
        self.when.now.toggled.connect(self.show_outlook)
        self._unsubscribe = context.subscribe(self._on_changes)

    def begin(self) -> None:
        """Have asked what is possible."""
        names = self.domains[0].name if len(self.domains) == 1 else str(len(self.domains))
        one, many = _tr("Asking what {name} has room for..."), _tr("Asking {name} machines...")
        words = (one if len(self.domains) == 1 else many).format(name=names)
        self.look(self._find, words)

    def show_outlook(self) -> None:
        """Show what is possible now, as it is known."""

    @override
    def leave(self) -> None:
        super().leave()
        self._unsubscribe()

    async def _find(self) -> None:
        found = [await self.context.query(verbs.look, domain.ref) for domain in self.domains]
        self.outlook = Outlook(self.domains, tuple(found))
        self.when.setVisible(self.outlook.runs)
        self.show_outlook()

    def _on_changes(self, changes: tuple[Change, ...]) -> None:
        known = dict(zip((d.ref for d in self.domains), self.outlook.prospects, strict=False))
        for change in changes:
            one, record = known.get(change.ref), change.after
            if one and isinstance(record, Domain) and record.is_active != one.is_running:
                self.begin()
                return


class KindPage(MachinesPage):
    """Asks for the kind of device, with the reason against those that are not possible now."""

    def __init__(self, context: Context, domains: Sequence[Domain]) -> None:
        super().__init__(
            context,
            domains,
            _tr("Kind of device"),
            _tr("What do you want to add?"),
            _whom(domains),
        )
        set_topic(self, "add device/kind")
        self.kinds = ChoiceList(_tr("Kind of device"))
        self.kinds.offer([_option(what, "") for what in kinds.ALL])
        self.kinds.chosen.connect(lambda _key: self.edited.emit())
        self.slots = ToneLabel(tone=Tone.MUTED)
        self.slots.setWordWrap(True)
        self.more = QPushButton(_tr("Add Slots at the Next Start..."))
        self.more.setAutoDefault(False)
        self.more.hide()
        self.more.clicked.connect(self._on_more)
        self.content.addWidget(self.kinds)
        self.content.addWidget(self.when)
        line = QHBoxLayout()
        line.setSpacing(3 * GRID)
        line.addWidget(self.slots, 1)
        line.addWidget(self.more)
        self.content.addLayout(line)
        self.room = RoomRow(context, self.begin)
        self.content.addWidget(self.room)
        self.content.addStretch(1)

    @property
    def what(self) -> What:
        """What is to be added."""
        return kinds.find(self.kinds.key)

    @override
    def show_outlook(self) -> None:
        when = self.when.when
        against = partial(self.outlook.against, when=when)
        self.kinds.offer([_option(what, against(what.kind)) for what in kinds.ALL])
        self.slots.setText(self.outlook.slots())
        self.room.show_outlook(self.outlook)
        is_possible = not self.outlook.against(DeviceKind.SLOTS, When.NEXT_START)
        self.more.setVisible(self.outlook.is_full and is_possible)
        self.edited.emit()

    def _on_more(self) -> None:
        self.when.next_start.setChecked(True)
        self.kinds.choose(kinds.of(DeviceKind.SLOTS).key)
        self.kinds.setFocus()

    @override
    def leave(self) -> None:
        super().leave()
        self.room.leave()

    @override
    def verdict(self) -> Verdict:
        option = self.kinds.option
        return (option.refusal, None) if option else FITS


def _option(what: What, refusal: str) -> Option:
    return Option(what.key, what.icon, kinds.title(what), kinds.sentence(what), refusal)


def _whom(domains: Sequence[Domain]) -> str:
    if len(domains) == 1:
        return _tr("It is added to {name}.").format(name=domains[0].name)
    names = ", ".join(domain.name for domain in domains)
    return _tr("One is added to each of {count} machines: {names}.").format(
        count=len(domains), names=names
    )

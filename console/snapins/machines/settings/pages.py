"""The pages of a sheet and the list that leads to them; a page is made when it is first shown."""

from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QWidget

from backend.fields import Field
from backend.settings import Place, Plan
from console.sdk.forms import ToneLabel
from console.sdk.nodes import Tone
from console.sdk.topics import set_topic
from console.snapins.machines.settings import standing, words
from console.snapins.machines.settings.draft import Draft
from console.snapins.machines.settings.frame import Frame
from console.snapins.machines.settings.page import SettingsPage
from console.widgets.entry_list import EntryGroup, ListEntry
from console.widgets.setting_form import SettingForm

ADD: Final = "add"


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class Pages(QObject):
    """Follows the draft: what changes on one page shows in the line that leads to it."""

    edited = Signal()
    """The user has entered something else, on whichever page."""
    add_wanted = Signal()
    """A device is to be added."""
    remove_wanted = Signal(object)
    """Place: the device on that page is to be removed."""

    def __init__(
        self, draft: Draft, frame: Frame, told: Callable[[Place], str] = lambda _place: ""
    ) -> None:
        super().__init__(frame)
        self._told = told
        self._draft = draft
        self._frame = frame
        self._made: dict[str, tuple[SettingsPage, QScrollArea]] = {}
        self._add = frame.add_page(self._adding_page())
        self._plan, self._lock = Plan(()), ""
        self.show_room("")
        self._removers: list[QPushButton] = []
        frame.list.chosen.connect(self._turn_to)

    @property
    def complaint(self) -> str:
        """Why something that was entered is no value; "" if all are."""
        return next((page.complaint for page, _area in self._made.values() if page.complaint), "")

    @property
    def current(self) -> SettingsPage | None:
        """The page of settings that is shown, if one is."""
        made = self._made.get(self._frame.list.key)
        return made[0] if made else None

    def point_at(self, field: Field | None) -> None:
        """Have the keyboard at a field of the page that is shown, if it stands there."""
        page, area = self.current, self._frame.stack.currentWidget()
        widget = page.field(field) if page and field else None
        if widget and isinstance(area, QScrollArea):
            widget.setFocus()
            area.ensureWidgetVisible(widget)

    def show_standing(self, plan: Plan, lock: str) -> None:
        """Show what the draft holds and what the plan says; `lock` is why nothing can be."""
        self._plan, self._lock = plan, lock
        self._drop_outdated()
        self._frame.list.show_groups(self._groups())
        self._turn_to(self._frame.list.key)
        for page, _area in self._made.values():
            page.show_standing(plan, lock)
        for button in (self._adder, *self._removers):
            _show_reason(button, lock)

    def show_room(self, room: str) -> None:
        """Say how many free hot-plug slots there are, "" where that is not known."""
        self._room = room
        about = _tr(
            "Network adapters, disks and other devices are added by a wizard, at once or at "
            "the next start. It shows what this server and this machine have room for."
        )
        self._adding.set_sentence(f"{about}\n{room}." if room else about)

    def _groups(self) -> tuple[EntryGroup, ...]:
        room = self._room or _tr("a disk, an adapter, ...")
        adding = ListEntry(ADD, "ph.plus-circle", _tr("Add device"), room)
        hardware = [self._entry(place) for place in self._places() if place.section.is_hardware]
        management = [self._entry(p) for p in self._places() if not p.section.is_hardware]
        return (
            EntryGroup(_tr("Hardware"), (adding, *hardware)),
            EntryGroup(_tr("Management"), tuple(management)),
        )

    def _places(self) -> Iterator[Place]:
        sheet = self._draft.sheet
        return (place for place in sheet.places if standing.is_shown(sheet, place))

    def _entry(self, place: Place) -> ListEntry:
        told, tone = standing.line(self._draft, place)
        return ListEntry(
            standing.place_key(place),
            words.place_icon(place),
            words.place_title(place),
            told,
            Tone.BAD if self._is_refused(place) else tone,
        )

    def _is_refused(self, place: Place) -> bool:
        where = (place.section, place.device)
        return any(
            (change.setting.field.section, change.setting.device) == where
            for change in self._plan.refused
        )

    def _turn_to(self, key: str) -> None:
        area = self._add if key == ADD else self._page(key)
        if area is not None:
            self._frame.stack.setCurrentWidget(area)
            self._frame.put_in_order(area)

    def put_in_order(self) -> None:
        """Have Tab lead through what there is now, as one reads it."""
        area = self._frame.stack.currentWidget()
        if isinstance(area, QScrollArea):
            self._frame.put_in_order(area)

    def _page(self, key: str) -> QScrollArea | None:
        if key in self._made:
            return self._made[key][1]
        place = next((one for one in self._places() if standing.place_key(one) == key), None)
        if place is None:
            return None
        page = SettingsPage(place, self._draft, self._told)
        page.edited.connect(self.edited)
        if place.removes:
            page.foot.addLayout(_alone(self._remover(place)))
        elif standing.can_go(place):
            page.foot.addWidget(ToneLabel(_tr("It belongs to the machine itself."), Tone.MUTED))
        page.show_standing(self._plan, self._lock)
        self._made[key] = (page, self._frame.add_page(page))
        return self._made[key][1]

    def _drop_outdated(self) -> None:
        """Forget pages whose settings are no longer those of their place: a device has gone."""
        sheet = self._draft.sheet
        for key, (page, area) in list(self._made.items()):
            wanted = {entry.setting for entry in sheet.of(page.place)}
            is_there = any(standing.place_key(place) == key for place in sheet.places)
            if not is_there or wanted != set(page.settings):
                del self._made[key]
                self._frame.stack.removeWidget(area)
                area.deleteLater()

    def _remover(self, place: Place) -> QPushButton:
        button = QPushButton(_tr("Remove..."))
        button.setAccessibleName(_tr("Remove {device}").format(device=words.place_title(place)))
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.remove_wanted.emit(place))
        button.destroyed.connect(lambda: self._removers.remove(button))
        self._removers.append(button)
        _show_reason(button, self._lock)
        return button

    def _adding_page(self) -> QWidget:
        self._adding = page = SettingForm(_tr("Add device"))
        set_topic(page, "settings/add")
        self._adder = QPushButton(_tr("Add Device..."))
        self._adder.setAutoDefault(False)
        self._adder.clicked.connect(self.add_wanted)
        page.foot.addLayout(_alone(self._adder))
        return page


def _show_reason(button: QPushButton, reason: str) -> None:
    button.setEnabled(not reason)
    button.setToolTip(reason)


def _alone(button: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(button)
    row.addStretch(1)
    return row

"""Remove Device: what a machine can let go, and what comes of asking its guest."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from backend.devices import Device, DeviceKind, Removable, When
from backend.jobs import Job, JobState
from backend.model import Domain
from backend.operations import device as verbs
from console.sdk import wording
from console.sdk.context import Context
from console.sdk.forms import ToneLabel
from console.sdk.nodes import Tone
from console.sdk.topics import set_topic
from console.sdk.wizard import Wizard
from console.sdk.wizard_page import FITS, Verdict
from console.snapins.machines.devices import kinds
from console.snapins.machines.devices.course_page import CoursePage, Errand
from console.snapins.machines.devices.kind_page import MachinesPage
from console.widgets.choice_list import ChoiceList, Option


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


_TRY_AGAIN = frozenset({"GuestKeepsDevice", "GuestRefusedRemoval"})


class RemovePage(MachinesPage):
    """Asks which device goes, with the reason against those that cannot go now."""

    def __init__(self, context: Context, domain: Domain, device: Device | None) -> None:
        super().__init__(
            context,
            (domain,),
            _tr("Device"),
            _tr("What do you want to remove?"),
            _tr("It is taken from {name}. The file of a disk stays on the server.").format(
                name=domain.name
            ),
        )
        set_topic(self, "remove device/device")
        self._domain = domain
        self._wanted = _key(device) if device else ""
        self.devices = ChoiceList(_tr("Devices"))
        self.devices.chosen.connect(lambda _key: self.edited.emit())
        self.warning = ToneLabel(tone=Tone.WARNING)
        self.warning.setWordWrap(True)
        self.content.addWidget(self.devices)
        self.content.addWidget(self.when)
        self.content.addWidget(self.warning)
        self.content.addStretch(1)
        self.devices.chosen.connect(self._warn)

    @property
    def device(self) -> Device | None:
        """What is to be removed."""
        key = self.devices.key
        return next((one.device for one in self._removables() if _key(one.device) == key), None)

    @override
    def show_outlook(self) -> None:
        when = self.when.when
        self.devices.offer([_option(one, when) for one in self._removables()])
        self.devices.setVisible(bool(self._removables()))
        self.when.setVisible(self.outlook.runs and bool(self._removables()))
        if self._wanted and self._removables():
            self.devices.choose(self._wanted)
            self._wanted = ""
        self._warn()
        self.edited.emit()

    @override
    def verdict(self) -> Verdict:
        if not self._removables():
            return _tr("This machine has nothing that can be removed."), None
        option = self.devices.option
        return (option.refusal, None) if option else FITS

    def _removables(self) -> tuple[Removable, ...]:
        prospects = self.outlook.prospects
        return prospects[0].removables if prospects else ()

    def _warn(self) -> None:
        device = self.device
        is_disk = device is not None and device.kind is DeviceKind.DISK and self.outlook.runs
        self.warning.setText(
            _tr("Unmount it in the guest first: what is not yet written is lost.")
            if is_disk and self.when.when is When.NOW
            else ""
        )


class RemoveDeviceWizard(Wizard):
    """Has a device removed, and shows whether the guest let it go; if not, what can be done."""

    def __init__(
        self,
        context: Context,
        domain: Domain,
        device: Device | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._domain = domain
        self.choice = RemovePage(context, domain, device)
        self.course = CoursePage(context, _tr("Removing"), "remove device/course")
        title = _tr("Remove Device from {name}").format(name=domain.name)
        super().__init__(context, title, _tr("Remove"), (self.choice,), self.course, parent)
        self._asked: Device | None = None
        self.again = QPushButton(_tr("Ask Again"))
        self.at_next_start = QPushButton(_tr("At the Next Start"))
        self.again.clicked.connect(lambda: self._hand_in(When.NOW))
        self.at_next_start.clicked.connect(lambda: self._hand_in(When.NEXT_START))
        for button in (self.again, self.at_next_start):
            self.add_end_button(button)
        self.course.shown_changed.connect(self._offer_ways_on)
        self.choice.begin()

    @override
    async def act(self, context: Context) -> None:
        if device := self.choice.device:
            context.submit(verbs.remove, self._domain.ref, (device,), self.choice.when.when)

    @override
    async def confirm(self) -> str:
        self._asked = self.choice.device
        self._hand_in(self.choice.when.when)
        return ""

    def _hand_in(self, when: When) -> None:
        if self._asked is None:
            return
        handle = self.context.submit(verbs.remove, self._domain.ref, (self._asked,), when)
        title = self._titles(self._asked, when)
        self.course.follow(
            [Errand(self._asked.key, self._domain.name, title, handle, _tr("removing"))]
        )
        self._offer_ways_on()

    def _titles(self, device: Device, when: When) -> Callable[[Job | None], str]:
        name, called, inside = self._domain.name, kinds.called(device), kinds.inside(device)

        def title(job: Job | None) -> str:
            state = job.state if job else JobState.RUNNING
            if state is JobState.RUNNING:
                return _tr("Removing {device} from {name}").format(device=inside, name=name)
            if state is not JobState.DONE:
                return _tr("{name} still has {device}").format(device=inside, name=name)
            if when is When.NEXT_START:
                return _tr("{device} is gone from the next start on").format(device=called)
            return _tr("{name} no longer has {device}").format(device=inside, name=name)

        return title

    def _offer_ways_on(self) -> None:
        problem = self.course.job.problem if self.course.job else None
        can_ask = problem is not None and problem.message_id in _TRY_AGAIN
        for button in (self.again, self.at_next_start):
            button.setVisible(self.is_ended and can_ask)


def _key(device: Device) -> str:
    return f"{device.kind.value}:{device.key}"


def _option(one: Removable, when: When) -> Option:
    problem = one.now if when is When.NOW else one.next_start
    return Option(
        _key(one.device),
        kinds.of(one.device.kind).icon,
        kinds.called(one.device),
        _details(one.detail),
        wording.sentence(problem) if problem else "",
    )


def _details(detail: Sequence[str]) -> str:
    # One knows a disk by its name; the folders before it would push that out of sight.
    return ", ".join(word.rpartition("/")[2] or word for word in detail)

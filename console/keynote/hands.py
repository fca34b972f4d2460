"""What the presenter would do by hand: go from page to page, and through the device wizards."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog

from backend.devices import Device
from backend.jobs import Job, JobState
from backend.model import Domain, Ref
from console.keynote.patience import Mishap, Patience
from console.sdk import wording
from console.sdk.nodes import host_node_id, machines_node_id
from console.sdk.tabs import TabbedView
from console.sdk.wizard import Wizard
from console.shell.window import MainWindow
from console.snapins.machines import places
from console.snapins.machines.devices.add_wizard import AddDeviceWizard
from console.snapins.machines.devices.course_page import CoursePage
from console.snapins.machines.devices.remove_wizard import RemoveDeviceWizard
from console.snapins.machines.devices.what import What

READ_S = 2.0
LOOK_S = 30.0
JOB_S = 120.0
_ASKED_MOST: Final = 3


def _tr(text: str) -> str:
    return QCoreApplication.translate("keynote", text)


class Hands:
    """Hands at one window."""

    def __init__(self, window: MainWindow, patience: Patience) -> None:
        self._window = window
        self._patience = patience

    def show_list(self, host: str) -> None:
        """Show the list of a host's machines."""
        self._window.context.navigate(machines_node_id(host))

    def show_screens(self, host: str) -> None:
        """Show the screens of a host's machines, side by side."""
        self._show(host_node_id(host), "screens")

    def show_machine(self, ref: Ref, page: str) -> None:
        """Show a page of a machine: "display", "performance"."""
        self._show(places.machine_node_id(ref), page)

    def clear(self, subject: Ref | None = None) -> None:
        """Close the dialogs that are open, and what is said in the strips of a thing."""
        for dialog in self._window.findChildren(QDialog):
            if dialog.isVisible():
                dialog.close()
        if subject:
            self._window.panes.notices.dismiss(subject)

    async def add(self, domain: Domain, what: What) -> Job:
        """Go through Add Device; return the job once the guest has it. Raises Mishap."""
        wizard = AddDeviceWizard(self._window.context, (domain,))
        self._window.context.show_dialog(wizard)
        await self._settled(wizard)
        await self._patience.beat(READ_S)
        wizard.kind.kinds.choose(what.key)
        while wizard.page is not wizard.way()[-1]:
            await self._patience.beat(READ_S)
            await self._settled(wizard)
            if not wizard.next_button.isEnabled():
                raise Mishap(wizard.refusal)
            wizard.next_button.click()
        await self._settled(wizard)
        await self._patience.beat(READ_S)
        return _done(await self._finish(wizard, wizard.course))

    async def remove(self, domain: Domain, device: Device) -> Job:
        """Go through Remove Device. A guest that keeps the device is asked again. Raises Mishap."""
        wizard = RemoveDeviceWizard(self._window.context, domain, device)
        self._window.context.show_dialog(wizard)
        await self._settled(wizard)
        await self._patience.beat(READ_S)
        job = await self._finish(wizard, wizard.course)
        asked = 1
        while job.state is JobState.FAILED and wizard.again.isVisible() and asked < _ASKED_MOST:
            asked += 1
            await self._patience.beat(READ_S)
            job = await self._press(wizard.again.click, wizard.course, job)
        return _done(job)

    async def _finish(self, wizard: Wizard, course: CoursePage) -> Job:
        if not wizard.ok_button.isEnabled():
            raise Mishap(wizard.refusal)
        return await self._press(wizard.ok_button.click, course, None)

    async def _press(
        self, press: Callable[[], object], course: CoursePage, before: Job | None
    ) -> Job:
        """Press a button; return the job that comes of it, once it is over."""
        press()

        def look() -> Job | None:
            job = course.job
            is_new = job is not None and (before is None or job.id != before.id)
            return job if job and is_new and job.is_over else None

        return await self._patience.until(look, JOB_S, _tr("It takes too long."))

    async def _settled(self, wizard: Wizard) -> None:
        """Return once the page in front looks for nothing any more."""
        await self._patience.until(
            lambda: not wizard.page.is_looking, LOOK_S, _tr("The server does not answer.")
        )

    def _show(self, node_id: str, page: str) -> None:
        self._window.context.navigate(node_id)
        for view in self._window.findChildren(TabbedView):
            if view.isVisible():
                view.bring_forward(page)


def _done(job: Job) -> Job:
    if job.state is not JobState.DONE:
        raise Mishap(wording.sentence(job.problem) if job.problem else _tr("It was cancelled."))
    return job

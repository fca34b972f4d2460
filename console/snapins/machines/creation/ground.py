"""What the pages know of the host, and what a page of this wizard has to be able to say."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, Signal

from backend.errors import BackendError
from backend.model import Host
from backend.operations import means as questions
from backend.operations.means import Means
from backend.specs import GuestSystem, MachineSpec
from console.sdk import wording
from console.sdk.context import Context, Unsubscribe
from console.sdk.forms import Row
from console.sdk.wizard_page import WizardPage
from console.snapins.machines.devices.outlook import Offered


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class Ground(QObject):
    """A host, what it has for new machines, and the system that the chosen source installs.

    `is_copy`: it is made from a machine that is there, and only the pages of that ask anything.
    """

    changed = Signal()
    """What the host has is known, or known anew."""
    recognised = Signal()
    """Another system than before is what will be installed."""

    def __init__(self, context: Context, host: Host) -> None:
        super().__init__()
        self.context = context
        self.host = host
        self.means: Means | None = None
        self.system: GuestSystem | None = None
        self.is_copy = False
        self._end: Unsubscribe | None = None

    async def look(self) -> None:
        """Ask the host. Raises BackendError."""
        self.means = await self.context.query(questions.look, self.host.ref)
        self.changed.emit()

    def ask_free_memory(self) -> None:
        """Have the host asked how much is free now; who does not answer leaves it as it was."""
        if self.means and self._end is None:
            self._end = self.context.run(self._ask_free_memory())

    def leave(self) -> None:
        """Nobody needs to know any more."""
        if self._end:
            self._end()

    def take(self, system: GuestSystem | None) -> None:
        """Have that as what will be installed; None: nobody knows."""
        if system != self.system:
            self.system = system
            self.recognised.emit()

    async def _ask_free_memory(self) -> None:
        try:
            free = await self.context.query(questions.free_memory, self.host.ref)
        except BackendError:
            free = 0
        finally:
            self._end = None
        if self.means and free:
            self.means = replace(self.means, free_memory_bytes=free)
            self.changed.emit()

    def pools(self) -> list[tuple[Offered, str]]:
        """Return where disks can be made, each with its words."""
        text = _tr("{name}, {free} free")
        return [
            (
                Offered(pool.name, wording.sentence(pool.problem) if pool.problem else ""),
                text.format(name=pool.name, free=wording.size(pool.available_bytes)),
            )
            for pool in (self.means.pools if self.means else ())
        ]

    def free_bytes(self, pool: str) -> int:
        """Return what is free in a pool, 0 if that is not known."""
        found = self.means.pools if self.means else ()
        return next((one.available_bytes for one in found if one.name == pool), 0)


class AskingPage(WizardPage):
    """A page of this wizard: it fills in its part of the spec, and says that part in words."""

    is_tall = True

    def fill(self, spec: MachineSpec) -> MachineSpec:
        """Return the spec with what this page asks for."""
        return spec

    def facts(self) -> tuple[Row, ...]:
        """Return what this page asks for, in words."""
        return ()

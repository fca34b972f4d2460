"""Where each cause leads: to the very setting that helps, or to who else uses the server."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend.diagnosis.causes import LIMITED, Cause
from backend.diagnosis.examine import Finding
from backend.fields import Field, Section
from backend.model import Domain, Kind, Ref
from backend.settings import Place
from console.sdk.context import Context
from console.sdk.nodes import host_node_id
from console.snapins.machines.settings.opening import open_sheets
from console.snapins.machines.settings.standing import place_key

SERVER_PAGE: Final = "server_performance"
_FIELDS: Final[Mapping[Cause, Field]] = {
    Cause.BALLOON: Field.MEMORY_STARTUP,
    Cause.GUEST_MEMORY: Field.MEMORY_STARTUP,
    Cause.CPU_LIMIT: Field.PROCESSOR_QUOTA_US,
    Cause.CPU_FULL: Field.PROCESSOR_COUNT,
    Cause.DISK_LIMIT: Field.DRIVE_TOTAL_BYTES_S,
    Cause.NETWORK_LIMIT: Field.ADAPTER_IN_AVERAGE,
    Cause.NETWORK_DROPS: Field.ADAPTER_QUEUES,
}
"""What of a machine helps; where nothing does, it is the server that has to be looked at."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


@dataclass(frozen=True, slots=True)
class Lead:
    """Where to go on: a field of the machine's settings, or (None) its server's page."""

    field: Field | None
    device: str = ""

    @property
    def words(self) -> str:
        """What stands on the button."""
        return _tr("Open Settings...") if self.field else _tr("Look at the Server")

    @property
    def icon(self) -> str:
        """The button's icon."""
        return "ph.gear" if self.field else "ph.desktop-tower"

    def follow(self, context: Context, domain: Domain) -> None:
        """Go there."""
        if self.field is None:
            host = domain.ref.host
            context.navigate(host_node_id(host), Ref(host, Kind.HOST, host), SERVER_PAGE)
            return
        place = Place(self.field.section, self.device)
        open_sheets.show(context, domain).turn_to(place_key(place), self.field)


def lead(finding: Finding) -> Lead:
    """Return where a cause leads: of a limit that is reached, to that one."""
    field = _reached(finding) or _FIELDS.get(finding.cause)
    is_of_a_device = field is not None and field.section in (Section.DRIVE, Section.ADAPTER)
    return Lead(field, finding.device if is_of_a_device else "")


def _reached(finding: Finding) -> Field | None:
    limited = {quantity: field for field, quantity in LIMITED.items()}
    of_limits = (one for one in finding.evidence if one.limit is not None and one.is_reached)
    return next((limited[one.quantity] for one in of_limits), None)

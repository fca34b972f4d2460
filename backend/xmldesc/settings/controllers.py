"""Controllers: https://libvirt.org/formatdomain.html#controllers ."""

from typing import Final

from backend.settings import Field, Value, ValueKind
from backend.xmldesc import tree
from backend.xmldesc.settings.declared import Declared, among, between, if_said
from backend.xmldesc.settings.lens import AMOUNT, Attribute, Computed, forget_address

_MODEL: Final = Attribute(".", "model")


def _is_scsi(element: tree.Element) -> bool:
    return element.get("type") == "scsi"


def _write_model(element: tree.Element, value: Value) -> None:
    _MODEL.write(element, value)
    forget_address(element)  # another model may be on another bus


DECLARED: Final = (
    Declared(
        Field.CONTROLLER_MODEL,
        ValueKind.WORD,
        Computed(_MODEL.read, _write_model),
        among("virtio-scsi", "lsilogic", "lsisas1068", "megasas"),
        applies=_is_scsi,
        runs_as=if_said,
    ),
    Declared(
        Field.CONTROLLER_QUEUES,
        ValueKind.NUMBER,
        Attribute("driver", "queues", AMOUNT),
        between(1, 256),
        applies=_is_scsi,
    ),
)

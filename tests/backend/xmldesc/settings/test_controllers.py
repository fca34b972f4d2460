"""SCSI controllers have a model and queues; each controller has a name of its own."""

from backend.settings import Field
from tests.backend.xmldesc.settings.pages import Machine

TEXT = """<devices><controller type='scsi' index='0' model='lsilogic'><address type='pci'/>
</controller><controller type='usb' index='0'/><controller type='usb' index='0'/></devices>"""


def test_another_model_has_another_place() -> None:
    machine = Machine(TEXT).set(Field.CONTROLLER_MODEL, "virtio-scsi", "scsi:0")
    assert machine.get(Field.CONTROLLER_MODEL, "scsi:0") == "virtio-scsi"
    assert "<address" not in machine.text()
    assert not machine.has(Field.CONTROLLER_MODEL, "usb:0")

"""What cannot be together is told, and which settings have a part in it."""

import pytest

from backend.settings import Field
from backend.xmldesc.settings import harmony
from tests.backend.xmldesc.settings.pages import Machine

DISK = "<devices><disk><target dev='vda'/><iotune>{}</iotune></disk></devices>"
NIC = "<devices><interface><bandwidth><inbound {}/></bandwidth></interface></devices>"


@pytest.mark.parametrize(
    ("text", "field", "problem"),
    [
        (DISK.format("<total_bytes_sec>1</total_bytes_sec><read_bytes_sec>1</read_bytes_sec>"),
         Field.DRIVE_READ_BYTES_S, "LimitsExclude"),
        (DISK.format("<total_iops_sec>1</total_iops_sec><write_iops_sec>1</write_iops_sec>"),
         Field.DRIVE_TOTAL_IOPS, "LimitsExclude"),
        (NIC.format("peak='1'"), Field.ADAPTER_IN_PEAK, "NeedsOther"),
        ("<devices><watchdog action='reset'/></devices>", Field.WATCHDOG_ACTION, "NeedsOther"),
    ],
)  # fmt: skip
def test_what_excludes_each_other(text: str, field: Field, problem: str) -> None:
    ((settings, found),) = harmony.conflicts(Machine(text).root)
    assert field in {setting.field for setting in settings}
    assert found.message_id == problem


@pytest.mark.parametrize(
    "text",
    [
        DISK.format("<total_bytes_sec>1</total_bytes_sec><read_iops_sec>1</read_iops_sec>"),
        NIC.format("peak='1' average='1'"),
        NIC.format("floor='1'"),
        "<devices><watchdog model='ib700' action='reset'/></devices>",
    ],
)
def test_what_goes_together(text: str) -> None:
    assert list(harmony.conflicts(Machine(text).root)) == []

"""Everything is decided before anything is made; images themselves are tested in tests/live."""

from pathlib import Path

import pytest

from backend.operations import machine, planning
from backend.operations.planning import MachinePlan
from backend.specs import MachineSpec, Placing, SourceKind
from tests.backend.conftest import Heard
from tests.backend.operations.test_host import HOST


def planned(heard: Heard, spec: MachineSpec) -> MachinePlan:
    return heard.engine.query(machine.plan, HOST, spec).result(20)


def test_volumes_and_definition_agree(heard: Heard) -> None:
    before = set(heard.records)
    plan = planned(heard, MachineSpec("web", SourceKind.DVD_IMAGE, disk_bytes=2**30))
    (volume,) = plan.volumes
    assert (volume.name, volume.format, volume.size_bytes) == ("web.qcow2", "qcow2", 2**30)
    assert plan.pool
    assert plan.domain.disks[0].source == str(Path(plan.pool.path) / "web.qcow2")
    assert set(heard.records) == before, "nothing is made"


def test_an_image_to_be_used_in_place_has_to_be_there(heard: Heard) -> None:
    spec = MachineSpec(
        "web", SourceKind.DISK_IMAGE, path=Path("/none.qcow2"), placing=Placing.IN_PLACE
    )
    with pytest.raises(Exception, match="ImageMissing"):
        planned(heard, spec)


def test_generated_addresses_are_qemus_own() -> None:
    assert {planning.new_mac()[:8] for _ in range(3)} == {"52:54:00"}
    assert len({planning.new_mac() for _ in range(20)}) == 20

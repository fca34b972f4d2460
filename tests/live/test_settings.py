"""Every field of Settings on a real definition: set, read back from libvirt, taken back, the same.

No guest is needed: what libvirt makes of a definition is what is asked. Each field is set to each
of some values; each time another client says what the definition is, and was.
"""

import subprocess
from collections.abc import Iterator

import libvirt
import pytest

from backend.fields import Field
from backend.jobs import JobState
from backend.model import Domain, Kind, Ref
from backend.operations.script import virsh
from backend.operations.script.request import Request
from backend.operations.settings import sheet
from backend.operations.undo import undoing
from backend.settings import NOW, Edit, Effect, Plan, Setting, Sheet
from tests.backend.operations.script.known import Records
from tests.live.settings_table import MACHINE, TABLE, UUID, Row
from tests.live.stage import Stage


@pytest.fixture(scope="module")
def machine(stage: Stage) -> Iterator[Ref]:
    """A machine with a device of each kind."""
    connect = libvirt.open(stage.host().uri)
    connect.defineXML(MACHINE)
    ref = Ref("live", Kind.DOMAIN, UUID)
    stage.heard.until(lambda: ref in stage.heard.records)
    yield ref
    connect.lookupByUUIDString(UUID).undefineFlags(libvirt.VIR_DOMAIN_UNDEFINE_NVRAM)
    connect.close()


def look(stage: Stage, machine: Ref) -> Sheet:
    found = stage.must(sheet.look, machine).result
    assert isinstance(found, Sheet)
    return found


def definition(stage: Stage) -> str:
    """Return the definition as another client of libvirt sees it, with what is secret."""
    connect = libvirt.open(stage.host().uri)
    try:
        flags = libvirt.VIR_DOMAIN_XML_INACTIVE | libvirt.VIR_DOMAIN_XML_SECURE
        return str(connect.lookupByUUIDString(UUID).XMLDesc(flags))
    finally:
        connect.close()


def is_doubted(stage: Stage, machine: Ref, edits: tuple[Edit, ...]) -> bool:
    """Return whether a plan says that the host cannot do it."""
    planned = stage.must(sheet.plan, machine, NOW, edits).result
    assert isinstance(planned, Plan)
    return not planned.refused and any(change.problem for change in planned.changes)


def test_the_table_has_every_field() -> None:
    assert {row.field for row in TABLE} == set(Field) - {Field.DRIVE_SIZE}


@pytest.mark.parametrize("row", TABLE, ids=[f"{row.field.value}-{row.device}" for row in TABLE])
def test_a_field_round_trips(stage: Stage, machine: Ref, row: Row) -> None:
    for value in row.values:
        before = definition(stage)
        edits = (*row.given, Edit(row.setting, value))
        job = stage.do(sheet.apply, machine, NOW, edits)
        if job.problem and is_doubted(stage, machine, edits):
            # What this host's hypervisor does not even keep: the plan said why.
            assert job.problem.detail
            assert definition(stage) == before
            continue
        assert job.state is JobState.DONE, job
        assert isinstance(job.result, Plan)
        assert job.result.effect(row.setting), "nothing would have changed"
        is_renamed = row.field is Field.ADAPTER_MAC
        name = Setting(row.field, str(value)) if is_renamed else row.setting
        found = look(stage, machine).entry(name)
        assert found
        assert found.value == value
        assert row.field is Field.AUTOSTART or definition(stage) != before
        assert job.inverse
        stage.must(undoing(job.inverse), machine)
        assert definition(stage) == before


def test_what_cannot_be_is_refused_with_its_reason(stage: Stage, machine: Ref) -> None:
    before = definition(stage)
    edits = (Edit(Setting(Field.NAME_NOTES), "n"), Edit(Setting(Field.DRIVE_BUS, "vda"), "floppy"))
    job = stage.do(sheet.apply, machine, NOW, edits)
    assert job.problem
    assert job.problem.message_id == "ValueNotOffered"
    assert definition(stage) == before
    assert all(e.effect is Effect.NOW for e in look(stage, machine).entries if e.problem is None)


def test_a_script_does_the_same(stage: Stage, machine: Ref) -> None:
    before = definition(stage)
    edits = (
        Edit(Setting(Field.PROCESSOR_COUNT), 4),
        Edit(Setting(Field.NAME_NOTES), "it's <new>"),
        Edit(Setting(Field.DRIVE_CACHE, "vda"), "none"),
    )
    planned = stage.must(sheet.plan, machine, NOW, edits).result
    record = stage.heard.records[machine]
    assert isinstance(record, Domain)
    request = Request(sheet.apply, machine, (NOW, edits), plan=planned)
    text = virsh.dump("t", [request], Records(stage.host(), record), str)
    subprocess.run(["/bin/sh"], input=text, text=True, check=True, capture_output=True)
    after = definition(stage)
    assert stage.must(sheet.apply, machine, NOW, edits).result == Plan(())
    assert definition(stage) == after != before


def test_a_disk_grows_for_good(stage: Stage) -> None:
    guest = stage.create("grown")
    assert guest.record.configuration
    size = Setting(Field.DRIVE_SIZE, guest.record.configuration.disks[0].target)
    entry = look(stage, guest.ref).entry(size)
    assert entry
    assert isinstance(entry.value, int)
    before, wanted = entry.value, entry.value + 2**20
    for value, problem in ((before - 2**20, "SizeTooSmall"), (before + 1, "ValueNotOffered")):
        refused = stage.do(sheet.apply, guest.ref, NOW, (Edit(size, value),)).problem
        assert refused
        assert refused.message_id == problem
    job = stage.must(sheet.apply, guest.ref, NOW, (Edit(size, wanted),))
    assert job.inverse is None
    entry = look(stage, guest.ref).entry(size)
    assert entry
    assert entry.value == wanted
    assert str(wanted) in stage.virsh("domblkinfo", guest.name, size.device)
    guest.remove()


def test_a_secret_stays_and_is_not_shown(stage: Stage, machine: Ref) -> None:
    edits = (
        Edit(Setting(Field.PROCESSOR_COUNT), 3),
        Edit(Setting(Field.DISPLAY_KEYMAP, "0"), "de"),
    )
    planned = stage.must(sheet.plan, machine, NOW, edits).result
    job = stage.must(sheet.apply, machine, NOW, edits)
    assert "passwd='secret'" in definition(stage)
    assert "secret" not in f"{planned} {job.result} {job.inverse}"
    assert job.inverse
    stage.must(undoing(job.inverse), machine)

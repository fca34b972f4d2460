"""Machines from descriptions: looked over without a trace, defined whole, or not at all."""

from collections.abc import Callable

import pytest

from backend.jobs import JobState
from backend.model import Firmware, Kind, Ref
from backend.operations import definition, domain
from backend.operations.definition import Claim, Examination
from backend.operations.script import python, virsh
from backend.operations.script.request import Request, made_by
from backend.refusals import PartRefused
from console.sdk import wording
from tests.backend.operations.script.known import Records
from tests.live.stage import HOST, Guest, Stage
from tests.live.test_scripts import in_python, in_sh

pytestmark = pytest.mark.live
UUID = "0b5fa6f0-6a31-4d63-b2f5-3a1e3c1d7c01"
MAC = "52:54:00:12:34:56"
XML = f"""<domain type='qemu'>
  <!-- a remark of mine -->
  <name>written</name>
  <uuid>{UUID}</uuid>
  <memory unit='MiB'>64</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <features><acpi/></features>
  <devices>
    <disk type='file'><source file='/nowhere/x.qcow2'/><target dev='sda' bus='sata'/></disk>
    <interface type='network'><mac address='{MAC}'/><source network='nowhere'/></interface>
    <graphics type='vnc' passwd='hunter2'/>
  </devices>
</domain>
"""


def examined(stage: Stage, text: str) -> Examination:
    return stage.engine.query(definition.examine, HOST, text).result(30)


def remarks(found: Examination) -> list[str]:
    return [remark.message_id for remark in found.remarks]


def defined(stage: Stage, text: str, claim: Claim = Claim.NEW) -> Guest:
    job = stage.must(definition.define, HOST, text, claim)
    assert isinstance(job.result, Ref)
    record = stage.heard.records[job.result]
    return Guest(stage, job.result, record.name)  # type: ignore[union-attr]


def refused(stage: Stage, text: str, claim: Claim = Claim.NEW) -> str:
    before = {name: stage.virsh("dumpxml", "--inactive", name) for name in stage.virsh.names()}
    job = stage.do(definition.define, HOST, text, claim)
    assert job.state is JobState.FAILED
    assert job.problem
    after = {name: stage.virsh("dumpxml", "--inactive", name) for name in stage.virsh.names()}
    assert after == before
    return job.problem.message_id


def test_what_is_missing_and_left_out_is_told_and_nothing_happens(stage: Stage) -> None:
    since = len(stage.heard.changes)
    found = examined(stage, XML)
    assert found.claims == (Claim.NEW,)
    assert remarks(found) == ["PartLeftOut", "NetworkNotThere", "DiskNotThere"]
    left_out = found.remarks[0]
    assert (left_out["line"], left_out["part"]) == (2, "<!-- a remark of mine -->")
    assert "written" not in stage.virsh.names()
    told = [change for change in stage.heard.changes[since:] if change.ref.kind is Kind.DOMAIN]
    assert not told


def test_what_the_schema_refuses_is_refused_before(stage: Stage) -> None:
    with pytest.raises(PartRefused, match="<nonsense>"):
        examined(stage, XML.replace("<devices>", "<devices><nonsense/>"))


def test_what_the_hypervisor_would_not_start_is_a_remark(stage: Stage) -> None:
    found = examined(stage, XML.replace("machine='q35'", "machine='no-such'"))
    assert "HypervisorDoubts" in remarks(found)


def test_it_is_defined_as_it_is_written(stage: Stage) -> None:
    guest = defined(stage, XML)
    assert guest.ref.key == UUID
    made = stage.virsh.description("written")
    assert made.findtext("uuid") == UUID
    assert made.find("devices/interface/mac").attrib["address"] == MAC  # type: ignore[union-attr]
    assert "passwd='hunter2'" in stage.virsh("dumpxml", "--security-info", "written")
    found = examined(stage, XML)
    assert found.claims == (Claim.REPLACE,)
    assert found.namesake == guest.ref
    assert not any("hunter2" in line for line in found.difference)
    guest.remove()


@pytest.mark.parametrize(
    ("text", "message_id"),
    [
        (XML.replace("</os>", "</so>"), "XmlBroken"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]>" + XML, "XmlForbidden"),
        ("<network><name>a</name></network>", "WrongDescription"),
        (XML.replace("<devices>", "<devices><nonsense/>"), "DescriptionRefused"),
        (XML.replace(UUID, "no-uuid"), "UuidInvalid"),
        (XML.replace("MiB'>64", "MiB'>sixty"), "DescriptionRefused"),
        (XML + " " * 2**20, "DescriptionTooLarge"),
    ],
)
def test_what_is_refused_leaves_nothing(stage: Stage, text: str, message_id: str) -> None:
    assert refused(stage, text) == message_id


def test_clashes_are_told_apart(stage: Stage) -> None:
    guest = defined(stage, XML)
    renamed = XML.replace("<name>written", "<name>second")
    found = examined(stage, renamed)
    assert (found.claims, found.twin) == ((Claim.NEW_IDENTITY,), "written")
    assert {"DiskShared", "AddressShared"} <= set(remarks(found))
    assert refused(stage, XML) == "NameTaken"
    assert refused(stage, renamed) == "UuidTaken"
    second = defined(stage, renamed, Claim.NEW_IDENTITY)
    assert second.ref.key != UUID
    made = stage.virsh.description("second")
    assert made.find("devices/interface/mac").attrib["address"] != MAC  # type: ignore[union-attr]
    mixed = XML.replace(UUID, second.ref.key)
    assert examined(stage, mixed).claims == ()
    second.remove()
    guest.remove()


def test_a_definition_is_replaced_or_stays_whole(stage: Stage) -> None:
    guest = defined(stage, XML)
    wanted = XML.replace("'MiB'>64", "'MiB'>128").replace(f"<uuid>{UUID}</uuid>", "")
    assert any("131072" in line or "128" in line for line in examined(stage, wanted).difference)
    again = defined(stage, wanted, Claim.REPLACE)
    assert again.ref == guest.ref
    assert stage.virsh.description("written").findtext("memory") == "131072"
    bad = wanted.replace("<devices>", "<devices><nonsense/>")
    assert refused(stage, bad, Claim.REPLACE) == "DescriptionRefused"
    guest.remove()
    assert refused(stage, wanted, Claim.REPLACE) == "Gone"


@pytest.mark.parametrize("firmware", Firmware)
def test_the_examples_are_good(stage: Stage, firmware: Firmware) -> None:
    text = stage.engine.query(definition.example, HOST, firmware).result(30)
    found = examined(stage, text)
    assert remarks(found) == ["DiskNotThere"], found.remarks
    guest = defined(stage, text)
    configuration = guest.record.configuration
    assert configuration
    assert configuration.firmware is firmware
    guest.remove()


def test_descriptions_are_read_without_secrets(stage: Stage) -> None:
    guest = defined(stage, XML)
    told = stage.engine.query(definition.describe, guest.ref).result(30)
    assert told.live == ""
    assert "<name>written</name>" in told.next_start
    assert "hunter2" not in told.next_start
    guest.remove()


@pytest.mark.parametrize("way", [in_sh, in_python], ids=["virsh", "python"])
def test_its_script_defines_and_starts_it(stage: Stage, way: Callable[..., str]) -> None:
    bare = stage.engine.query(definition.example, HOST, Firmware.BIOS).result(30)
    text = bare.replace('<boot order="1"/>', "")
    text = text[: text.index("<disk")] + text[text.index("</disk>") + len("</disk>") :]
    way(
        stage, Request(definition.define, HOST, (text, Claim.NEW)),
        Request(domain.start, made_by(0, "live")),
    )  # fmt: skip
    stage.virsh.until("example", "running")
    stage.heard.until(lambda: any(r.name == "example" for r in stage.domains()))
    (record,) = (r for r in stage.domains() if r.name == "example")
    guest = Guest(stage, record.ref, "example")
    guest.until(lambda r: r.is_active)
    guest.remove()


def test_no_password_is_in_a_script(stage: Stage) -> None:
    known = Records(*stage.heard.records.values())
    request = Request(definition.define, HOST, (XML, Claim.NEW))
    told = virsh.dump("t", [request], known, wording.sentence)
    assert "hunter2" not in told
    assert "A password stands in this description" in told
    assert "hunter2" not in python.dump("t", [request], known, wording.sentence)

"""Descriptions on libvirt's test driver, and files that hold them; QEMU's are tests/live's."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from backend.errors import BackendError, EffectNotSeen, NotSupported
from backend.host.managed import ManagedHost
from backend.hypervisor import commands
from backend.inventory import Inventory
from backend.model import Host, HostState, Kind, Ref
from backend.operations import defining, definition
from backend.operations.definition import Claim
from backend.refusals import DescriptionNotRead, DescriptionTooLarge, PartRefused
from backend.specs import HostSpec
from backend.xmldesc import written
from tests.backend.conftest import Heard
from tests.backend.operations.test_host import HOST

XML = (
    "<domain type='test'><name>written</name><memory>65536</memory>"
    "<os><type>hvm</type></os></domain>"
)


def test_faults_are_found_without_a_host() -> None:
    assert definition.fault(XML) is None
    told = definition.fault("<domain>")
    assert told
    assert told.message_id == "XmlBroken"


def test_it_is_defined_and_its_reference_returned(heard: Heard) -> None:
    job = heard.end_of(heard.engine.submit(definition.define, HOST, XML))
    assert isinstance(job.result, Ref), job
    assert heard.domain(job.result.key)
    again = heard.end_of(heard.engine.submit(definition.define, HOST, XML))
    assert again.problem
    assert again.problem.message_id == "NameTaken"
    more = XML.replace("65536", "131072")
    replaced = heard.end_of(heard.engine.submit(definition.define, HOST, more, Claim.REPLACE))
    assert replaced.result == job.result


KEY = "11111111-2222-4333-8444-555555555555"
KEYED = XML.replace("<memory>", f"<uuid>{KEY}</uuid><memory>")


async def _later(host: ManagedHost, change: Callable[[Any], object]) -> None:
    """What somebody else does as soon as the machine is there, and then its effect is not seen."""
    await host.tell(change)
    raise EffectNotSeen(seconds=15)


def _failing(monkeypatch: pytest.MonkeyPatch, change: Callable[[Any], object]) -> None:
    monkeypatch.setattr(defining, "_seen", lambda host, _ref: _later(host, change))


def _name(heard: Heard, key: str) -> str:
    async def ask(host: ManagedHost, _ref: Ref) -> str:
        return await host.ask(lambda connect: commands.name_of(connect, key))

    return heard.engine.query(ask, HOST).result(20)


def test_what_was_defined_goes_again_where_it_was_not_seen(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    _failing(monkeypatch, lambda _connect: None)
    job = heard.end_of(heard.engine.submit(definition.define, HOST, KEYED))
    assert job.problem
    assert job.problem.message_id == "EffectNotSeen"
    assert _name(heard, KEY) == ""


@pytest.mark.parametrize("verb", ["started", "changed"])
def test_what_somebody_else_has_taken_up_meanwhile_stays(
    heard: Heard, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    changes: dict[str, Callable[[Any], object]] = {
        "started": lambda connect: commands.start(connect, KEY),
        "changed": lambda connect: connect.defineXML(KEYED.replace("65536", "131072")),
    }
    _failing(monkeypatch, changes[verb])
    job = heard.end_of(heard.engine.submit(definition.define, HOST, KEYED))
    assert job.problem
    assert _name(heard, KEY) == "written"


def test_a_machine_that_had_its_uuid_first_stays(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard.end_of(heard.engine.submit(definition.define, HOST, KEYED.replace("written", "first")))

    async def free(*_: object) -> None:
        return  # as it was a moment before

    monkeypatch.setattr(defining, "require_free", free)
    job = heard.end_of(heard.engine.submit(definition.define, HOST, KEYED))
    assert job.problem
    assert job.problem.message_id == "DescriptionRefused"
    assert _name(heard, KEY) == "first"


def test_a_new_definition_is_taken_back_only_as_it_was_left(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard.end_of(heard.engine.submit(definition.define, HOST, KEYED))
    theirs = KEYED.replace("65536", "262144")
    _failing(monkeypatch, lambda connect: connect.defineXML(theirs))
    ours = KEYED.replace("65536", "131072")
    heard.end_of(heard.engine.submit(definition.define, HOST, ours, Claim.REPLACE))

    async def text(host: ManagedHost, _ref: Ref) -> str:
        return await host.ask(lambda connect: commands.describe(connect, KEY))

    assert "262144" in heard.engine.query(text, HOST).result(20)
    _failing(monkeypatch, lambda _connect: None)
    heard.end_of(heard.engine.submit(definition.define, HOST, ours, Claim.REPLACE))
    assert "262144" in heard.engine.query(text, HOST).result(20)


def test_it_is_looked_over(heard: Heard) -> None:
    found = heard.engine.query(definition.examine, HOST, XML).result(20)
    assert found.claims == (Claim.NEW,)
    assert found.remarks == ()
    taken = heard.engine.query(definition.examine, HOST, XML.replace("written", "test")).result(20)
    assert taken.claims == (Claim.REPLACE,)
    assert any(line.startswith("-") for line in taken.difference)


def test_what_is_left_out_is_told_by_the_line_of_the_text_itself(heard: Heard) -> None:
    text = XML.replace("<memory>", "<!-- a -->\n\n<memory>").replace(
        "<os><type>", "<!-- b --><os><type arch='x86_64' machine='q35'>"
    )
    found = heard.engine.query(definition.examine, HOST, text).result(20)
    told = [(r["line"], r["part"]) for r in found.remarks if r.message_id == "PartLeftOut"]
    assert told == [(1, "<!-- a -->"), (3, "<!-- b -->")]


@pytest.mark.parametrize(
    ("good", "bad", "line", "part"),
    [
        ("<vcpu>1</vcpu>", "<nonsense/>", 2, "<nonsense>"),
        ("bus='sata'", "buss='sata'", 5, '<target buss="sata">'),
        ("bus='sata'", "bus='sata' odd='1'", 5, '<target odd="1">'),
        ("type='vnc'", "type='fnc'", 6, "<graphics>"),
    ],
)
def test_what_the_schema_refuses_is_named_with_its_line(
    heard: Heard, good: str, bad: str, line: int, part: str
) -> None:
    text = """<domain type='test'><name>w</name><memory>65536</memory>
    <vcpu>1</vcpu><os><type>hvm</type></os>
    <devices>
      <disk type='file'><source file='/a'/>
        <target dev='sda' bus='sata'/></disk>
      <graphics type='vnc'/>
    </devices></domain>"""
    assert heard.engine.query(definition.examine, HOST, text).result(20)
    with pytest.raises(PartRefused) as raised:
        heard.engine.query(definition.examine, HOST, text.replace(good, bad)).result(60)
    assert raised.value.arguments == {"line": line, "part": part}
    assert raised.value.detail


def read(heard: Heard, path: Path) -> str:
    return heard.engine.query(definition.read_file, HOST, path).result(20)


def test_a_file_is_read_whatever_it_begins_with(heard: Heard, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<domain>ü</domain>", encoding="utf-8-sig")
    assert read(heard, path) == "<domain>ü</domain>"


def test_what_is_no_text_is_refused_and_nothing_waited_for(heard: Heard, tmp_path: Path) -> None:
    fifo, large, binary = (tmp_path / name for name in ("fifo", "large", "binary"))
    os.mkfifo(fifo)
    with large.open("wb") as file:
        file.truncate(2**40)  # sparse
    binary.write_bytes(b"\xff\xfe\x00")
    cases: dict[Path, type[BackendError]] = {
        fifo: DescriptionNotRead, large: DescriptionTooLarge, binary: DescriptionNotRead,
        tmp_path: DescriptionNotRead, tmp_path / "none": DescriptionNotRead,
        Path("/dev/zero"): DescriptionNotRead,
    }  # fmt: skip
    for path, error in cases.items():
        with pytest.raises(error):
            read(heard, path)
    assert written.SIZE_MAXIMUM < 2**22, "libvirt itself takes no more in one call"


class Far:
    """A host elsewhere, as far as a description is looked over."""

    def __init__(self) -> None:
        self.inventory = Inventory()
        self.spec = HostSpec("far", "Far", "qemu+ssh://far/system")
        self.embedded = None
        self.record = Host(Ref("far", Kind.HOST, "far"), "Far", self.spec.uri, HostState.CONNECTED)

    async def run_locally(self, function: Callable[[], object], *, deadline_s: float) -> object:
        return function()

    async def ask(self, _question: object) -> None:
        raise NotSupported


async def test_a_host_far_away_may_know_more_than_we_do() -> None:
    odd = XML.replace("</os>", "</os><nonsense/>")
    found = await definition.examine(cast("ManagedHost", Far()), Ref("far", Kind.HOST, "far"), odd)
    assert [remark.message_id for remark in found.remarks] == ["PartRefused"]
    assert found.claims == (Claim.NEW,)

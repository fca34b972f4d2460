"""Descriptions on libvirt's test driver, and files that hold them; QEMU's are tests/live's."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from backend.errors import BackendError, NotSupported
from backend.host.managed import ManagedHost
from backend.inventory import Inventory
from backend.model import Host, HostState, Kind, Ref
from backend.operations import definition
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

"""A medium is recognised by what its head says, and a system is what it derives from as well."""

import pytest

from backend.model import Firmware
from backend.xmldesc.osinfo import HEAD_BYTES, Database, Medium, read_head

OLD = """<libosinfo><os id="http://x/1"><name>One</name><name xml:lang="de">Eins</name>
<resources arch="all"><minimum><ram>1024</ram><storage>4096</storage><n-cpus>1</n-cpus></minimum>
<recommended><ram>2048</ram></recommended></resources>
<devices><device id="http://pcisig.com/pci/1af4/1041"/>
<device id="http://pcisig.com/pci/1af4/1042"/><device id="http://pcisig.com/pci/1af4/1050"/>
</devices>
<media arch="x86_64"><iso><volume-id>^ONE</volume-id></iso></media></os></libosinfo>"""
NEW = """<libosinfo><os id="http://x/2"><name>Two</name><derives-from id="http://x/1"/>
<firmware arch="x86_64" type="bios" supported="false"/>
<devices><device id="http://pcisig.com/pci/1af4/1050" supported="false"/></devices>
<media arch="x86_64"><iso><volume-id>^ONE</volume-id><system-id>TWO</system-id></iso></media>
<media arch="aarch64"><iso><volume-id>^ARM</volume-id></iso></media>
<media arch="x86_64"><iso><volume-id>(</volume-id></iso></media></os></libosinfo>"""
EXTRA = """<libosinfo><os id="http://x/1">
<devices><device id="http://pcisig.com/pci/1af4/1001"/></devices></os></libosinfo>"""


@pytest.fixture
def database() -> Database:
    return Database([OLD, NEW, EXTRA])


def test_a_system_says_what_it_needs(database: Database) -> None:
    one = database.system("http://x/1")
    assert one
    assert (one.name, one.least_memory_bytes, one.memory_bytes) == ("One", 1024, 2048)
    assert (one.least_disk_bytes, one.disk_bytes, one.least_vcpus) == (4096, 4096, 1)
    assert one.firmware is None
    assert one.has_virtio_disk
    assert one.has_virtio_net
    assert one.has_virtio_video


def test_what_it_derives_from_counts_unless_it_says_otherwise(database: Database) -> None:
    two = database.system("http://x/2")
    assert two
    assert (two.name, two.memory_bytes, two.firmware) == ("Two", 2048, Firmware.UEFI)
    assert two.has_virtio_disk
    assert not two.has_virtio_video


@pytest.mark.parametrize(
    ("medium", "name"),
    [
        (Medium(volume="ONE 1.0"), "One"),
        (Medium(volume="ONE 1.0", system="TWO"), "Two"),
        (Medium(volume="ARM"), ""),
        (Medium(volume="something"), ""),
        (Medium(), ""),
    ],
)
def test_who_asks_for_more_knows_better(database: Database, medium: Medium, name: str) -> None:
    found = database.recognise(medium)
    assert (found.name if found else "") == name


def test_the_head_of_a_disc() -> None:
    head = bytearray(HEAD_BYTES)
    head[1:6] = b"CD001"
    head[8:40], head[40:72] = b"LINUX".ljust(32), b"Debian 12".ljust(32)
    head[80:84], head[128:130] = (7).to_bytes(4, "little"), (2048).to_bytes(2, "little")
    head[318:446], head[574:702] = b"WHO".ljust(128), b"\0" * 128
    assert read_head(bytes(head)) == Medium("LINUX", "Debian 12", "WHO", "", 7 * 2048)
    assert read_head(b"short") == Medium()
    assert read_head(bytes(HEAD_BYTES)) == Medium()


def test_no_system_of_that_name(database: Database) -> None:
    assert database.system("http://x/3") is None


def test_the_newest_of_a_line_comes_first() -> None:
    texts = [
        f"<libosinfo><os id='x/{name}'><name>{name}</name></os></libosinfo>"
        for name in ("Some 10", "Some 9", "another")
    ]
    found = [name for _id, name in Database(texts).names()]
    assert found == ["another", "Some 10", "Some 9"]

"""Room is patched in: what is there already goes along, and what nobody knows here stays."""

import libvirt
import pytest

from backend.xmldesc import domain, room, tree

FOREIGN = """<domain type='qemu' xmlns:x='urn:x'><name>f</name>
<memory unit='MiB'>512</memory><currentMemory unit='MiB'>256</currentMemory>{vcpu}
<os><type arch='x86_64' machine='q35'>hvm</type></os><x:kept/>{cpu}
<devices>{devices}<x:kept/></devices></domain>"""


def foreign(vcpu: str = "<vcpu>2</vcpu>", cpu: str = "", devices: str = "") -> tree.Element:
    return tree.read(FOREIGN.format(vcpu=vcpu, cpu=cpu, devices=devices))


def accept(root: tree.Element) -> None:
    """Have libvirt itself take it."""
    text = tree.write(root).replace("type='qemu'", "type='test'").replace('"qemu"', '"test"')
    connect = libvirt.open("test:///default")
    connect.defineXML(text).undefine()
    connect.close()


def test_memory_room_makes_a_node_of_what_is_there() -> None:
    root = foreign(
        devices="<memory model='dimm'><target><size unit='MiB'>128</size></target></memory>"
    )
    room.give_memory_room(root, 2**32, 16)
    cell = root.find("cpu/numa/cell")
    assert cell is not None
    assert (cell.get("cpus"), cell.get("memory")) == ("0-1", str(384 * 1024))
    made = domain.parse(tree.write(root)).configuration
    assert (made.memory_room_bytes, made.memory_slots) == (2**32, 16)
    assert len(root.findall(".//{urn:x}kept")) == 2
    accept(root)


def test_memory_room_leaves_the_nodes_and_slots_that_there_are() -> None:
    root = foreign(cpu="<cpu><numa><cell id='0' cpus='0-1' memory='512' unit='MiB'/></numa></cpu>")
    root.insert(0, tree.read("<maxMemory slots='32' unit='MiB'>600</maxMemory>"))
    room.give_memory_room(root, 2**31, 16)
    assert tree.attribute(root, "maxMemory", "slots") == "32"
    assert tree.bytes_at(root, "maxMemory") == 2**31
    assert len(root.findall("cpu/numa/cell")) == 1


def test_more_memory_goes_on_the_first_node() -> None:
    root = foreign(cpu="<cpu><numa><cell id='0' cpus='0-1' memory='512' unit='MiB'/></numa></cpu>")
    room.add_memory(root, 128 * 2**20)
    assert tree.bytes_at(root, "memory") == 640 * 2**20
    assert tree.bytes_at(root, "currentMemory") == 384 * 2**20
    assert tree.attribute(root, "cpu/numa/cell", "memory") == str(640 * 1024)
    accept(root)


@pytest.mark.parametrize(
    ("topology", "maximum", "expected"),
    [
        ("<topology sockets='1' cores='2' threads='1'/>", 6, ("1", "6")),
        ("<topology sockets='2' cores='1' threads='1'/>", 5, ("5", "1")),
        ("<topology sockets='1' cores='1' threads='2'/>", 5, ("1", "3")),
    ],
)
def test_more_processors_fit_the_topology(
    topology: str, maximum: int, expected: tuple[str, str]
) -> None:
    root = foreign(cpu=f"<cpu>{topology}</cpu>")
    room.set_processors(root, 2, maximum)
    found = root.find("cpu/topology")
    assert found is not None
    assert (found.get("sockets"), found.get("cores")) == expected
    made = domain.parse(tree.write(root)).configuration
    assert made.vcpus == 2
    assert made.vcpus_maximum >= maximum
    accept(root)


def test_single_processors_and_nodes_go_along() -> None:
    root = foreign(
        vcpu="<vcpu>2</vcpu><vcpus><vcpu id='0' enabled='yes' hotpluggable='no'/>"
        "<vcpu id='1' enabled='yes' hotpluggable='yes'/></vcpus>",
        cpu="<cpu><numa><cell id='0' cpus='0-1' memory='512' unit='MiB'/></numa></cpu>",
    )
    room.set_processors(root, 3, 4)
    told = [(one.get("id"), one.get("enabled")) for one in root.iterfind("vcpus/vcpu")]
    assert told == [("0", "yes"), ("1", "yes"), ("2", "yes"), ("3", "no")]
    assert tree.attribute(root, "cpu/numa/cell", "cpus") == "0-3"
    accept(root)


def test_all_processors_from_the_start_leave_no_rest() -> None:
    root = foreign(vcpu="<vcpu current='1'>4</vcpu>")
    room.set_processors(root, 4, 4)
    assert tree.attribute(root, "vcpu", "current") == ""


def test_less_memory_and_fewer_processors_go_along_too() -> None:
    root = foreign(
        vcpu="<vcpu current='1'>8</vcpu>",
        cpu="<cpu><numa><cell id='0' cpus='0-5,^2' memory='300' unit='MiB'/>"
        "<cell id='1' cpus='2,6,7' memory='212' unit='MiB'/></numa></cpu>",
    )
    room.set_processors(root, 1, 4)
    assert [c.get("cpus") for c in root.iterfind("cpu/numa/cell")] == ["0-1,3", "2"]
    room.set_memory(root, 412 * 2**20)
    assert tree.attribute(root, "cpu/numa/cell", "memory") == str(200 * 1024)
    accept(root)


def test_room_that_is_too_small_grows_along() -> None:
    root = foreign()
    room.give_memory_room(root, 2**30, 16)
    room.set_memory(root, 2**31)
    assert tree.bytes_at(root, "maxMemory") == 2**32
    accept(root)


def test_a_new_topology_is_one_socket() -> None:
    root = foreign()
    room.add_topology(root, 4)
    room.set_processors(root, 2, 4)
    assert tree.attribute(root, "cpu/topology", "cores") == "4"
    accept(root)

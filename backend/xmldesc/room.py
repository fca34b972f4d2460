"""Room to grow in a description: for memory and processors that come while it runs.

An edit patches the tree: whatever else stands in it stays. https://libvirt.org/formatdomain.html
(maxMemory, vcpu, cpu/topology, cpu/numa)
"""

from backend.xmldesc import devices, tree

_KIB = 1024
_NODE_MINIMUM_BYTES = 2**20


def give_memory_room(root: tree.Element, maximum_bytes: int, slots: int) -> None:
    """The machine can be given memory while it runs, up to `maximum_bytes` in all.

    QEMU has that only where memory belongs to NUMA nodes; a machine without any gets one.
    """
    room = root.find("maxMemory")
    if room is None:
        room = tree.new("maxMemory")
        root.insert(0, room)
    room.set("slots", str(max(slots, int(room.get("slots", "0")))))
    _write(room, maximum_bytes)
    if root.find("cpu/numa/cell") is None:
        cpus = int(tree.text_of(root, "vcpu", "1"))
        numa = tree.add(_child(root, "cpu"), "numa")
        memory = tree.bytes_at(root, "memory") - devices.memory_in_modules(root)
        tree.add(numa, "cell", id="0", cpus=_range(0, cpus), memory=str(memory // _KIB), unit="KiB")


def add_memory(root: tree.Element, more_bytes: int) -> None:
    """The machine starts with that much more memory."""
    current = tree.bytes_at(root, "currentMemory")
    set_memory(root, tree.bytes_at(root, "memory") + more_bytes)
    if current:
        _write(_child(root, "currentMemory"), current + more_bytes)


def set_memory(root: tree.Element, total_bytes: int) -> None:
    """The machine has that much memory in all: what differs is on its first NUMA node, if any.

    What that one cannot lose the others do. Room for more that would be too small grows along.
    """
    more_bytes = total_bytes - tree.bytes_at(root, "memory")
    _write(_child(root, "memory"), total_bytes)
    for cell in root.iterfind("cpu/numa/cell"):
        size = int(cell.get("memory", "0")) * tree.UNITS.get(str(cell.get("unit", "KiB")), _KIB)
        left = max(size + more_bytes, min(size, _NODE_MINIMUM_BYTES))
        more_bytes -= left - size
        cell.set("memory", str(left // _KIB))
        cell.set("unit", "KiB")
    room = root.find("maxMemory")
    if room is not None and tree.bytes_at(root, "maxMemory") <= total_bytes:
        _write(room, 2 * total_bytes)


def set_processors(root: tree.Element, count: int, maximum: int) -> None:
    """The machine starts with `count` processors and can have `maximum` while it runs.

    What is said of their order (sockets and cores, single ones, NUMA nodes) goes along; the maximum
    may come out larger where whole sockets are to be filled.
    """
    vcpu = _child(root, "vcpu")
    before = int((vcpu.text or "1").strip())
    maximum = fit_topology(root, maximum) if maximum != before else maximum
    vcpu.text = str(maximum)
    if count < maximum:
        vcpu.set("current", str(count))
    else:
        vcpu.attrib.pop("current", "")
    single = root.find("vcpus")
    if single is not None:
        _fit_single(single, count, maximum)
    for number, cell in enumerate(root.iterfind("cpu/numa/cell")):
        cpus = {cpu for cpu in _numbers(cell.get("cpus", "")) if cpu < maximum}
        cell.set("cpus", _spelt(cpus | set(range(before, maximum)) if number == 0 else cpus))


def fit_topology(root: tree.Element, maximum: int) -> int:
    """Fit the topology, where there is one, to `maximum` processors; return how many it has then.

    One of a single socket gets other cores, another one other sockets.
    """
    found = root.find("cpu/topology")
    if found is None:
        return maximum
    grows = "cores" if found.get("sockets", "1") == "1" else "sockets"
    others = 1
    for name in ("sockets", "dies", "clusters", "cores", "threads"):
        others *= int(found.get(name, "1")) if name != grows else 1
    number = -(-maximum // others)
    found.set(grows, str(number))
    return number * others


def add_topology(root: tree.Element, maximum: int) -> None:
    """All processors are cores of one socket: of sockets Windows for desktops uses two at most."""
    if root.find("cpu/topology") is None:
        tree.add(_child(root, "cpu"), "topology", sockets="1", dies="1", cores=str(maximum),
                 threads="1")  # fmt: skip


def _fit_single(single: tree.Element, count: int, maximum: int) -> None:
    listed = {int(one.get("id", "0")): one for one in single.iterfind("vcpu")}
    for number in range(maximum):
        one = listed.get(number)
        if one is None:
            one = tree.add(single, "vcpu", id=str(number), hotpluggable="yes")
        one.set("enabled", "yes" if number < count else "no")
    for number, one in listed.items():
        if number >= maximum:
            single.remove(one)


def _child(root: tree.Element, tag: str) -> tree.Element:
    found = root.find(tag)
    return tree.add(root, tag) if found is None else found


def _write(element: tree.Element, size_bytes: int) -> None:
    element.text = str(size_bytes // _KIB)
    element.set("unit", "KiB")


def _range(first: int, end: int) -> str:
    return str(first) if end - first == 1 else f"{first}-{end - 1}"


def _numbers(cpus: str) -> set[int]:
    """Return the processors of a set as libvirt writes it: "0-3,^2,7"."""
    found: set[int] = set()
    for part in (word.strip() for word in cpus.split(",") if word.strip()):
        first, _, last = part.removeprefix("^").partition("-")
        numbers = set(range(int(first), int(last or first) + 1))
        found = found - numbers if part.startswith("^") else found | numbers
    return found


def _spelt(cpus: set[int]) -> str:
    starts = sorted(cpu for cpu in cpus if cpu - 1 not in cpus)
    ends = sorted(cpu + 1 for cpu in cpus if cpu + 1 not in cpus)
    return ",".join(_range(first, end) for first, end in zip(starts, ends, strict=True))

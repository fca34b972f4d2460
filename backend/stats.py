"""Samples from counters: rates, shares and latencies, each over the time between two readings.

Pure over the raw figures (virConnectGetAllDomainStats's names) and a clock; `backend.host` reads
them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from backend.measures import Group, Measure, Place
from backend.model import Ref
from backend.series import NO_FIGURES, Sample

_KIB: Final = 1024
_NS: Final = 1e-9
_RUNNING: Final = frozenset({None, 1, 2})
"""virDomainState: running, blocked; None where the host does not tell."""
_SAME_LIFE_S: Final = 1.0

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Level:
    """What stands as it is: `name` times `scale`."""

    measure: Measure
    name: str
    scale: float = 1.0

    def read(self, now: Raw, _then: Raw | None, _since_s: float) -> float | None:
        value = now.get(self.name)
        return None if value is None else float(value) * self.scale


@dataclass(frozen=True, slots=True)
class _Rate:
    """How fast counters went up, all together, times `scale`."""

    measure: Measure
    names: tuple[str, ...]
    scale: float = 1.0

    def read(self, now: Raw, then: Raw | None, since_s: float) -> float | None:
        grown = _growth(now, then, self.names)
        return None if grown is None or since_s <= 0 else grown * self.scale / since_s


@dataclass(frozen=True, slots=True)
class _Each:
    """How much of one counter (ns) there was for each step of another."""

    measure: Measure
    name: str
    steps: str

    def read(self, now: Raw, then: Raw | None, _since_s: float) -> float | None:
        grown, steps = _growth(now, then, (self.name,)), _growth(now, then, (self.steps,))
        return grown * _NS / steps if steps and grown is not None else None


_Rule = _Level | _Rate | _Each
M = Measure
_MEMORY: Final[tuple[_Rule, ...]] = (
    _Level(M.MEMORY_ASSIGNED, "current", _KIB),
    _Level(M.MEMORY_MAXIMUM, "maximum", _KIB),
    _Level(M.MEMORY_USABLE, "usable", _KIB),
    _Level(M.MEMORY_CACHE, "disk_caches", _KIB),
    _Level(M.MEMORY_RESIDENT, "rss", _KIB),
    _Rate(M.SWAP_IN, ("swap_in",), _KIB),
    _Rate(M.SWAP_OUT, ("swap_out",), _KIB),
    _Rate(M.FAULTS_MAJOR, ("major_fault",)),
    _Rate(M.FAULTS_MINOR, ("minor_fault",)),
)
_PROCESSOR: Final[tuple[_Rule, ...]] = (
    _Rate(M.VCPU, ("time",), _NS),
    _Rate(M.VCPU_DELAY, ("delay",), _NS),
    _Rate(M.VCPU_WAIT, ("wait",), _NS),
)
_DRIVE: Final[tuple[_Rule, ...]] = (
    _Rate(M.DISK_READ, ("rd.bytes",)),
    _Rate(M.DISK_WRITE, ("wr.bytes",)),
    _Rate(M.DISK_READS, ("rd.reqs",)),
    _Rate(M.DISK_WRITES, ("wr.reqs",)),
    _Rate(M.DISK_FLUSHES, ("fl.reqs",)),
    _Each(M.DISK_READ_LATENCY, "rd.times", "rd.reqs"),
    _Each(M.DISK_WRITE_LATENCY, "wr.times", "wr.reqs"),
    _Each(M.DISK_FLUSH_LATENCY, "fl.times", "fl.reqs"),
    _Rate(M.DISK_QUEUE, ("rd.times", "wr.times", "fl.times"), _NS),
)
_ADAPTER: Final[tuple[_Rule, ...]] = (
    _Rate(M.NETWORK_IN, ("rx.bytes",)),
    _Rate(M.NETWORK_OUT, ("tx.bytes",)),
    _Rate(M.PACKETS_IN, ("rx.pkts",)),
    _Rate(M.PACKETS_OUT, ("tx.pkts",)),
    _Rate(M.DROPS_IN, ("rx.drop",)),
    _Rate(M.DROPS_OUT, ("tx.drop",)),
    _Rate(M.ERRORS_IN, ("rx.errs",)),
    _Rate(M.ERRORS_OUT, ("tx.errs",)),
)


def _by_name(rules: Iterable[_Rule]) -> dict[str, list[_Rule]]:
    found: dict[str, list[_Rule]] = {}
    for rule in rules:
        found.setdefault(rule.names[0] if isinstance(rule, _Rate) else rule.name, []).append(rule)
    return found


_RULES: Final = {
    Group.MEMORY: _by_name(_MEMORY),
    Group.PROCESSORS: _by_name(_PROCESSOR),
    Group.DRIVES: _by_name(_DRIVE),
    Group.ADAPTERS: _by_name(_ADAPTER),
}
"""By the first counter that a rule needs: of nine a driver may tell one, each second."""
_SHARES: Final = frozenset({M.VCPU, M.VCPU_DELAY, M.VCPU_WAIT})
_SUMMED: Final = frozenset(rule.measure for rule in (*_DRIVE, *_ADAPTER) if isinstance(rule, _Rate))
FILE_SYSTEMS_MOST: Final = 32
_NAME_MOST: Final = 200
_NUMBERED_MOST: Final = 10_000
_FILESYSTEM: Final = {M.FILESYSTEM_USED: "used-bytes", M.FILESYSTEM_SIZE: "total-bytes"}
_IMAGES: Final = frozenset({"squashfs", "iso9660", "udf", "cdfs", "cramfs", "erofs"})
"""File systems that are made full and stay so: how full they are is no news."""
_COUNTING: Final = ("rd.bytes", "rx.bytes")
"""What each drive or adapter has that counts at all: an empty one may not."""
_OVER_ALL: Final = {M.VCPU_DELAY: M.CPU_DELAY, M.VCPU_WAIT: M.CPU_WAIT}


@dataclass(frozen=True, slots=True)
class Bearer:
    """What is known of a machine beside its figures.

    `adapters` are MAC addresses by the host's end (vnet0), which has another name with each start;
    `since` is when it was started, in Unix seconds, None where nobody can tell.
    """

    processors: int = 1
    adapters: Mapping[str, str] | None = None
    since: float | None = None


class Meter:
    """One machine's counters, read again and again; not every reading has all of them."""

    def __init__(self, ref: Ref) -> None:
        self._ref = ref
        self._before: dict[Group, tuple[float, dict[str, Raw]]] = {}
        self._told: dict[Group, Mapping[Place, float]] = {}
        # What is the same from one reading to the next is the same object: readings are many.
        self._places: dict[Place, Place] = {}
        self._held: tuple[frozenset[Group], Mapping[Place, float]] = (frozenset(), NO_FIGURES)
        self._since: float | None = None

    def read(self, at: float, figures: Raw, bearer: Bearer, when: float = 0.0) -> Sample:
        """Return the sample at monotonic second `at`, which is `when` in Unix seconds.

        The first one has no rates, nor has a device that just came or whose counters began anew.
        Each group's rates are over the time since that group was read the last time.
        """
        self._begin_life(bearer.since)
        if figures.get("state.state") not in _RUNNING:
            # No rate over a time in which it stood still.
            self._forget()
            levels = _levels(_MEMORY, _under("balloon", figures))
            return Sample(self._ref, at, levels, when=when)
        grouped = _grouped(figures, bearer.adapters or {})
        held = self._held_beside(frozenset(grouped))
        read: dict[Place, float] = {}
        for group, places in grouped.items():
            new = self._read_group(group, at, places, bearer)
            told = {self._places.setdefault(place, place): value for place, value in new.items()}
            self._told[group] = told
            read |= told
        return Sample(self._ref, at, read or NO_FIGURES, held, when)

    def _held_beside(self, read: frozenset[Group]) -> Mapping[Place, float]:
        """Return the figures of the groups that are not read now."""
        if self._held[0] != read:
            beside = [told for group, told in self._told.items() if group not in read]
            self._held = (read, _together(beside))
        return self._held[1]

    def _forget(self) -> None:
        self._before.clear()
        self._told.clear()
        self._held = (frozenset(), NO_FIGURES)

    def _begin_life(self, since: float | None) -> None:
        if since is None:
            return
        if self._since is not None and abs(since - self._since) > _SAME_LIFE_S:
            self._forget()  # turned off and on between two readings
        self._since = since

    def _read_group(
        self, group: Group, at: float, places: dict[str, Raw], bearer: Bearer
    ) -> dict[Place, float]:
        before_at, before = self._before.get(group, (at, {}))
        self._before[group] = (at, places)
        since_s = at - before_at
        if group is Group.TIME:
            grown = _growth(places[""], before.get(""), ("time",))
            if grown is None or since_s <= 0:
                return {}
            used = grown * _NS / max(1, bearer.processors) / since_s
            return {(M.CPU, ""): min(1.0, used)}
        told = {
            (rule.measure, device): _whole(rule.measure, value)
            for device, raw in places.items()
            for rule in _rules(group, raw)
            if (value := rule.read(raw, before.get(device), since_s)) is not None
        }
        if group is Group.MEMORY:
            told |= _memory_used(places[""])
        counting = sum(any(name in raw for name in _COUNTING) for raw in places.values())
        return told | _sums(told, counting)


def inside_figures(told: Raw) -> dict[Place, float]:
    """Return the figures that an agent told, by virDomainGetGuestInfo's names.

    Guests name their file systems as they like: of the FILE_SYSTEMS_MOST nearest to the root.
    """
    figures: dict[Place, float] = {}
    for name, raw in _file_systems(told)[:FILE_SYSTEMS_MOST]:
        for measure, key in _FILESYSTEM.items():
            if key in raw:
                figures[measure, name] = float(raw[key])
    if "load.1m" in told:
        figures[M.LOAD, ""] = float(told["load.1m"])
    return figures


def unread_file_systems(told: Raw) -> int:
    """Return of how many file systems that an agent told there are no figures."""
    return max(0, len(_file_systems(told)) - FILE_SYSTEMS_MOST)


def _file_systems(told: Raw) -> list[tuple[str, Raw]]:
    count = min(int(told.get("fs.count", 0)), _NUMBERED_MOST)
    found = {
        name: raw
        for _, raw in _numbered("fs", count, told)
        if 0 < len(name := str(raw.get("mountpoint", ""))) <= _NAME_MOST
        and raw.get("fstype") not in _IMAGES
    }
    return sorted(found.items(), key=lambda one: (one[0].count("/"), one[0]))


def _growth(now: Raw, then: Raw | None, names: Iterable[str]) -> float | None:
    """Return by how much counters grew; None if one is not known, or began anew."""
    if then is None:
        return None
    total = 0.0
    for name in names:
        here, there = now.get(name), then.get(name)
        if here is None or there is None or here < there:
            return None
        total += here - there
    return total


def _rules(group: Group, raw: Raw) -> Iterator[_Rule]:
    for name, rules in _RULES[group].items():
        if name in raw:
            yield from rules


def _whole(measure: Measure, value: float) -> float:
    return min(1.0, value) if measure in _SHARES else value


def _sums(told: Mapping[Place, float], devices: int) -> dict[Place, float]:
    """Return what all devices have together; nothing of what one of them does not tell."""
    parts: dict[Measure, list[float]] = {}
    for (measure, _device), value in told.items():
        if measure in _SUMMED or measure in _OVER_ALL:
            parts.setdefault(measure, []).append(value)
    sums: dict[Place, float] = {}
    for measure, values in parts.items():
        if over_all := _OVER_ALL.get(measure):
            sums[over_all, ""] = sum(values) / len(values)
        elif len(values) == devices:
            sums[measure, ""] = sum(values)
    return sums


def _memory_used(raw: Raw) -> dict[Place, float]:
    # What the guest says it uses, if its balloon driver tells.
    available, usable = raw.get("available"), raw.get("usable")
    if available is None or usable is None:
        return {}
    return {(M.MEMORY_USED, ""): float(available - usable) * _KIB}


def _levels(rules: Iterable[_Rule], raw: Raw) -> dict[Place, float]:
    return {
        (rule.measure, ""): value
        for rule in rules
        if isinstance(rule, _Level) and (value := rule.read(raw, None, 0.0)) is not None
    }


def _together(parts: list[Mapping[Place, float]]) -> Mapping[Place, float]:
    if len(parts) < 2:
        return parts[0] if parts else NO_FIGURES
    return {place: value for part in parts for place, value in part.items()}


def _grouped(figures: Raw, adapters: Mapping[str, str]) -> dict[Group, dict[str, Raw]]:
    """Return the raw figures of the groups that were read, by device."""
    found: dict[Group, dict[str, Raw]] = {}
    if "cpu.time" in figures:
        found[Group.TIME] = {"": {"time": figures["cpu.time"]}}
    if balloon := _under("balloon", figures):
        found[Group.MEMORY] = {"": balloon}
    if "vcpu.maximum" in figures:
        count = int(figures["vcpu.maximum"])
        found[Group.PROCESSORS] = {
            str(number): raw for number, raw in _numbered("vcpu", count, figures) if "time" in raw
        }
    if "block.count" in figures:
        count = int(figures["block.count"])
        found[Group.DRIVES] = {
            str(raw["name"]): raw for _, raw in _numbered("block", count, figures) if "name" in raw
        }
    if "net.count" in figures:
        count = int(figures["net.count"])
        found[Group.ADAPTERS] = {
            adapters.get(str(raw["name"]), str(raw["name"])): raw
            for _, raw in _numbered("net", count, figures)
            if "name" in raw
        }
    return found


def _under(prefix: str, figures: Raw) -> Raw:
    start = f"{prefix}."
    size = len(start)
    return {name[size:]: value for name, value in figures.items() if name.startswith(start)}


def _numbered(prefix: str, count: int, figures: Raw) -> Iterator[tuple[int, Raw]]:
    devices: list[dict[str, Any]] = [{} for _ in range(count)]
    start = f"{prefix}."
    for name, value in figures.items():
        if name.startswith(start):
            _, number, rest = name.split(".", 2) if name.count(".") > 1 else ("", "", "")
            if number.isdigit() and int(number) < count:
                devices[int(number)][rest] = value
    yield from enumerate(devices)

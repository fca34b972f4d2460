import pytest

from backend.hostmeter import HostMeter
from backend.measures import Measure
from backend.model import Kind, Ref

M = Measure
REF = Ref("h", Kind.HOST, "h")


def told(busy_s: float, idle_s: float, waiting_s: float = 0.0) -> dict[str, dict[str, int]]:
    spent = {"user": busy_s / 2, "kernel": busy_s / 2, "idle": idle_s, "iowait": waiting_s}
    memory = {"total": 1000, "free": 300, "buffers": 50, "cached": 150}
    return {"": {f"{name}.ns": int(value * 1e9) for name, value in spent.items()} | memory}


def test_processors_are_a_share_of_all_and_caches_are_no_use() -> None:
    meter = HostMeter(REF)
    first = meter.read(1.0, told(0, 0), {})
    assert first.figure(M.HOST_CPU) is None
    assert first.figure(M.HOST_MEMORY_SIZE) == 1000 * 1024
    assert first.figure(M.HOST_MEMORY_USED) == 500 * 1024
    sample = meter.read(2.0, told(3, 4, 1), {}, when=77.0)
    assert sample.figure(M.HOST_CPU) == pytest.approx(3 / 8)
    assert sample.figure(M.HOST_CPU_WAITING) == pytest.approx(1 / 8)
    assert sample.when == 77.0


def test_memory_that_is_shared_is_no_cache() -> None:
    meter = HostMeter(REF)
    assert meter.read(1.0, told(0, 0), {"shared": 100}).figure(M.HOST_MEMORY_USED) == 600 * 1024
    between = meter.read(2.0, told(1, 1), {})
    assert between.figure(M.HOST_MEMORY_USED) == 600 * 1024, "it is not read each time"
    odd = meter.read(3.0, told(2, 2), {"shared": 900})
    assert odd.figure(M.HOST_MEMORY_USED) == 650 * 1024, "no more than the cache"


def test_file_systems_are_told_and_held_while_they_are_not_read() -> None:
    meter = HostMeter(REF)
    first = meter.read(1.0, told(0, 0), {"disk.used:/": 60, "disk.free:/": 40})
    assert first.figures[M.HOST_FILESYSTEM_USED, "/"] == 60 * 1024
    assert first.figures[M.HOST_FILESYSTEM_SIZE, "/"] == 100 * 1024
    between = meter.read(2.0, told(1, 1), {})
    assert (M.HOST_FILESYSTEM_USED, "/") not in between.figures
    assert between.figure(M.HOST_FILESYSTEM_USED, "/") == 60 * 1024
    assert meter.read(31.0, told(2, 2), {}).figure(M.HOST_FILESYSTEM_USED, "/") == 60 * 1024
    lost = meter.read(32.0, told(3, 3), {})
    assert lost.figure(M.HOST_FILESYSTEM_USED, "/") is None, "the way there is broken"


def test_counters_that_went_back_are_a_gap() -> None:
    meter = HostMeter(REF)
    meter.read(1.0, told(5, 5), {"cpu.some": 10})
    assert meter.read(2.0, told(1, 6), {"cpu.some": 5}).figure(M.HOST_CPU) is None
    assert meter.read(3.0, told(2, 7), {"cpu.some": 6}).figure(M.HOST_CPU) == pytest.approx(0.5)


def test_each_node_is_told() -> None:
    meter = HostMeter(REF)
    node = {"user.ns": 0, "idle.ns": 0, "total": 10, "free": 4}
    meter.read(1.0, {"": {}, "1": node}, {})
    sample = meter.read(2.0, {"": {}, "1": {**node, "user.ns": 1, "idle.ns": 3}}, {})
    assert sample.figure(M.NODE_CPU, "1") == 0.25
    assert sample.figure(M.NODE_MEMORY_USED, "1") == 6 * 1024
    assert sample.figure(M.HOST_CPU) is None


def test_pressure_is_over_its_own_time_and_held_between() -> None:
    meter = HostMeter(REF)
    meter.read(0.0, {}, {"io.some": 0, "swap.out": 0})
    between = meter.read(5.0, {}, {})
    assert between.figure(M.PRESSURE_DISK) is None
    sample = meter.read(10.0, {}, {"io.some": 2_500_000, "swap.out": 100})
    assert sample.figure(M.PRESSURE_DISK) == pytest.approx(0.25)
    assert sample.figure(M.HOST_SWAP_OUT) == pytest.approx(40960.0)
    assert sample.figure(M.PRESSURE_MEMORY) is None
    later = meter.read(11.0, {}, {})
    assert later.figures == {}
    assert later.held[M.PRESSURE_DISK, ""] == pytest.approx(0.25)

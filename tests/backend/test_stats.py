import pytest

from backend.measures import Measure
from backend.model import Kind, Ref
from backend.series import Sample
from backend.stats import FILE_SYSTEMS_MOST, Bearer, Meter, inside_figures, unread_file_systems

M = Measure
REF = Ref("h", Kind.DOMAIN, "u")
ONE, TWO = Bearer(1), Bearer(2)


def figures(cpu_s: float, read: int = 0, received: int = 0) -> dict[str, object]:
    return {
        "cpu.time": int(cpu_s * 1e9),
        "balloon.current": 1024,
        "balloon.available": 1000,
        "balloon.usable": 400,
        "block.count": 2,
        "block.0.name": "vda",
        "block.0.rd.bytes": read,
        "block.1.name": "vdb",
        "block.1.rd.bytes": read,
        "net.count": 1,
        "net.0.name": "vnet0",
        "net.0.rx.bytes": received,
    }


def test_the_first_reading_has_no_rates() -> None:
    sample = Meter(REF).read(10.0, figures(5), TWO)
    assert (sample.cpu, sample.disk_read_bytes_s) == (None, None)
    assert sample.memory_assigned_bytes == 1024 * 1024
    assert sample.memory_used_bytes == 600 * 1024


def test_rates_are_over_the_time_between() -> None:
    meter = Meter(REF)
    meter.read(10.0, figures(5), TWO)
    sample = meter.read(12.0, figures(7, read=100, received=300), TWO)
    assert sample.cpu == pytest.approx(0.5)  # 2 s of processor time in 2 s, of two processors
    assert sample.disk_read_bytes_s == pytest.approx(100.0)  # two disks
    assert sample.network_in_bytes_s == pytest.approx(150.0)


def test_processor_time_never_shows_more_than_all() -> None:
    meter = Meter(REF)
    meter.read(10.0, figures(5), TWO)
    assert meter.read(10.5, figures(9), TWO).cpu == 1.0


def test_counters_that_begin_anew_give_no_rate() -> None:
    meter = Meter(REF)
    meter.read(10.0, figures(5, read=500), TWO)
    sample = meter.read(11.0, figures(1, read=20), TWO)
    assert (sample.cpu, sample.disk_read_bytes_s) == (None, None)


def test_a_driver_that_tells_nothing_gives_an_empty_sample() -> None:
    meter = Meter(REF)
    meter.read(1.0, {}, TWO)
    sample = meter.read(2.0, {}, TWO)
    assert (sample.cpu, sample.memory_assigned_bytes, sample.network_in_bytes_s) == (None,) * 3


def device(**counters: int) -> dict[str, object]:
    return {
        "state.state": 1,
        "block.count": 1,
        "block.0.name": "vda",
        "block.0.rd.bytes": counters.get("read", 0),
        "block.0.wr.bytes": counters.get("written", 0),
        "net.count": 1,
        "net.0.name": "vnet0",
        "net.0.rx.bytes": counters.get("received", 0),
        "net.0.tx.bytes": counters.get("sent", 0),
    }


def rates(sample: Sample, came: Measure, went: Measure) -> dict[str, tuple[float | None, ...]]:
    found = sample.devices(came)
    return {device: (sample.figure(came, device), sample.figure(went, device)) for device in found}


def drives(sample: Sample) -> dict[str, tuple[float | None, ...]]:
    return rates(sample, M.DISK_READ, M.DISK_WRITE)


def adapters(sample: Sample) -> dict[str, tuple[float | None, ...]]:
    return rates(sample, M.NETWORK_IN, M.NETWORK_OUT)


def test_each_device_has_its_own_traffic() -> None:
    meter = Meter(REF)
    assert drives(meter.read(0.0, device(), ONE)) == {}
    sample = meter.read(2.0, device(read=200, written=20, received=4, sent=2), ONE)
    assert drives(sample) == {"vda": (100.0, 10.0)}
    assert adapters(sample) == {"vnet0": (2.0, 1.0)}
    assert drives(meter.read(3.0, device(), ONE)) == {}, "its counters began anew"


def test_a_device_that_just_came_has_no_rate_yet() -> None:
    meter = Meter(REF)
    meter.read(0.0, {"block.count": 0, "net.count": 0}, ONE)
    assert drives(meter.read(1.0, device(read=100), ONE)) == {}


def test_a_machine_that_stands_still_has_no_rates_not_even_just_after() -> None:
    meter = Meter(REF)
    meter.read(0.0, figures(1), ONE)
    still = meter.read(1.0, {**figures(1), "state.state": 3}, ONE)
    assert (still.cpu, still.disk_read_bytes_s) == (None, None)
    assert still.memory_assigned_bytes == 1024 * 1024
    assert meter.read(2.0, figures(1), ONE).cpu is None
    assert meter.read(3.0, figures(1.5), ONE).cpu == pytest.approx(0.25 * 2)


def test_a_counter_that_is_read_now_and_then_keeps_its_rate_between() -> None:
    meter = Meter(REF)
    partly = {name: value for name, value in figures(5).items() if not name.startswith("block")}
    meter.read(10.0, figures(5), TWO)
    assert meter.read(11.0, partly, TWO).disk_read_bytes_s is None
    assert meter.read(14.0, figures(5, read=400), TWO).disk_read_bytes_s == pytest.approx(200.0)
    between = meter.read(15.0, partly, TWO)
    assert between.disk_read_bytes_s == pytest.approx(200.0)
    assert between.network_in_bytes_s == pytest.approx(0.0)
    assert meter.read(16.0, {**partly, "state.state": 3}, TWO).disk_read_bytes_s is None
    assert meter.read(17.0, partly, TWO).disk_read_bytes_s is None


def test_what_all_drives_read_is_not_told_while_one_of_them_is_not_known() -> None:
    meter = Meter(REF)
    meter.read(0.0, device(read=1), ONE)
    two = {**device(read=11), "block.count": 2, "block.1.name": "vdb", "block.1.rd.bytes": 5}
    sample = meter.read(1.0, two, ONE)
    assert sample.figure(M.DISK_READ, "vda") == 10.0
    assert sample.figure(M.DISK_READ) is None
    empty = {**device(read=21), "block.count": 2, "block.1.name": "sda"}
    assert meter.read(2.0, empty, ONE).figure(M.DISK_READ) == 10.0, "no disc is in the drive"


def test_latency_is_the_time_of_an_operation_and_the_queue_what_was_under_way() -> None:
    def at(requests: int, spent_ns: int) -> dict[str, object]:
        counted = {"rd.reqs": requests, "rd.times": spent_ns, "wr.times": 0, "fl.times": 0}
        return device() | {f"block.0.{name}": value for name, value in counted.items()}

    meter = Meter(REF)
    meter.read(0.0, at(10, 0), ONE)
    sample = meter.read(2.0, at(50, int(4e9)), ONE)
    assert sample.figure(M.DISK_READ_LATENCY, "vda") == pytest.approx(0.1)
    assert sample.figure(M.DISK_QUEUE, "vda") == pytest.approx(2.0)
    idle = meter.read(3.0, at(50, int(4e9)), ONE)
    assert idle.figure(M.DISK_READ_LATENCY, "vda") is None, "there was no operation to take time"
    assert idle.figure(M.DISK_READS, "vda") == 0.0


def test_each_processor_is_told_and_what_all_of_them_waited_for() -> None:
    def at(times: tuple[int, int], delays: tuple[int, int]) -> dict[str, object]:
        count: dict[str, object] = {"vcpu.current": 2, "vcpu.maximum": 3}
        return count | {
            f"vcpu.{number}.{name}": int(value * 1e9)
            for number in (0, 1)
            for name, value in (("time", times[number]), ("delay", delays[number]))
        }

    meter = Meter(REF)
    meter.read(0.0, at((0, 0), (0, 0)), TWO)
    sample = meter.read(10.0, at((10, 5), (0, 4)), TWO)
    assert [sample.figure(M.VCPU, str(number)) for number in range(3)] == [1.0, 0.5, None]
    assert sample.figure(M.CPU_DELAY) == pytest.approx(0.2)


def test_an_adapter_is_known_by_its_address_whatever_its_end_is_called() -> None:
    meter = Meter(REF)
    meter.read(0.0, device(), Bearer(adapters={"vnet0": "52:54:00:00:00:01"}))
    sample = meter.read(1.0, device(sent=7), Bearer(adapters={"vnet0": "52:54:00:00:00:01"}))
    assert adapters(sample) == {"52:54:00:00:00:01": (0.0, 7.0)}


def test_a_machine_that_was_turned_off_and_on_between_has_no_rate() -> None:
    meter = Meter(REF)
    meter.read(0.0, figures(1), Bearer(since=100.0))
    assert meter.read(10.0, figures(2), Bearer(since=105.0)).cpu is None
    assert meter.read(11.0, figures(2.5), Bearer(since=105.2)).cpu == pytest.approx(0.5)


def test_what_was_read_now_is_told_apart_from_what_is_held() -> None:
    meter = Meter(REF)
    meter.read(0.0, figures(0), ONE)
    meter.read(1.0, figures(0.5, read=100), ONE)
    cheap = {"cpu.time": 1 * 10**9}
    sample = meter.read(2.0, cheap, ONE)
    assert set(sample.figures) == {(M.CPU, "")}
    assert sample.held[M.DISK_READ, ""] == 200.0
    assert sample.figure(M.DISK_READ) == 200.0


def test_what_an_agent_tells_is_by_where_it_is_mounted() -> None:
    told = {"fs.count": 2, "fs.0.mountpoint": "/", "fs.0.used-bytes": 30, "fs.0.total-bytes": 90,
            "fs.1.mountpoint": "/srv", "load.1m": 0.25}  # fmt: skip
    assert inside_figures(told) == {
        (M.FILESYSTEM_USED, "/"): 30.0, (M.FILESYSTEM_SIZE, "/"): 90.0, (M.LOAD, ""): 0.25
    }  # fmt: skip
    assert inside_figures({}) == {}


def test_a_file_system_that_was_made_full_is_not_told() -> None:
    told = {
        "fs.count": 2,
        "fs.0.mountpoint": "/snap/core", "fs.0.fstype": "squashfs",
        "fs.0.used-bytes": 9, "fs.0.total-bytes": 9,
        "fs.1.mountpoint": "/", "fs.1.fstype": "ext4",
        "fs.1.used-bytes": 3, "fs.1.total-bytes": 9,
    }  # fmt: skip
    assert {device for _measure, device in inside_figures(told)} == {"/"}


def test_a_guest_that_invents_file_systems_is_read_within_bounds() -> None:
    told: dict[str, object] = {"fs.count": 1000}
    for number in range(1000):
        told |= {f"fs.{number}.mountpoint": f"/mnt/{number:04}/x", f"fs.{number}.used-bytes": 1}
    told |= {"fs.7.mountpoint": "/", "fs.8.mountpoint": "/" + 300 * "a"}
    figures = inside_figures(told)
    assert len(figures) == FILE_SYSTEMS_MOST
    assert (M.FILESYSTEM_USED, "/") in figures
    assert unread_file_systems(told) == 999 - FILE_SYSTEMS_MOST
    assert unread_file_systems({}) == 0


def test_readings_share_what_is_the_same_in_them() -> None:
    meter = Meter(REF)
    cheap = [{"cpu.time": second * 10**8} for second in range(3, 6)]
    meter.read(0.0, figures(0.1), ONE)
    meter.read(1.0, figures(0.2, read=100), ONE)
    first, second, third = (meter.read(at, raw, ONE) for at, raw in enumerate(cheap, start=2))
    assert first.held is second.held is third.held
    assert next(iter(first.figures)) is next(iter(second.figures))
    later = meter.read(6.0, figures(0.7, read=900), ONE)
    assert later.held == {}
    assert meter.read(7.0, {"cpu.time": 8 * 10**8}, ONE).held[M.DISK_READ, ""] == 2 * 800 / 5

import pytest

from backend.model import Kind, Ref
from backend.stats import Meter
from backend.traffic import Traffic

REF = Ref("h", Kind.DOMAIN, "u")


def figures(cpu_s: float, read: int = 0, received: int = 0) -> dict[str, int]:
    return {
        "cpu.time": int(cpu_s * 1e9),
        "balloon.current": 1024,
        "balloon.available": 1000,
        "balloon.usable": 400,
        "block.count": 2,
        "block.0.rd.bytes": read,
        "block.1.rd.bytes": read,
        "net.count": 1,
        "net.0.rx.bytes": received,
    }


def test_the_first_reading_has_no_rates() -> None:
    sample = Meter(REF).read(10.0, figures(5), 2)
    assert (sample.cpu, sample.disk_read_bytes_s) == (None, None)
    assert sample.memory_assigned_bytes == 1024 * 1024
    assert sample.memory_used_bytes == 600 * 1024


def test_rates_are_over_the_time_between() -> None:
    meter = Meter(REF)
    meter.read(10.0, figures(5), 2)
    sample = meter.read(12.0, figures(7, read=100, received=300), 2)
    assert sample.cpu == pytest.approx(0.5)  # 2 s of processor time in 2 s, of two processors
    assert sample.disk_read_bytes_s == pytest.approx(100.0)  # two disks
    assert sample.network_in_bytes_s == pytest.approx(150.0)


def test_processor_time_never_shows_more_than_all() -> None:
    meter = Meter(REF)
    meter.read(10.0, figures(5), 2)
    assert meter.read(10.5, figures(9), 2).cpu == 1.0


def test_counters_that_begin_anew_give_no_rate() -> None:
    meter = Meter(REF)
    meter.read(10.0, figures(5, read=500), 2)
    sample = meter.read(11.0, figures(1, read=20), 2)
    assert (sample.cpu, sample.disk_read_bytes_s) == (None, None)


def test_a_driver_that_tells_nothing_gives_an_empty_sample() -> None:
    meter = Meter(REF)
    meter.read(1.0, {}, 2)
    sample = meter.read(2.0, {}, 2)
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


def test_each_device_has_its_own_traffic() -> None:
    meter = Meter(REF)
    assert meter.read(0.0, device(), 1).drives == ()
    sample = meter.read(2.0, device(read=200, written=20, received=4, sent=2), 1)
    assert sample.drives == (Traffic("vda", 100.0, 10.0),)
    assert sample.adapters == (Traffic("vnet0", 2.0, 1.0),)
    assert meter.read(3.0, device(), 1).drives == (), "its counters began anew"


def test_a_device_that_just_came_has_no_rate_yet() -> None:
    meter = Meter(REF)
    meter.read(0.0, {"block.count": 0, "net.count": 0}, 1)
    assert meter.read(1.0, device(read=100), 1).drives == ()


def test_a_machine_that_stands_still_has_no_rates_not_even_just_after() -> None:
    meter = Meter(REF)
    meter.read(0.0, figures(1), 1)
    still = meter.read(1.0, {**figures(1), "state.state": 3}, 1)
    assert (still.cpu, still.disk_read_bytes_s) == (None, None)
    assert still.memory_assigned_bytes == 1024 * 1024
    assert meter.read(2.0, figures(1), 1).cpu is None
    assert meter.read(3.0, figures(1.5), 1).cpu == pytest.approx(0.25 * 2)


def test_a_counter_that_is_read_now_and_then_keeps_its_rate_between() -> None:
    meter = Meter(REF)
    partly = {name: value for name, value in figures(5).items() if not name.startswith("block")}
    meter.read(10.0, figures(5), 2)
    assert meter.read(11.0, partly, 2).disk_read_bytes_s is None
    assert meter.read(14.0, figures(5, read=400), 2).disk_read_bytes_s == pytest.approx(200.0)
    between = meter.read(15.0, partly, 2)
    assert between.disk_read_bytes_s == pytest.approx(200.0)
    assert between.network_in_bytes_s == pytest.approx(0.0)
    assert meter.read(16.0, {**partly, "state.state": 3}, 2).disk_read_bytes_s is None
    assert meter.read(17.0, partly, 2).disk_read_bytes_s is None

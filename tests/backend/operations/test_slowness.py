import math
import time
from dataclasses import replace

import pytest

from backend.diagnosis.causes import Cause, Limit
from backend.diagnosis.examine import Outcome
from backend.errors import BackendError
from backend.fields import Field
from backend.measures import Measure, Of
from backend.model import Disk, DomainState, Nic, Ref
from backend.operations import history, slowness
from backend.operations.settings import sheet as sheets
from backend.series import Course, Sample
from backend.settings import Bounds, Entry, Setting, Sheet, ValueKind
from tests.backend.conftest import Heard
from tests.fakes.machines import domain


def sheet(*entries: Entry) -> Sheet:
    return Sheet("web", is_running=True, is_persistent=True, places=(), entries=entries)


def entry(field: Field, device: str = "", **how: object) -> Entry:
    made = Entry(Setting(field, device), ValueKind.NUMBER, Bounds())
    return replace(made, **how)  # type: ignore[arg-type]


def test_what_limits_is_what_runs_and_a_quota_is_a_share_of_its_period() -> None:
    quota = entry(Field.PROCESSOR_QUOTA_US, live=20_000, is_live=True)
    drive = entry(Field.DRIVE_TOTAL_IOPS, "vda", next_start=500, live=100, is_live=True)
    unset = entry(Field.DRIVE_READ_IOPS, "vda", next_start=500, live=None, is_live=True)
    other = entry(Field.MEMORY_STARTUP, live=7, is_live=True)
    assert slowness.limits_of(sheet(quota, drive, unset, other)) == (
        Limit(Field.PROCESSOR_QUOTA_US, "", 0.2),
        Limit(Field.DRIVE_TOTAL_IOPS, "vda", 100.0),
    )
    period = entry(Field.PROCESSOR_PERIOD_US, next_start=40_000)
    (found,) = slowness.limits_of(sheet(period, entry(Field.PROCESSOR_QUOTA_US, next_start=20_000)))
    assert found.value == 0.5
    assert not slowness.limits_of(sheet(entry(Field.PROCESSOR_QUOTA_US, next_start=-1)))


def test_an_empty_drive_is_not_looked_at() -> None:
    made = domain("web", DomainState.RUNNING)
    assert made.live
    full = replace(
        made.live,
        disks=(Disk("vda", "virtio", source="/a"), Disk("sda", "sata", "cdrom")),
        nics=(Nic("52:54:00:00:00:01", "network", "nat"),),
    )
    assert slowness.devices_of(replace(made, live=full)) == {
        Of.PROCESSOR: ("0", "1"),
        Of.DRIVE: ("vda",),
        Of.ADAPTER: ("52:54:00:00:00:01",),
    }
    assert not any(slowness.devices_of(replace(made, live=None, next_start=None)).values())


def test_what_was_kept_of_machine_and_host_is_judged_together(heard: Heard, vm: Ref) -> None:
    now = time.time() // 10 * 10
    host = Ref(vm.host, vm.kind.HOST, vm.host)
    read = [
        Sample(vm, at, {(Measure.VCPU_DELAY, "0"): 0.5, (Measure.VCPU, "0"): 0.4}, when=at)
        for at in (now - 200 + number for number in range(200))
    ]
    beside = [
        Sample(host, at, {(Measure.HOST_CPU, ""): 0.9}, when=at)
        for at in (now - 200 + 10 * number for number in range(20))
    ]
    heard.engine._on_samples((*read, *beside))
    found = heard.engine.query(slowness.judge, vm, since=now - 203, until=now + 4).result(20)
    assert (found.since, found.until) == (now - 210, now)
    first = found.found[0]
    assert first.cause is Cause.CPU_CONTENTION
    told = {one.quantity.id: one.value for one in first.evidence}
    assert told["host_cpu"] == pytest.approx(0.9), "the host's own figures"


def test_a_day_is_asked_for_as_coarsely_as_it_is_judged(
    heard: Heard, vm: Ref, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    async def read(*_arguments: object, **wanted: object) -> tuple[Course, ...]:
        asked.append(wanted["points"])
        return ()

    monkeypatch.setattr(history, "read", read)
    heard.engine.query(slowness.judge, vm, since=0.0, until=86_400.0).result(20)
    heard.engine.query(slowness.judge, vm, since=0.0, until=300.0).result(20)
    assert asked == [60, 30]


def test_without_its_settings_nobody_knows_what_is_limited(
    heard: Heard, vm: Ref, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_arguments: object) -> Sheet:
        raise BackendError

    monkeypatch.setattr(sheets, "look", fail)
    now = math.floor(time.time())
    found = heard.engine.query(slowness.judge, vm, since=now - 60, until=now).result(20)
    limited = [one for one in found.findings if one.cause is Cause.CPU_LIMIT]
    assert [one.outcome for one in limited] == [Outcome.UNKNOWN]

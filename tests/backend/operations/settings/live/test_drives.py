"""Media change where there is a tray, and limits exclude each other."""

from backend.operations.settings.live import drives, running
from backend.settings import Field, Setting
from tests.backend.operations.settings.live.machine import furnished, situation
from tests.fakes.plugged import REF


def test_only_what_has_a_medium_can_change_it() -> None:
    here = situation(furnished())
    assert drives.medium_problem(here, Setting(Field.DRIVE_SOURCE, "sda"), "/a") is None
    problem = drives.medium_problem(here, Setting(Field.DRIVE_SOURCE, "vda"), "/a")
    assert problem is not None
    assert problem.message_id == "DiskFixed"


async def test_a_limit_takes_away_what_it_excludes() -> None:
    host = furnished()
    total = Setting(Field.DRIVE_TOTAL_BYTES_S, "vda")
    reads = Setting(Field.DRIVE_READ_BYTES_S, "vda")
    await drives.limit(host.managed, REF, total, 10 * 2**20)
    assert (await running.read(host.managed, REF, total)).value == 10 * 2**20
    await drives.limit(host.managed, REF, reads, 5 * 2**20)
    assert (await running.read(host.managed, REF, total)).value is None
    await drives.limit(host.managed, REF, reads, None)
    await drives.limit(host.managed, REF, reads, None)
    assert (await running.read(host.managed, REF, reads)).value is None

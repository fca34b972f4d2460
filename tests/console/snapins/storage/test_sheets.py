"""The sheets of storage locations and virtual hard disks."""

from backend.model import Kind, Ref, StoragePool, StorageVolume
from backend.operations.domain import Autostart
from console.snapins.storage import sheets
from console.snapins.storage.sheets import PoolPage, VolumePage
from tests.console.snapins.lent import LentContext

POOL = StoragePool(
    Ref("here", Kind.STORAGE_POOL, "p"),
    "default",
    "dir",
    is_active=True,
    path="/srv/images",
    capacity_bytes=4 * 1024**3,
    allocation_bytes=1024**3,
)
VOLUME = StorageVolume(
    Ref("here", Kind.STORAGE_VOLUME, "/srv/images/a"),
    POOL.ref,
    "a",
    "/srv/images/a",
    "qcow2",
    1024**3,
    1024**2,
)


def test_automatic_start_is_handed_in(context: LentContext) -> None:
    (amendment,) = sheets.amendments()
    amendment.submit(context, POOL.ref, {"is_autostart": False})
    submission = context.last()
    assert (submission.operation, submission.arguments) == (
        "amend.pool_autostart",
        (Autostart.OFF,),
    )


def test_the_facts(context: LentContext) -> None:
    context.engine.put(POOL)
    pool = {row.label: row.value for row in PoolPage(context).facts(POOL)}
    assert pool["Used"] == "1 of 4 GiB"
    volume = {row.label: row.value for row in VolumePage(context).facts(VOLUME)}
    assert (volume["Format"], volume["Size"]) == ("qcow2", "1 GiB")

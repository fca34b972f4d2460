"""The nodes in the tree: "Storage" below each host, and each pool below that."""

from functools import cache, lru_cache

from PySide6.QtCore import QCoreApplication

from backend.model import Host, Kind, Record, Ref, StoragePool, StorageVolume
from console.sdk import reach
from console.sdk.nodes import NodeRule, ScopeNode, Tone, host_node_id
from console.sdk.views import ListView, Message
from console.snapins.storage import columns


def _tr(text: str) -> str:
    return QCoreApplication.translate("storage", text)


def storage_node_id(host: str) -> str:
    """Return the id of the node "Storage" of a host."""
    return f"storage:{host}"


def rules() -> tuple[NodeRule, ...]:
    """Return what each host and each pool brings."""
    return (NodeRule(Kind.HOST, _storage_nodes), NodeRule(Kind.STORAGE_POOL, _pool_nodes))


def _storage_nodes(record: Record) -> tuple[ScopeNode, ...]:
    if not isinstance(record, Host):
        return ()
    host = record.ref.host
    return (
        ScopeNode(
            storage_node_id(host),
            host_node_id(host),
            _tr("Storage"),
            "ph.hard-drives",
            "storage",
            _pools(host, reach.outdated(record), reach.nothing_yet(record)),
            rank=2,
            host=host,
            is_expanded=False,
        ),
    )


def _pool_nodes(record: Record) -> tuple[ScopeNode, ...]:
    if not isinstance(record, StoragePool):
        return ()
    return (
        ScopeNode(
            f"storage_pool:{record.ref.host}:{record.ref.key}",
            storage_node_id(record.ref.host),
            record.name,
            "ph.hard-drive",
            "storage_pool",
            _volumes(record.ref),
            ref=record.ref,
            host=record.ref.host,
            tone=Tone.PLAIN if record.is_active else Tone.MUTED,
            remark="" if record.is_active else _tr("not active"),
        ),
    )


@lru_cache(maxsize=64)
def _pools(host: str, outdated: Message | None, empty: Message | None) -> ListView[StoragePool]:
    return ListView(
        kind=Kind.STORAGE_POOL,
        belongs=lambda pool: pool.ref.host == host,
        columns=columns.pool_columns(),
        empty=empty
        or Message(
            _tr("No storage locations"),
            _tr(
                "A storage location holds virtual hard disks. Make one with virsh "
                "pool-define-as and pool-start: it appears here by itself."
            ),
            "ph.hard-drives",
        ),
        heading=columns.POOL_HEADING,
        title=_tr("Storage"),
        outdated=outdated,
    )


@cache
def _volumes(pool: Ref) -> ListView[StorageVolume]:
    return ListView(
        kind=Kind.STORAGE_VOLUME,
        belongs=lambda volume: volume.pool == pool,
        columns=columns.volume_columns(),
        empty=Message(
            _tr("No volumes"),
            _tr("Quick Create on Virtual Machines makes a machine with a disk of its own."),
            "ph.hard-drive",
        ),
        heading=columns.VOLUME_HEADING,
        title=_tr("Volumes"),
    )

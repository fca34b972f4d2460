"""The snap-in Virtual Machines: its table of contents."""

from PySide6.QtCore import QCoreApplication

from backend.model import Kind
from console.sdk.late import later
from console.sdk.snapin import Extension, FollowUp, SnapIn
from console.sdk.views import DetailPage
from console.snapins.machines import actions, film, nodes, together
from console.snapins.machines.creation import actions as creation
from console.snapins.machines.history import opening as history
from console.snapins.machines.pages import host_performance, pool_space, users, wall


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


def contents() -> SnapIn:
    """Return what this snap-in brings, in the language that is set now."""
    return SnapIn(
        id="machines",
        title=_tr("Virtual Machines"),
        rules=nodes.rules(),
        root_view=nodes.all_machines(),
        actions=(*actions.actions(), *together.actions()),
        node_actions=(*creation.node_actions(), *history.node_actions()),
        leads=history.leads(),
        follow_ups=(
            FollowUp("ShutdownTimedOut", "domain.shutdown"),
            FollowUp("ShutdownTimedOut", "domain.destroy"),
            FollowUp("StartFailed", "domain.start"),
        ),
        attendants=(later(lambda: film.Camera),),
        extensions=_extensions(),
    )


def _extensions() -> tuple[Extension, ...]:
    return (
        Extension(
            (Kind.HOST,),
            DetailPage(
                "server_performance",
                _tr("Performance"),
                later(lambda: host_performance.HostPerformancePage),
            ),
        ),
        Extension(
            (Kind.HOST,),
            DetailPage(
                "screens",
                _tr("Screens"),
                later(lambda: wall.WallPage),
            ),
        ),
        Extension(
            (Kind.STORAGE_POOL,),
            DetailPage("space", _tr("Space"), later(lambda: pool_space.PoolSpacePage)),
        ),
        Extension(
            (Kind.NETWORK, Kind.STORAGE_POOL, Kind.STORAGE_VOLUME),
            DetailPage(
                "used_by",
                _tr("Used By"),
                later(lambda: users.UsersPage),
            ),
        ),
    )

from console.sdk.actions import Selection
from console.snapins.alerts.dialog import AlertsDialog
from console.snapins.alerts.snapin import contents
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain


def test_the_thresholds_open_from_servers_lists_and_machines(context: LentContext) -> None:
    (action,) = contents().node_actions
    assert set(action.node_types) >= {"host", "machines", "machine", "storage", "storage_pool"}
    assert action.no_script
    assert action.only_looks
    action.run(context, Selection(None, (domain("web-01"),)))
    (dialog,) = context.dialogs
    assert isinstance(dialog, AlertsDialog)

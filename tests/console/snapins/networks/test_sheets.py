"""The sheet of a virtual switch."""

from backend.model import Kind, Network, Ref
from backend.operations.domain import Autostart
from console.snapins.networks import sheets
from console.snapins.networks.sheets import GeneralPage
from tests.console.snapins.lent import LentContext

NAT = Network(
    Ref("here", Kind.NETWORK, "n"), "nat", "nat", is_active=True, subnets=("10.0.0.0/24",)
)


def test_automatic_start_is_handed_in(context: LentContext) -> None:
    (amendment,) = sheets.amendments()
    amendment.submit(context, NAT.ref, {"is_autostart": True})
    submission = context.last()
    assert (submission.operation, submission.arguments) == (
        "amend.network_autostart",
        (Autostart.ON,),
    )


def test_the_facts(context: LentContext) -> None:
    rows = {row.label: row.value for row in GeneralPage(context).facts(NAT)}
    assert rows["Subnets"] == "10.0.0.0/24"
    assert rows["Machines"] == "None"

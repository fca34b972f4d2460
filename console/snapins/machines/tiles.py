"""A machine among large icons: its screen, its name, how it stands, what its processors do."""

from backend.model import Domain
from console.sdk import wording
from console.sdk.context import Lookup
from console.sdk.nodes import Tone
from console.sdk.views import Tile
from console.snapins.machines import columns, standing


def tile(domain: Domain, lookup: Lookup) -> Tile:
    """Return what stands for a machine."""
    mark = standing.mark(domain)
    share = columns.cpu_share(domain, lookup)
    return Tile(
        domain.name,
        wording.state(domain),
        "" if share is None else wording.percent(share),
        mark.icon,
        mark.tone if mark.tone is not Tone.PLAIN else None,
    )

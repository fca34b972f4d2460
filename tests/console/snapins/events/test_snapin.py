from backend.model import Kind
from console.snapins.events.snapin import contents


def test_it_adds_a_page_to_whatever_things_happen_to() -> None:
    found = contents()
    kinds = {kind for extension in found.extensions for kind in extension.kinds}
    assert kinds == {Kind.HOST, Kind.DOMAIN, Kind.NETWORK, Kind.STORAGE_POOL}
    assert {extension.page.id for extension in found.extensions} == {"events"}

"""A definition is restored only where it is as the job left it, and is never shown."""

from backend.operations.settings.image import BeforeImage
from backend.xmldesc.verbatim import mark


def test_it_is_restored_only_where_nothing_was_changed_since() -> None:
    image = BeforeImage("<secret/>", mark("<left/>"))
    assert image.restored("<left/>") == "<secret/>"
    assert image.restored("<other/>") == ""
    assert "secret" not in repr(image)

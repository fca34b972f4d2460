"""A source of pictures that has none."""

from PySide6.QtWidgets import QApplication

from console.sdk.pictures import PictureSource
from tests.fakes.machines import domain


def test_without_a_snap_in_there_are_none(qapp: QApplication) -> None:
    source = PictureSource()
    source.show([domain("web")])
    assert source.picture(domain("web").ref) is None

"""What becomes of the disks, and what that means for the machine that has them."""

from pytestqt.qtbot import QtBot

from backend.operations.clone import Copying
from console.snapins.machines.creation.copying_box import CopyingBox


def test_each_choice_says_what_it_means(qtbot: QtBot) -> None:
    box = CopyingBox()
    qtbot.addWidget(box)
    assert box.hint("web") == "Independent of web, and as large as what is in its disks."
    box.setCurrentIndex(1)
    assert box.copying is Copying.LINKED, "the second"
    assert "web does not start any more" in box.hint("web")

"""What the program says of itself."""

from PySide6.QtWidgets import QApplication, QMessageBox

from console.shell.about import mark, program_version, show_about
from console.shell.window import MainWindow


def test_the_mark_is_there_and_crisp(qapp: QApplication) -> None:
    image = mark().pixmap(64, 64).toImage()
    assert not image.isNull()
    assert image.pixelColor(32, 6).green() > image.pixelColor(32, 6).red()


def test_about_stops_nothing(shell: MainWindow) -> None:
    show_about(shell)
    boxes = shell.findChildren(QMessageBox)
    assert len(boxes) == 1
    assert any(program_version() in box.text() for box in boxes)
    for box in boxes:
        box.close()

"""README's pictures: some of the tour's, at a size that a page can carry."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QImageWriter

from celadon_tour.report import Report

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "pictures"
CHOSEN = {
    "Address": "running",
    "Quick Create": "quick-create",
    "Dark": "dark",
    "The screen in the window": "display",
    "Unknown server": "connect",
    "It is given an adapter": "hot-add",
    "Side by side": "screens",
    "A change for the next start": "settings",
    "The installer's kernel": "new-machine",
    "The installer on the screen": "installer",
    "Back to the load, by keys": "performance",
}
"""The step whose picture it is -> the file it becomes."""
BYTES_MAXIMUM = 200_000
_WIDTHS = (1440, 1200, 960, 720)


def fill(report: Report, folder: Path = FOLDER) -> list[Path]:
    """Write the chosen pictures of a tour; return their files."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for step in report.steps:
        name = CHOSEN.get(step.name.partition(" (")[0], "")
        file = folder / f"{name}.png"
        if name and file not in written:  # of several runs, the first
            shrink(QImage(str(report.folder / step.picture)), file)
            written.append(file)
    return written


def shrink(image: QImage, file: Path) -> None:
    """Write a picture as wide as it can be below the limit. Raises ValueError."""
    for width in _WIDTHS:
        small = image.scaledToWidth(
            min(width, image.width()), Qt.TransformationMode.SmoothTransformation
        )
        writer = QImageWriter(str(file), b"png")
        writer.setQuality(0)  # for PNG: as small as can be
        writer.write(small.convertToFormat(QImage.Format.Format_RGB888))
        if file.stat().st_size <= BYTES_MAXIMUM:
            return
    raise ValueError(f"{file.name} does not come below {BYTES_MAXIMUM} bytes")

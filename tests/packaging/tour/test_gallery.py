"""README's pictures are some of the tour's, and small."""

import random
from pathlib import Path

import pytest
from celadon_tour import gallery
from celadon_tour.report import Outcome, Report
from PySide6.QtGui import QColor, QImage


def noise(width: int, height: int, cell: int) -> QImage:
    dice = random.Random(1)  # noqa: S311  # any noise will do
    image = QImage(width // cell, height // cell, QImage.Format.Format_RGB32)
    for x in range(image.width()):
        for y in range(image.height()):
            image.setPixelColor(x, y, QColor.fromRgb(dice.randrange(2**24)))
    return image.scaled(width, height)


def test_the_chosen_ones_are_written(tmp_path: Path) -> None:
    report = Report(tmp_path)
    for name in ("Window", "Address (1)", "Dark", "Address (2)"):
        picture = f"{name}.png"
        noise(1440, 900, 20).save(str(tmp_path / picture))
        report.add(Outcome("First steps", name, ok=True, seconds=1.0, evidence="", picture=picture))
    written = gallery.fill(report, tmp_path / "out")
    assert [file.name for file in written] == ["running.png", "dark.png"]
    for file in written:
        assert file.stat().st_size <= gallery.BYTES_MAXIMUM
        assert QImage(str(file)).width() == 1440


def test_what_is_too_large_becomes_smaller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, sheet = tmp_path / "noise.png", noise(1440, 300, 2)
    with pytest.raises(ValueError, match="does not come below"):
        gallery.shrink(sheet, file)
    monkeypatch.setattr(gallery, "BYTES_MAXIMUM", 400_000)
    gallery.shrink(sheet, file)
    assert file.stat().st_size <= 400_000
    assert QImage(str(file)).width() == 720

"""Pixels of the guest lie on whole pixels of the display, at any ratio and any place."""

import pytest
from PySide6.QtCore import QPointF, QRect, QSizeF

from backend.display.surface import Rect
from console.widgets.screen_place import Zoom, place, size_needed

CORNER = QPointF(0, 0)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 1.75, 2.0, 3.0])
@pytest.mark.parametrize("zoom", [Zoom.ACTUAL, Zoom.DOUBLE, Zoom.TRIPLE])
@pytest.mark.parametrize("origin", [QPointF(0, 0), QPointF(13, 7), QPointF(241, 106)])
def test_whole_pixels(ratio: float, zoom: Zoom, origin: QPointF) -> None:
    placed = place(641, 483, QSizeF(1003, 777), zoom, ratio, origin)
    assert placed.is_exact
    assert placed.scale == zoom.value
    for offset, start in ((placed.x, origin.x()), (placed.y, origin.y())):
        assert (start * ratio + offset) % 1 == pytest.approx(0, abs=1e-9)


def test_it_fits_in_the_middle_and_keeps_its_proportions() -> None:
    placed = place(1280, 800, QSizeF(640, 800), Zoom.FIT, 1.0, CORNER)
    assert (placed.scale, placed.x, placed.y) == (0.5, 0, 200)
    assert place(640, 480, QSizeF(670, 2000), Zoom.FIT, 1.0, CORNER).scale == 1, "air, no blur"
    assert place(640, 480, QSizeF(960, 2000), Zoom.FIT, 1.0, CORNER).scale == 1.5


def test_damage_is_covered_and_not_much_more() -> None:
    exact = place(640, 480, QSizeF(800, 480), Zoom.ACTUAL, 1.0, CORNER)
    assert exact.to_widget(Rect(10, 20, 30, 40)) == QRect(90, 20, 30, 40)
    half = place(640, 480, QSizeF(320, 240), Zoom.FIT, 1.0, CORNER)
    assert half.to_widget(Rect(10, 20, 30, 40)) == QRect(4, 9, 17, 22)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
@pytest.mark.parametrize("zoom", Zoom)
def test_a_point_of_a_pixel_leads_back_to_it(ratio: float, zoom: Zoom) -> None:
    placed = place(640, 480, QSizeF(2100, 1500), zoom, ratio, QPointF(3, 5))
    for pixel in ((0, 0), (17, 400), (639, 479)):
        x, y = (
            (start + (at + 0.5) * placed.scale) / ratio
            for start, at in zip((placed.x, placed.y), pixel, strict=True)
        )
        assert placed.to_guest(QPointF(x, y)) == pixel
    assert placed.to_guest(QPointF(-50, 9999)) == (0, 479)


def test_the_size_that_is_needed() -> None:
    assert size_needed(1280, 800, Zoom.ACTUAL, 1.25) == (1024, 640)
    assert size_needed(1280, 800, Zoom.DOUBLE, 1.0) == (2560, 1600)
    assert size_needed(1280, 800, Zoom.FIT, 1.0)[0] < 200


def test_a_guest_that_follows_is_exact_and_one_that_does_not_is_fitted_in() -> None:
    room = QSizeF(800, 600)
    assert place(800, 600, room, Zoom.FOLLOW, 1.0, CORNER).scale == 1
    assert place(640, 480, room, Zoom.FOLLOW, 1.0, CORNER).scale == 1
    assert place(1600, 1200, room, Zoom.FOLLOW, 1.0, CORNER).scale == 0.5
    assert size_needed(1600, 1200, Zoom.FOLLOW, 1.0) == size_needed(1600, 1200, Zoom.FIT, 1.0)

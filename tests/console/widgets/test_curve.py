from console.widgets.curve import Curve, Ink, figure, ink_of

SECONDS = (0.0, 1.0, 2.0, 3.0, 4.0, 5.0)
HOLED = Curve("x", SECONDS, (1.0, 2.0, None, 9.0, None, 5.0))


def test_curves_have_the_ink_of_their_place_or_their_own() -> None:
    assert [ink_of(HOLED, index) for index in (0, 1)] == [Ink.GREEN, Ink.BLUE]
    assert ink_of(Curve("x", (), (), ink=Ink.ORANGE), 0) is Ink.ORANGE
    assert len({ink_of(HOLED, index) for index in range(8)}) == 8


def test_the_nearest_point_is_found_and_a_hole_is_none() -> None:
    assert HOLED.near(1.2, 0.5) == 1
    assert HOLED.near(2.0, 0.5) is None
    assert HOLED.near(2.4, 0.7) == 3
    assert HOLED.near(99.0, 2.0) is None
    assert HOLED.near(-0.3, 0.5) == 0
    assert Curve("x", (), ()).near(0.0, 9.0) is None


def test_what_is_drawn_from_one_point_to_the_next_is_told() -> None:
    seldom = Curve("x", (0.0, 10.0, 20.0, 30.0), (1.0, 2.0, None, 4.0))
    assert seldom.near(3.0, 2.0) == 0
    assert seldom.near(6.0, 2.0) == 1
    assert seldom.near(13.0, 2.0) is None, "a hole follows"
    assert seldom.near(33.0, 2.0) is None


def test_the_highest_is_that_of_what_is_seen() -> None:
    assert HOLED.highest(0.0, 1.0) == 2.0
    assert HOLED.highest(0.0, 9.0) == 9.0
    assert HOLED.highest(4.0, 4.0) is None
    banded = Curve("x", (0.0, 1.0), (1.0, 1.0), least=(0.0, 0.0), most=(4.0, 6.0))
    assert banded.highest(0.0, 5.0) == 6.0


def test_figures_at_the_axis() -> None:
    assert figure(5.0) == "5"
    assert figure(0.5)[0] == "0"
    assert figure(0.05) != figure(0.1)

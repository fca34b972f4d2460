"""What the charts show of machines and servers is their pages' tests'; here, what is asked for."""

import pytest

from backend.series import Sample
from console.snapins.machines.pages.charts_pane import kept
from console.widgets.time_span import Span
from tests.fakes.machines import domain

REF = domain("a").ref
NOW = 10_000.0


def read(*moments: float) -> list[Sample]:
    return [Sample(REF, at, when=at) for at in moments]


@pytest.mark.parametrize(
    ("samples", "span", "asked"),
    [
        ((), Span(9_000, NOW), Span(9_000, NOW)),
        ((), Span(9_000, 9_500), Span(9_000, 9_500)),
        ((9_400.0, NOW), Span(9_000, NOW), Span(9_000, 9_410)),
        ((9_400.0, NOW), Span(9_800, NOW), Span(9_800, 9_800)),
        ((9_999.0, NOW), Span(9_000, NOW), Span(9_000, NOW)),
    ],
    ids=["nothing is read", "long ago", "before it was read", "all was read", "just begun"],
)
def test_of_what_is_read_now_nothing_has_to_come_from_what_was_kept(
    samples: tuple[float, ...], span: Span, asked: Span
) -> None:
    assert kept(span, read(*samples), NOW) == asked

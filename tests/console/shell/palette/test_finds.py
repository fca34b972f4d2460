"""A find can be searched by its title, what stands beside it and words that nobody sees."""

from console.shell.palette.finds import Find
from console.shell.palette.ranking import fit, split


def test_all_it_says_can_be_searched() -> None:
    find = Find(id="x", title="web-01", beside="Running", keywords="10.0.0.1", run=lambda: None)
    for typed in ("web", "runn", "10.0.0.1"):
        assert fit(split(typed), find.words) is not None
    assert fit(split("off"), find.words) is None

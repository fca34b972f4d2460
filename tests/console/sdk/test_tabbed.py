import pytest

from console.sdk.tabbed import harmless, tabbed


def test_a_row_is_a_line_whatever_its_cells_hold() -> None:
    assert tabbed([["a\tb", "c\nd"], ["", "e"]]) == "a b\tc d\n\te\n"
    assert tabbed([]) == ""


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_no_cell_is_a_formula(name: str) -> None:
    assert harmless(name) == f"'{name}"
    assert tabbed([["web-01", name]]).split("\t")[1].startswith("'")


def test_what_is_none_stays() -> None:
    assert harmless("web-01 = 1") == "web-01 = 1"

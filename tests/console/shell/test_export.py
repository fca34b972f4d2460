"""A list as text."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.sdk.views import Cell, Column, Quantity
from console.shell.export import Exported, Format, Table, copied, written


def column(name: str, quantity: Quantity = Quantity.TEXT) -> Column[object]:  # type: ignore[type-var]
    return Column(name, name.title(), lambda _r, _l: Cell(""), quantity=quantity)


def table(*rows: tuple[Exported, ...]) -> Table:
    columns = (column("name"), column("memory", Quantity.SIZE), column("auto", Quantity.FLAG))
    return Table(columns, rows)


WEB = (("web-01", "web-01"), (2.0**31, "2 GiB"), (1.0, "With the host"))
ODD = (('a\tb\n"c", d', 'a\tb\n"c", d'), (None, ""), (0.0, ""))
CELLS = st.text(alphabet=st.characters(exclude_categories=["Cs"]))


def read(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def test_comma_separated_text_is_as_rfc_4180_has_it() -> None:
    text = written(table(WEB, ODD), Format.CSV)
    assert text.startswith("Name,Memory,Auto\r\nweb-01,2 GiB,With the host\r\n")
    assert read(text)[2] == ['a\tb\n"c", d', "", ""]


def test_tab_separated_text_has_a_line_for_each_row() -> None:
    lines = written(table(WEB, ODD), Format.TSV).splitlines()
    assert lines == ["Name\tMemory\tAuto", "web-01\t2 GiB\tWith the host", 'a b "c", d\t\t']
    assert copied(table(WEB)) == "web-01\t2 GiB\tWith the host\n"


def test_json_has_the_figures_themselves() -> None:
    (web, odd) = json.loads(written(table(WEB, ODD), Format.JSON))
    assert web == {"name": "web-01", "memory": 2**31, "memory_text": "2 GiB", "auto": True}
    assert (odd["memory"], odd["auto"], odd["name"]) == (None, False, ODD[0][0])


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_figure_is_null(value: float) -> None:
    (row,) = json.loads(written(table((WEB[0], (value, "?"), WEB[2])), Format.JSON))
    assert row["memory"] is None


def test_several_texts_are_a_list() -> None:
    several = Table((column("address"),), (((("10.0.0.1", "fe80::1"), "10.0.0.1"),),))
    assert json.loads(written(several, Format.JSON)) == [{"address": ["10.0.0.1", "fe80::1"]}]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(name: str) -> None:
    row = ((name, name), WEB[1], WEB[2])
    assert read(written(table(row), Format.CSV))[1][0] == f"'{name}"
    assert not copied(table(row)).startswith(("=", "+", "-", "@"))


@given(st.lists(CELLS, min_size=1, max_size=5))
def test_every_name_comes_back(names: list[str]) -> None:
    rows = tuple(((name, name), WEB[1], WEB[2]) for name in names)
    told = json.loads(written(table(*rows), Format.JSON))
    assert [row["name"] for row in told] == names
    cells = [
        row[0] for row in csv.reader(io.StringIO(written(table(*rows), Format.CSV), newline=""))
    ]
    back = [
        cell.removeprefix("'") if not name.startswith("'") else cell
        for cell, name in zip(cells[1:], names, strict=True)
    ]
    assert back == names
    assert len(written(table(*rows), Format.TSV).split("\n")) == len(names) + 2

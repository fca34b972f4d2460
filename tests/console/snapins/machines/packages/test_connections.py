"""Each adapter has its box; of very many the last box stands for the rest."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from backend.devices import Choice
from backend.model import Nic
from backend.shortages import NoMemoryRoom
from console.sdk.forms import Remark
from console.snapins.machines.packages.connections import Connections

SWITCHES = (Choice("nat"), Choice("off", next_start=NoMemoryRoom(name="off").problem))


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[QFormLayout]:
    widget = QWidget()
    qtbot.addWidget(widget)
    yield QFormLayout(widget)
    widget.close()


def asked(form: QFormLayout, count: int) -> Connections:
    form.addRow("Name", QLabel("first"))
    remark = Remark("adapters")
    connections = Connections(form, remark)
    form.addRow("", remark)
    nics = tuple(Nic("", "network", f"lan-{n}") for n in range(count))
    connections.show_adapters(nics, ("nat", *([""] * count))[:count], SWITCHES)
    return connections


def test_each_has_what_is_proposed_for_it(form: QFormLayout) -> None:
    found = asked(form, 2)
    assert found.networks() == ("nat", "")
    assert [box.accessibleName() for box in found.boxes] == [
        "Adapter 1 (was lan-0)", "Adapter 2 (was lan-1)",
    ]  # fmt: skip
    found.boxes[1].setCurrentIndex(found.boxes[1].findData("nat"))
    assert found.networks() == ("nat", "nat")
    assert found.verdict()[0] == ""
    found.boxes[0].setCurrentIndex(found.boxes[0].findData("off"))
    assert found.verdict()[0]


def test_one_stands_for_the_rest(form: QFormLayout) -> None:
    found = asked(form, 20)
    assert len(found.boxes) == 6
    assert found.boxes[-1].accessibleName() == "Adapters 6 to 20"
    found.boxes[-1].setCurrentIndex(found.boxes[-1].findData("nat"))
    assert found.networks() == ("nat", "", "", "", "", *["nat"] * 15)


def test_other_adapters_take_their_place(form: QFormLayout) -> None:
    found = asked(form, 3)
    found.show_adapters((Nic("", "user"),), ("nat",), SWITCHES)
    assert [box.accessibleName() for box in found.boxes] == ["Adapter"]
    found.show_adapters((), (), ())
    assert found.networks() == ()

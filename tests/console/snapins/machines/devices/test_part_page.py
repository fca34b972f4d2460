"""A page is made of what the backend offers of a kind, and hands in what was chosen."""

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from backend.devices import DeviceKind, PartSpec
from console.snapins.machines.devices import kinds
from console.snapins.machines.devices.fields import OfferBox
from console.snapins.machines.devices.part_page import PartPage
from console.widgets.choice_list import ChoiceList
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.devices.conftest import Ask


@pytest.fixture
def made(context: LentContext, ask: Ask, qtbot: QtBot, kind: DeviceKind) -> PartPage:
    first = ask()
    what = kinds.of(kind)
    first.kinds.choose(what.key)
    page = PartPage(context, first, what)
    qtbot.addWidget(page)
    page.enter()
    return page


@pytest.mark.parametrize("kind", [DeviceKind.RNG])
def test_what_is_proposed_is_handed_in_and_said_in_words(made: PartPage) -> None:
    (limit,) = made.findChildren(QLineEdit)
    limit.setText(" 1024 ")
    (spec,) = made.specs()
    assert spec == PartSpec(DeviceKind.RNG, (("source", "/dev/urandom"), ("limit", "1024")))
    assert [row.value for row in made.facts()] == ["The server's kernel (/dev/urandom)", "1024"]
    assert made.judge() == ("", None)


@pytest.mark.parametrize("kind", [DeviceKind.RNG])
def test_what_will_not_do_says_why_beside_its_field(made: PartPage) -> None:
    (source,) = made.findChildren(OfferBox)
    source.setCurrentIndex(source.findData("builtin"))
    reason, remark = made.judge()
    assert "next start" in reason
    assert remark is source.remark


@pytest.mark.parametrize("kind", [DeviceKind.USB_DEVICE])
def test_devices_of_the_server_are_listed_with_the_reasons(made: PartPage) -> None:
    (devices,) = made.findChildren(ChoiceList)
    assert [devices.item(row).text() for row in range(devices.count())] == [
        "Logitech Receiver", "Kingston DataTraveler",
    ]  # fmt: skip
    assert made.specs()[0].values == (("device", "046d:c52b"),)
    devices.setCurrentRow(1)
    assert "next start" in made.judge()[0]


@pytest.mark.parametrize("kind", [DeviceKind.VSOCK])
def test_a_kind_without_a_choice_has_no_field(made: PartPage) -> None:
    assert made.specs() == (PartSpec(DeviceKind.VSOCK),)
    assert made.facts() == ()
    assert made.judge() == ("", None)


@pytest.mark.parametrize("kind", [DeviceKind.RNG])
def test_what_is_typed_wrongly_is_told_while_one_types(made: PartPage) -> None:
    (limit,) = made.findChildren(QLineEdit)
    limit.setText("many")
    reason, remark = made.judge()
    assert "whole number" in reason
    assert remark


@pytest.mark.parametrize("kind", [DeviceKind.CHANNEL])
def test_a_name_that_another_has_is_told(made: PartPage) -> None:
    (name,) = made.findChildren(QLineEdit)
    assert name.text() == "org.x.y"
    name.setText("org.taken.0")
    assert "has one called “org.taken.0”" in made.judge()[0]


@pytest.mark.parametrize("kind", [DeviceKind.USB_REDIRECTION])
def test_what_a_choice_has_no_need_of_is_not_asked_for(made: PartPage) -> None:
    (address,), (origin,) = made.findChildren(QLineEdit), made.findChildren(OfferBox)
    assert address.isHidden()
    address.setText("nonsense")
    assert made.judge() == ("", None)
    assert made.specs()[0].values == (("origin", "viewer"),)
    assert [row.value for row in made.facts()] == ["A SPICE viewer"]
    origin.setCurrentIndex(origin.findData("listen"))
    assert not address.isHidden()
    assert "127.0.0.1:4000" in made.judge()[0]
    address.setText("127.0.0.1:4001")
    assert made.judge() == ("", None)
    assert made.specs()[0].values == (("origin", "listen"), ("address", "127.0.0.1:4001"))

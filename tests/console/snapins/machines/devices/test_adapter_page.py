"""A network adapter: a switch that is on, and an address that nobody else has."""

import pytest
from pytestqt.qtbot import QtBot

from backend.devices import NicSpec
from backend.model import Domain
from console.snapins.machines.devices import adapter_page, kinds
from console.snapins.machines.devices.adapter_page import AdapterPage
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.devices.conftest import Ask
from tests.console.snapins.machines.devices.offers import running


@pytest.fixture
def page(context: LentContext, ask: Ask, qtbot: QtBot) -> AdapterPage:
    page = AdapterPage(context, ask())
    qtbot.addWidget(page)
    page.enter()
    return page


def test_the_proposals_will_do(page: AdapterPage) -> None:
    assert page.judge()[0] == ""
    assert page.spec() == NicSpec("default", "virtio", "")
    assert [row.value for row in page.facts()][::2] == ["default", "Automatic"]


def test_a_switch_that_is_off_is_refused_beside_the_field(page: AdapterPage) -> None:
    page.switch.setCurrentIndex(page.switch.findData("DMZ"))
    reason, remark = page.judge()
    assert "“DMZ” is off" in reason
    assert remark is page.switch.remark


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "leave it automatic"),
        ("52:54:00", "six pairs"),
        ("53:54:00:00:00:01", "has to be even"),
        ("00:00:00:00:00:00", "no address at all"),
        ("52-54-00-00-00-06", "web-01 has this address"),
    ],
)
def test_an_address_that_will_not_do_is_told_while_one_types(
    page: AdapterPage, typed: str, words: str
) -> None:
    page.is_own.setChecked(True)
    page.mac.setText(typed)
    reason, remark = page.judge()
    assert words in reason
    assert remark is page.mac_remark


def test_an_own_address_is_written_as_libvirt_does(page: AdapterPage) -> None:
    page.is_own.setChecked(True)
    page.mac.setText(" 52-54-00-AA-bb-cc ")
    assert page.judge()[0] == ""
    assert page.spec().mac == "52:54:00:aa:bb:cc"
    page.is_automatic.setChecked(True)
    assert page.spec().mac == ""


def test_several_machines_get_addresses_of_their_own(
    context: LentContext, ask: Ask, web: Domain, qtbot: QtBot
) -> None:
    page = AdapterPage(context, ask(web, running("web-02")))
    qtbot.addWidget(page)
    page.enter()
    assert not page.is_own.isEnabled()
    assert page.is_own.toolTip()


def test_it_applies_to_adapters_alone(page: AdapterPage) -> None:
    assert page.applies()
    page.kind.kinds.choose(kinds.NEW_DISK.key)
    assert not page.applies()
    assert adapter_page.normal("AA-BB") == "aa:bb"


def test_a_vlan_is_asked_for_where_the_switch_knows_them(page: AdapterPage) -> None:
    assert not page.vlan.isEnabled()
    assert "knows no VLANs" in page.vlan_remark.text()
    page.switch.setCurrentIndex(page.switch.findData("DMZ"))
    assert page.vlan.isEnabled()
    page.vlan.setValue(42)
    assert page.spec().vlan == 42
    assert page.facts()[-1].value == "42"

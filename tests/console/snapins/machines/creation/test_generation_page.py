"""BIOS or UEFI, in Hyper-V's words."""

from dataclasses import replace

from backend.model import Firmware
from backend.refusals import SecureBootMissing
from backend.specs import GuestSystem
from tests.console.snapins.machines.creation.conftest import MEANS, Opener


def test_it_says_what_is_chosen(opened: Opener) -> None:
    page = opened().generation
    assert [(row.label, row.value) for row in page.facts() if row.value] == [
        ("Generation", "1 (BIOS)")
    ]
    page.second.click()
    assert ("Secure Boot", "Off") in [(row.label, row.value) for row in page.facts()]


def test_secure_boot_that_is_missing_says_why(opened: Opener) -> None:
    page = opened(replace(MEANS, secure_boot=SecureBootMissing(host="Here").problem)).generation
    page.second.click()
    assert not page.judge()[0]
    page.is_secure.setChecked(True)
    assert page.judge()[1] is page.remark


def test_a_choice_of_one_s_own_is_not_changed(opened: Opener) -> None:
    wizard = opened()
    wizard.generation.first.click()
    wizard.ground.take(GuestSystem("x", "X", firmware=Firmware.UEFI))
    assert wizard.generation.firmware is Firmware.BIOS


def test_who_wants_secure_boot_keeps_the_generation_that_has_it(opened: Opener) -> None:
    wizard = opened()
    wizard.ground.take(GuestSystem("x", "X", firmware=Firmware.UEFI))
    wizard.generation.is_secure.click()
    wizard.ground.take(None)
    assert wizard.generation.firmware is Firmware.UEFI

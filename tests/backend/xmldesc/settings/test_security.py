"""Secure Boot, TPM, and memory that the host cannot read."""

import pytest

from backend.settings import Field
from backend.xmldesc.settings.facts import Facts
from tests.backend.xmldesc.settings.pages import Machine

TPM, SECURE, LAUNCH = Field.SECURITY_TPM, Field.SECURITY_SECURE_BOOT, Field.SECURITY_LAUNCH


def test_secure_boot_has_libvirt_choose_anew() -> None:
    machine = Machine("<os firmware='efi'><loader type='pflash'>/a</loader><nvram>/b</nvram></os>")
    assert machine.get(SECURE) is None
    told = machine.set(SECURE, value=True).text()
    assert "<feature name='secure-boot' enabled='yes'/>" in told
    assert "<feature name='enrolled-keys' enabled='yes'/>" in told
    assert "/a" not in told
    assert machine.get(SECURE) is True
    assert machine.set(SECURE, value=False).get(SECURE) is False
    assert machine.set(SECURE, None).text() == "<os firmware='efi'/>"


def test_one_that_somebody_chose_is_seen_by_its_loader() -> None:
    machine = Machine("<os><loader type='pflash' secure='yes'>/a</loader></os>")
    assert machine.get(SECURE) is True
    assert machine.set(SECURE, value=True).text().count("/a") == 1


@pytest.mark.parametrize("version", ["1.2", "2.0", "passthrough"])
def test_a_tpm_comes_and_goes(version: str) -> None:
    machine = Machine("<devices/>")
    assert machine.get(TPM) is None
    assert machine.set(TPM, version).get(TPM) == version
    assert machine.set(TPM, "2.0").get(TPM) == "2.0"
    assert "/dev/tpm0" not in machine.text()
    assert machine.set(TPM, None).get(TPM) is None


def test_a_tpm_beside_a_ram_disk_needs_uefi() -> None:
    bios = Machine("<os><kernel>/k</kernel><initrd>/i</initrd></os>")
    assert bios.check(TPM, "2.0") == "TpmNeedsUefi"
    assert bios.check(TPM, None) == ""
    uefi = Machine("<os firmware='efi'><kernel>/k</kernel><initrd>/i</initrd></os>")
    assert uefi.check(TPM, "2.0") == ""
    assert Machine("<os><kernel>/k</kernel></os>").check(TPM, "2.0") == ""


def test_what_the_host_cannot_do_is_offered_with_its_reason() -> None:
    facts = Facts(offers={"tpm/backendModel": frozenset({"passthrough"})}, has_sev=False)
    machine = Machine("<devices/>", facts)
    assert machine.offers(TPM) == {"2.0": "HostLacks", "1.2": "HostLacks", "passthrough": ""}
    assert set(machine.offers(LAUNCH).values()) == {"HostLacks"}
    assert machine.doubt(SECURE, value=True) == ""
    lacking = Machine("<devices/>", Facts(offers={"loader/secure": frozenset({"no"})}))
    assert lacking.doubt(SECURE, value=True) == "HostLacks"
    assert lacking.doubt(SECURE, value=False) == ""


def test_launch_security_has_a_policy() -> None:
    machine = Machine("").set(LAUNCH, "sev")
    assert machine.text() == "<launchSecurity type='sev'><policy>0x0003</policy></launchSecurity>"
    assert machine.set(LAUNCH, "tdx").text() == "<launchSecurity type='tdx'/>"
    assert machine.set(LAUNCH, None).text() == ""

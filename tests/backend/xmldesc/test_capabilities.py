"""What a hypervisor says that it can make."""

import pytest

from backend.xmldesc import capabilities

TOLD = """<domainCapabilities><vcpu max='288'/><os supported='yes'>
<enum name='firmware'>{firmware}</enum>
<loader supported='yes'><enum name='secure'>{secure}</enum></loader></os></domainCapabilities>"""


@pytest.mark.parametrize(
    ("firmware", "secure", "has_uefi", "has_secure_boot"),
    [
        ("<value>efi</value>", "<value>yes</value><value>no</value>", True, True),
        ("<value>bios</value><value>efi</value>", "<value>no</value>", True, False),
        ("<value>bios</value>", "<value>no</value>", False, False),
        ("", "", False, False),
    ],
)
def test_firmware(firmware: str, secure: str, *, has_uefi: bool, has_secure_boot: bool) -> None:
    told = capabilities.parse(TOLD.format(firmware=firmware, secure=secure))
    assert (told.has_uefi, told.has_secure_boot) == (has_uefi, has_secure_boot)
    assert told.vcpus_maximum == 288


def test_what_says_nothing_has_nothing() -> None:
    told = capabilities.parse("<domainCapabilities/>")
    assert (told.vcpus_maximum, told.has_uefi, told.has_secure_boot) == (0, False, False)

"""Every kind that is declared makes parts that it knows again, and of which it says the same."""

from dataclasses import replace

import pytest

from backend.devices import Device, DeviceKind, PartSpec
from backend.kinds import catalogue
from backend.kinds.kind import PartKind
from backend.operations import part_offers
from backend.parts import Part
from tests.backend.kinds.moments import CARD, STICK, moment

GIVEN = {
    DeviceKind.SHARE: (("folder", "/srv"),),
    DeviceKind.CHANNEL: (("name", "org.x.y"),),
    DeviceKind.PCI_DEVICE: (("device", CARD.address),),
}
ABLE = (
    ("filesystem", "driverType", "virtiofs"),
    ("tpm", "backendModel", "emulator"),
    ("tpm", "model", "tpm-crb"),
    ("crypto", "type", "qemu"),
)


@pytest.mark.parametrize("kind", catalogue.ALL, ids=lambda kind: kind.kind.value)
def test_what_it_makes_it_knows_again(kind: PartKind) -> None:
    card = replace(CARD, has_iommu_group=True)
    at = moment(is_live=False, abilities=ABLE, devices=(STICK, card))
    made = part_offers.make(PartSpec(kind.kind, GIVEN.get(kind.kind, ())), at)
    assert made
    for part in made:
        assert catalogue.kind_of(part) is kind
        alias = "ua-celadon-1" if kind.has_alias else ""
        device = catalogue.device_of(replace(part, alias=alias))
        assert device
        assert device.kind is kind.kind
        assert device.key
    assert catalogue.find(kind.kind) is kind


def test_drives_and_adapters_and_what_never_goes_are_no_kind_here() -> None:
    assert catalogue.find(DeviceKind.DISK) is None
    ps2 = Part("input", (("@type", "mouse"), ("@bus", "ps2")))
    assert catalogue.device_of(ps2) is None
    assert catalogue.detail(ps2) == ()


def test_what_has_no_name_is_called_by_its_element() -> None:
    device = catalogue.device_of(Part("rng", (("@model", "virtio"),), "ua-celadon-1"))
    assert device == Device(DeviceKind.RNG, "ua-celadon-1")
    assert device
    assert device.called == "rng virtio"


def test_what_a_hypervisor_says_is_understood_of_the_kinds_that_a_machine_has() -> None:
    words = ("unsupported configuration: unable to open vhost-vsock device",)
    problem = catalogue.meant(words, catalogue.ALL)
    assert problem
    assert (problem.message_id, problem.detail) == ("NoVsockOnHost", words)
    tpm = catalogue.find(DeviceKind.TPM)
    assert tpm
    assert catalogue.meant(words, (tpm,)) is None
    assert catalogue.meant(("Unable to find 'swtpm_setup' binary in $PATH",), (tpm,))

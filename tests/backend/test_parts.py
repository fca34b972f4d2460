from backend.parts import Part

AT = (("address@type", "pci"), ("address@bus", "0x05"), ("address@slot", "0x1f"))


def test_what_stands_in_it_is_found_by_its_path() -> None:
    part = Part("rng", (("@model", "virtio"), ("backend", "/dev/urandom")))
    assert part.get("@model") == "virtio"
    assert part.get("backend") == "/dev/urandom"
    assert part.get("nothing", "else") == "else"


def test_it_is_told_from_others_by_the_alias_that_somebody_gave_it_or_by_its_place() -> None:
    assert Part("rng", AT, "rng0").place == "pci 0000:05:1f.0"
    assert Part("rng", AT, "ua-celadon-1").place == "ua-celadon-1"
    usb = Part("input", (("address@type", "usb"), ("address@bus", "0"), ("address@port", "2")))
    assert usb.place == "usb 0:2"
    assert Part("panic").place == ""

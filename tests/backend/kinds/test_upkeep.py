from dataclasses import replace

import pytest

from backend.errors import Problem
from backend.kinds import upkeep
from backend.kinds.moment import Moment, Room
from backend.model import Firmware
from backend.parts import Part
from tests.backend.kinds.moments import FULL, MADE_OF, moment


def why(problem: Problem | None) -> str:
    return problem.message_id if problem else ""


def field_reasons(kind: int, at: Moment) -> dict[str, str]:
    return {one.name: why(one.problem) for one in upkeep.TPM.fields[kind].candidates(at)}


def test_a_tpm_needs_swtpm_and_comes_only_at_a_start() -> None:
    told = (("tpm", "backendModel", "passthrough"), ("tpm", "model", "tpm-crb"))
    off = moment(is_live=False, abilities=told)
    assert field_reasons(0, off)["emulator"] == "NoTpmEmulator"
    assert why(upkeep.TPM.comes(off)) == ""
    assert why(upkeep.TPM.comes(moment(abilities=told))) == "OnlyAtNextStart"
    assert why(upkeep.TPM.comes(moment(is_live=False))) == "NotOnHost"
    assert upkeep.TPM.is_written, "libvirt: persistent attach of device 'tpm' is not supported"


@pytest.mark.parametrize(
    ("told", "nodes", "reason"),
    [
        (("passthrough",), frozenset({"/dev/tpm0"}), ""),
        (("passthrough",), frozenset(), "NoTpmOnHost"),
        (("passthrough",), None, "HostTpmUnknown"),
        (("emulator",), frozenset({"/dev/tpm0"}), "NoTpmOnHost"),
    ],
)
def test_the_tpm_of_a_host_is_handed_on_where_it_was_seen(
    told: tuple[str, ...], nodes: frozenset[str] | None, reason: str
) -> None:
    abilities = tuple(("tpm", "backendModel", word) for word in told)
    off = moment(is_live=False, abilities=abilities, nodes=nodes)
    assert field_reasons(0, off)["passthrough"] == reason
    assert set(upkeep.TPM.stands_on) == {"/dev/tpm0"}


def test_a_bios_that_is_handed_a_ram_disk_leaves_no_room_for_the_log_of_a_tpm() -> None:
    told = (("tpm", "backendModel", "emulator"),)
    handed = Room(8, 3, frozenset(), has_ram_disk=True)
    at = moment(is_live=False, abilities=told, room=handed)
    assert why(upkeep.TPM.comes(at)) == "TpmNeedsUefi"
    by_uefi = replace(at.domain, next_start=replace(MADE_OF, firmware=Firmware.UEFI))
    assert upkeep.TPM.comes(replace(at, domain=by_uefi)) is None
    assert upkeep.TPM.comes(moment(is_live=False, abilities=told)) is None


def test_a_watchdog_is_one_and_the_pci_one_needs_an_old_slot() -> None:
    (model, _action) = upkeep.WATCHDOG.fields
    told = {one.name: why(one.problem) for one in model.candidates(moment(room=FULL))}
    assert told == {"i6300esb": "NoOldSlot", "ib700": "OnlyAtNextStart"}
    there = Part("watchdog", (("@model", "ib700"),))
    assert why(upkeep.WATCHDOG.comes(moment(there))) == "OnlyOne"
    assert why(upkeep.WATCHDOG.leaves(there, moment(there))) == "OnlyAtNextStart"


def test_a_watchdog_acts_as_that_of_the_chipset() -> None:
    (_model, action) = upkeep.WATCHDOG.fields
    assert {one.problem for one in action.candidates(moment())} == {None}
    there = Part("watchdog", (("@model", "itco"), ("@action", "reset")))
    told = {one.name: why(one.problem) for one in action.candidates(moment(there))}
    assert told.pop("reset") == ""
    assert set(told.values()) == {"WatchdogsActAlike"}


def test_randomness_may_be_limited() -> None:
    (part,) = upkeep.RNG.make({"source": "/dev/urandom", "limit": "1024"}, moment())
    assert part.facts == (
        ("@model", "virtio"), ("rate@bytes", "1024"), ("rate@period", "1000"),
        ("backend@model", "random"), ("backend", "/dev/urandom"),
    )  # fmt: skip
    check = upkeep.RNG.fields[1].check
    assert [why(check(text, moment())) for text in ("", "12", "0", "many")] == [
        "", "", "NoNumber", "NoNumber",
    ]  # fmt: skip


def test_a_balloon_that_is_none_is_no_balloon() -> None:
    none = Part("memballoon", (("@model", "none"),))
    assert not upkeep.BALLOON.is_it(none)
    assert why(upkeep.BALLOON.comes(moment(none, is_live=False))) == ""
    assert upkeep.BALLOON.absent == none

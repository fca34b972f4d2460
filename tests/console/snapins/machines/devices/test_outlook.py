"""What several machines can take at once: what one of them cannot, none gets, and it says which."""

from dataclasses import replace

from backend.devices import DeviceKind, When
from backend.errors import Problem
from backend.model import DomainState
from console.snapins.machines.devices.outlook import Outlook, room, slots_text
from tests.console.snapins.machines.devices.offers import FULL, prospects, running

NIC, DISK = DeviceKind.NETWORK_ADAPTER, DeviceKind.DISK


def test_what_one_of_them_cannot_take_now_is_refused_by_name() -> None:
    both = Outlook((running("web-02"), running()), (prospects(), prospects(FULL, free=0)))
    assert both.against(NIC, When.NOW).startswith("All hot-plug slots of “web-01” are taken.")
    assert both.against(NIC, When.NEXT_START) == ""
    assert both.against(DISK, When.NOW) == ""


def test_a_reason_that_names_no_machine_is_given_its_name() -> None:
    refused = Problem("BusNotHotPluggable", (("bus", "sata"),))
    both = Outlook((running("web-02"), running()), (prospects(), prospects(refused)))
    assert both.against(NIC, When.NOW).startswith("web-01: What is on the bus “sata”")
    alone = Outlook((running(),), (prospects(refused),))
    assert alone.against(NIC, When.NOW).startswith("What is on the bus")


def test_what_will_do_comes_first() -> None:
    alone = Outlook((running(),), (prospects(FULL, free=0),))
    assert [one.name for one in alone.choices(DISK, When.NOW)] == ["scsi", "virtio", "sata"]
    assert alone.choices(DISK, When.NOW)[0].refusal == ""
    assert "off" in next(one.refusal for one in alone.switches(When.NOW) if one.name == "DMZ")


def test_only_what_all_hosts_have_is_offered_with_the_least_room() -> None:
    small = prospects(pool_gib=3)
    both = Outlook((running(), running("web-02")), (prospects(), small))
    (pool,) = both.pools()
    assert pool.available_bytes == 3 * 1024**3
    without = replace(small, pools=(), switches=())
    neither = Outlook((running(), running("web-02")), (prospects(), without))
    assert neither.pools() == ()
    assert neither.switches(When.NOW) == ()


def test_free_slots_are_those_of_the_machine_with_the_fewest() -> None:
    assert Outlook((running(),), (prospects(),)).slots() == "6 of 8 hot-plug slots free"
    both = Outlook((running(), running("web-02")), (prospects(), prospects(free=2)))
    assert both.slots() == "2 of 8 hot-plug slots free in web-02, the fewest of all"
    assert Outlook((running(),), (prospects(is_running=False),)).slots() == ""
    assert slots_text(0, 0).startswith("No hot-plug slots")


def test_of_one_machine_its_record_tells_the_free_slots_while_it_runs() -> None:
    assert room(running()) == "6 of 8 hot-plug slots free"
    assert room(replace(running(), state=DomainState.OFF, live=None)) == ""


def test_before_anything_is_known_nothing_is_claimed() -> None:
    blank = Outlook((running(),), ())
    assert not blank.runs
    assert (blank.pools(), blank.slots(), blank.against(NIC, When.NOW)) == ((), "", "")

from backend.kinds import kind
from backend.parts import Part
from tests.backend.kinds.moments import FULL, moment

LATER = moment(is_live=False, room=FULL)


def test_the_rules_bind_only_a_machine_that_runs() -> None:
    full = moment(room=FULL)
    for rule, name in (
        (kind.needs_slot, "NoFreeSlot"),
        (kind.needs_old_slot, "NoOldSlot"),
        (kind.needs_controller("usb"), "NoController"),
        (kind.only_at_next_start, "OnlyAtNextStart"),
    ):
        problem = rule(full)
        assert problem
        assert problem.message_id == name
        assert rule(LATER) is None


def test_of_several_rules_the_first_reason_is_told() -> None:
    rule = kind.first(kind.anything, kind.needs_slot, kind.only_at_next_start)
    problem = rule(moment(room=FULL))
    assert problem
    assert problem.message_id == "NoFreeSlot"


def test_one_that_is_there_is_against_a_second() -> None:
    rule = kind.only_one(kind.tag("tpm"))
    assert rule(moment()) is None
    assert rule(moment(Part("tpm")))


def test_a_hypervisor_that_says_nothing_can_all_and_one_that_speaks_what_it_says() -> None:
    find = kind.able("rng", "model", "a", "b")
    assert [one.problem for one in find(moment())] == [None, None]
    told = find(moment(abilities=(("rng", "model", "b"),)))
    assert [one.problem is None for one in told] == [False, True]

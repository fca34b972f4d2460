from backend.kinds import lines
from backend.parts import Part
from tests.backend.kinds.moments import moment

AGENT = Part("channel", (("target@type", "virtio"), ("target@name", lines.CHANNELS[0])))


def test_the_channel_that_is_missing_is_proposed_and_none_comes_twice() -> None:
    (name,) = lines.CHANNEL.fields
    assert name.proposal(moment()) == lines.CHANNELS[0]
    assert name.proposal(moment(AGENT)) == lines.CHANNELS[1]
    problem = name.check(lines.CHANNELS[0], moment(AGENT))
    assert problem
    assert problem.message_id == "DeviceNameTaken"
    assert name.check("a b", moment())


def test_a_channel_that_the_guest_has_opened_says_so() -> None:
    assert lines.CHANNEL.shows
    assert not lines.CHANNEL.shows(AGENT)
    opened = Part("channel", (*AGENT.facts, ("target@state", "connected")))
    assert lines.CHANNEL.shows(opened)


def test_the_first_console_says_again_what_the_serial_port_says() -> None:
    assert not lines.SERIAL_PORT.is_it(Part("console", (("target@type", "serial"),)))
    isa = Part("serial", (("target@type", "isa-serial"),))
    assert lines.SERIAL_PORT.is_it(isa)
    assert lines.SERIAL_PORT.leaves(isa, moment())
    assert lines.SERIAL_PORT.leaves(isa, moment(is_live=False)) is None


def test_a_second_vsock_is_too_many() -> None:
    assert lines.VSOCK.comes(moment(Part("vsock")))


def test_a_vsock_that_the_host_could_not_start_is_refused_at_both_moments() -> None:
    for is_live in (True, False):
        problem = lines.VSOCK.comes(moment(is_live=is_live, nodes=frozenset()))
        assert problem
        assert problem.message_id == "NoVsockOnHost"
        there = frozenset(lines.VSOCK.stands_on)
        assert lines.VSOCK.comes(moment(is_live=is_live, nodes=there)) is None
        assert lines.VSOCK.comes(moment(is_live=is_live)) is None, "nobody could look"

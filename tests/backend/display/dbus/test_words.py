"""What a channel and its reader say to each other."""

import os
import socket

import pytest

from backend.display.dbus import words


def pair() -> tuple[socket.socket, socket.socket]:
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def test_each_packet_comes_as_it_was_said_with_its_descriptors() -> None:
    one, two = pair()
    with one, two:
        descriptor = os.memfd_create("x")
        words.say(one, {"seen": 1})
        words.say(one, {"surface": [1, 2]}, (descriptor,))
        assert words.hear(two) == ({"seen": 1}, [])
        packet = words.hear(two)
        assert packet is not None
        assert packet.said == {"surface": [1, 2]}
        assert os.path.sameopenfile(packet.descriptors[0], descriptor)
        for number in (descriptor, *packet.descriptors):
            assert not os.get_inheritable(number)
            os.close(number)


def test_who_does_not_listen_is_not_waited_for() -> None:
    one, two = pair()

    def go_on() -> None:
        while True:
            words.say(one, {"calls": ["x" * 1000]})

    with one, two, pytest.raises(BlockingIOError):
        go_on()


def test_the_end_of_it() -> None:
    one, two = pair()
    one.close()
    with two:
        assert words.hear(two) is None
        with pytest.raises(OSError, match="Broken pipe"):
            words.say(two, {"seen": 1})

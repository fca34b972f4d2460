import threading

from backend.hypervisor import eventloop


def test_one_daemon_thread_delivers_however_often_it_is_asked_for() -> None:
    eventloop.run_in_thread()
    eventloop.run_in_thread()
    ours = [t for t in threading.enumerate() if t.name == eventloop.THREAD_NAME]
    assert len(ours) == 1
    assert ours[0].daemon

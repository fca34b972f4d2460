import os
import subprocess

from backend.processes import began


def test_a_process_is_told_by_its_beginning() -> None:
    assert began(os.getpid()) == began(str(os.getpid())) != ""
    ended = subprocess.Popen(["true"])
    os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)
    assert began(ended.pid) == "", "it is not buried yet"
    ended.wait()
    assert began(ended.pid) == ""

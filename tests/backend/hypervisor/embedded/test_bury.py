import subprocess
from pathlib import Path

from backend.hypervisor.embedded import bury


def run(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = (*bury.prefix(), "sh", "-c", script, "sh", *map(str, arguments))
    return subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)


def test_it_ends_as_what_it_ran_ended() -> None:
    assert run("exit 3").returncode == 3
    assert run("kill -9 $$").returncode == 9


def test_it_stays_for_the_orphans_that_outlive_what_it_ran(tmp_path: Path) -> None:
    last = tmp_path / "last"
    run('(setsid sh -c "sleep 0.5; : > $1" sh "$1" &) ; exit 0', last)
    assert last.exists()


def test_orphans_become_its_children_and_are_buried(tmp_path: Path) -> None:
    """The elder (whose parent it is) looks at an orphan while it lives and after it has ended."""
    told = run(
        '(setsid sh -c \'echo $$ > "$0"; until [ -e "$0.seen" ]; do sleep 0.05; done\' "$1" &);'
        'until read -r orphan < "$1"; do sleep 0.05; done;'
        'ps -o ppid= -p "$orphan"; echo $PPID; touch "$1.seen";'
        'while [ -d "/proc/$orphan" ]; do sleep 0.05; done; echo buried',
        tmp_path / "pid",
    )
    parent, itself, end = told.stdout.split()
    assert parent == itself
    assert end == "buried"

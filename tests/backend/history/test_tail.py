import subprocess
import sys

from backend.history import tail


def test_a_row_tells_of_each_of_its_series() -> None:
    told = tail.dump({7: (1.0, 2.0, 3.0), 2**31: (0.5, 0.5, 0.5)})
    assert tail.find(told, 7) == (1.0, 2.0, 3.0)
    assert tail.find(told, 2**31) == (0.5, 0.5, 0.5)
    assert tail.find(told, 8) is None
    assert tail.find(tail.dump({}), 7) is None


def test_rows_become_blocks_by_series() -> None:
    rows = [
        (1000, tail.dump({7: (1.0, 2.0, 3.0)})),
        (1020, tail.dump({7: (4.0,) * 3, 8: (5.0,) * 3})),
    ]
    turned = tail.turn(rows, 1000, 10)
    assert turned[7][:, 0].tolist() == [1.0, 2.0, 3.0]
    assert turned[7][1, 2] == 4.0
    assert turned[8][1, 2] == 5.0


def test_what_is_cut_off_or_of_another_time_is_left_out() -> None:
    whole = tail.dump({7: (1.0, 2.0, 3.0), 8: (1.0, 1.0, 1.0)})
    assert set(tail.turn([(1000, whole[:-5])], 1000, 10)) == {7}
    assert tail.turn([(999, whole), (1000 + 3600, whole)], 1000, 10) == {}


def test_what_no_number_of_32_bits_is_costs_itself_alone() -> None:
    told = tail.dump({7: (1.0, 2.0, 1e300), 8: (1.0, 1.0, 1.0)})
    assert (tail.find(told, 7), tail.find(told, 8)) == (None, (1.0, 1.0, 1.0))


def test_rows_are_written_without_numpy() -> None:
    program = """
import sys
import console.bridge.unloaded
from backend.history.rollup import Level, Row
from backend.history.store import Store
from backend.measures import Measure
from backend.model import Kind, Ref
store = Store(None)
row = Row(Ref("h", Kind.HOST, "h"), Level.TENS, 1000, {(Measure.HOST_CPU, ""): (0.1, 0.2, 0.3)})
store.write([row])
for piece in store.due(1020):
    store.settle(piece)
store.prune(1020)
sys.exit("numpy" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()

"""pyqtgraph without a copy of all of Qt."""

import subprocess
import sys

PROGRAM = """
from PySide6 import QtGui, QtWidgets
application = QtWidgets.QApplication([])
from console.widgets.plotting import pyqtgraph
from pyqtgraph.Qt import QtGui as lent
assert "QTextTableCell" not in vars(lent), "copied"
assert lent.QTextTableCell is QtGui.QTextTableCell
assert "QPainter" in dir(QtGui)
plot = pyqtgraph.PlotWidget()
plot.plot([1, 2, 3])
plot.grab()
print("drawn")
"""


def test_it_has_qt_as_it_asks_for_it_and_draws() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "drawn", done.stderr

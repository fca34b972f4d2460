"""pyqtgraph without a copy of all of Qt, and without what nobody asks for."""

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
LEAN = """
import sys
from PySide6 import QtWidgets
application = QtWidgets.QApplication([])
from console.widgets import plotting
pyqtgraph = plotting.pyqtgraph
plot = pyqtgraph.PlotWidget()
plot.plot([1, 2, 3])
plot.grab()
for passed in ("graphicsItems.ROI", "imageview", "widgets.RemoteGraphicsView", "parametertree"):
    assert f"pyqtgraph.{passed}" not in sys.modules, passed
assert not [name for name in ("PySide6.QtTest", "PySide6.QtOpenGL") if name in sys.modules]
for name, module in tuple(sys.modules.items()):
    if name.startswith("pyqtgraph") and not name.startswith("pyqtgraph.Qt"):
        assert type(module) is not plotting._Placeholder, name
        held = [key for key, it in vars(module).items() if it is plotting._Unused]
        assert not held, (name, held)
assert issubclass(pyqtgraph.ROI, pyqtgraph.GraphicsObject)
from pyqtgraph import ErrorBarItem, exporters, imageview
assert imageview.ImageView is pyqtgraph.ImageView
assert not hasattr(pyqtgraph, "nothing_of_that_name")
print("lean")
"""


def test_it_has_qt_as_it_asks_for_it_and_draws() -> None:
    assert _said_by(PROGRAM) == "drawn"


def test_what_nobody_asks_for_is_not_loaded_and_is_there_for_who_does() -> None:
    assert _said_by(LEAN) == "lean"


def _said_by(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()

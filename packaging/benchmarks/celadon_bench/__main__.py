"""packaging/bench [NAME...] [--json FILE]: measure, print a table, write the rows."""

import argparse
import importlib
import os
import pkgutil
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import cast

# libvirt's threads and Qt's GLib dispatcher would iterate one GLib context from two threads.
os.environ.setdefault("QT_NO_GLIB", "1")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from celadon_bench import benchmarks
from celadon_bench.rows import Row, dump, table


def names() -> tuple[str, ...]:
    """Return the benchmarks there are."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__)))


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(prog="packaging/bench", description="Measure the program.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names())}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows there")
    parsed = parser.parse_args(arguments)
    if unknown := set(parsed.names) - set(names()):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    return parsed


def main(arguments: Sequence[str]) -> int:
    """Measure; return 1 if a goal was missed."""
    parsed = parse_arguments(arguments)
    rows: list[Row] = []
    found = [
        importlib.import_module(f"celadon_bench.benchmarks.{name}")
        for name in parsed.names or names()
    ]
    # By now each has said what it wants of what is measured for several of them at once.
    for module in found:
        rows += cast("tuple[Row, ...]", module.measure())
    print(table(rows))
    if parsed.json:
        parsed.json.write_text(dump(rows), encoding="utf-8")
    return int(any(row.is_missed for row in rows))


if __name__ == "__main__":
    # Whoever has it end before its time leaves no guests running.
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(1))
    sys.exit(main(sys.argv[1:]))

"""One module for each benchmark, by its name; each has `measure() -> tuple[Row, ...]`."""

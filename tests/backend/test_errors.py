from backend.errors import DiskFull, Problem, ProblemError


def test_an_error_carries_its_arguments_as_a_value() -> None:
    error = DiskFull(path="/images", needed_bytes=2, free_bytes=1, detail=("no space",))
    assert error.problem == Problem(
        "DiskFull", (("free_bytes", 1), ("needed_bytes", 2), ("path", "/images")), ("no space",)
    )
    assert error.problem["path"] == "/images"


def test_a_problem_raised_again_stays_the_same() -> None:
    problem = DiskFull(path="/images", needed_bytes=2, free_bytes=1).problem
    assert ProblemError(problem).problem == problem

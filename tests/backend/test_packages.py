"""What is wrong with a package is said by where it is."""

from backend.packages import PackageBroken


def test_the_place_and_the_fault() -> None:
    problem = PackageBroken(path="/p/web", detail=("machine.json: files",)).problem
    assert problem["path"] == "/p/web"
    assert problem.detail == ("machine.json: files",)

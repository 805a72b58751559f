"""After the tests of the set-up, a table: the circumstance, what happened, how many seconds it took."""

from pathlib import Path


def pytest_terminal_summary(terminalreporter):
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    here = [report for report in reports if Path(report.nodeid.split("::")[0]).parent.name == "setup"]
    for report in here:
        name = report.nodeid.split("::test_")[-1].replace("_", " ")
        for what, said in report.user_properties or [("failed", "")]:
            terminalreporter.write_line(f"{name:62} {what:>5} s  {said}")

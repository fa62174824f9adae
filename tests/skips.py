"""A pytest plugin: on CI (CI=true) a skipped test fails the run; elsewhere it is said loudly."""

import os

import pytest


def _reasons(reporter: pytest.TerminalReporter) -> list[str]:
    skipped = reporter.stats.get("skipped", [])
    texts = (report.longrepr[2] for report in skipped if isinstance(report.longrepr, tuple))
    return sorted({text.removeprefix("Skipped: ") for text in texts})


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and os.environ.get("CI") == "true" and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    count = len(terminalreporter.stats.get("skipped", []))
    if not count:
        return
    on_ci = os.environ.get("CI") == "true"
    title = "SKIPPED: a failure on CI" if on_ci else "SKIPPED: not checked here"
    terminalreporter.section(f"{count} {title}", sep="!", red=on_ci, yellow=not on_ci, bold=True)
    for reason in _reasons(terminalreporter):
        terminalreporter.write_line(reason)

"""The plug-in for pytest, found by pytest once it is installed.

Which files run inside quecpy is said in pytest's own configuration, by folders and files; nothing else is touched:

    [tool.pytest.ini_options]            # pyproject.toml; in pytest.ini: [pytest]
    quecpy = ["device/tests"]
    quecpy_options = ["--firmware", "2021"]

`pytest --quecpy device/tests` says it for one run. All of a chosen folder belongs to quecpy: files that fit `python_files`
are its tests, and a conftest.py in it is for the module, so that pytest does not import it. For a file that is chosen by
itself no conftest.py counts.
"""

from pathlib import Path
from typing import Any, Iterator, List, Optional

import pytest

from quecpy import device
from quecpy.device import quecpy  # noqa: F401  The fixture.
from quecpy.nodes import QuecpyFile, QuecpyTest, settings_key
from quecpy.program import NotFound
from quecpy.settings import Settings, add_options, is_test_file


def pytest_addoption(parser: pytest.Parser) -> None:
    add_options(parser)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    early_config.stash[settings_key] = Settings(early_config)
    _keep_conftests_apart(early_config)


def _keep_conftests_apart(config: pytest.Config) -> None:
    """Lets pytest see an empty module in place of each conftest.py that is for the module. There is no hook for it."""
    settings = config.stash[settings_key]
    manager: Any = config.pluginmanager
    load = getattr(manager, "_importconftest", None)
    if not settings.tops or load is None:
        return

    def load_unless_ours(conftestpath: Path, *args: Any, **kwargs: Any) -> Any:
        if settings.top_of(conftestpath) is not None:
            return type(pytest)("conftest")
        return load(conftestpath, *args, **kwargs)

    manager._importconftest = load_unless_ours


def pytest_configure(config: pytest.Config) -> None:
    # Without pytest's own start, as under `-p quecpy.plugin` in a conftest.py.
    if settings_key not in config.stash:
        config.stash[settings_key] = Settings(config)
    settings = config.stash[settings_key]
    settings.check()
    if settings.tops:
        config.addinivalue_line("markers", "timeout(seconds): a test inside quecpy fails when it takes longer")


def pytest_report_header(config: pytest.Config) -> Optional[str]:
    settings = config.stash[settings_key]
    if not settings.tops:
        return None
    try:
        return f"quecpy: {settings.program()}"
    except NotFound as e:
        return f"quecpy: {e}"


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Iterator[None]:
    outcome: Any = yield
    top = parent.config.stash[settings_key].top_of(file_path)
    if top is None or file_path.suffix != ".py" or outcome.excinfo is not None:
        return
    ours: List[pytest.Collector] = []
    patterns = parent.config.getini("python_files")
    if file_path.name != "conftest.py" and (
        parent.session.isinitpath(file_path) or top.is_file() or is_test_file(file_path, patterns)
    ):
        file = QuecpyFile.from_parent(parent, path=file_path)
        file.top = top
        ours.append(file)
    # In place of what others would make of it, who could only import it.
    outcome.force_result(ours)


@pytest.hookimpl(optionalhook=True, tryfirst=True)
def pytest_collect_directory(path: Path, parent: pytest.Collector) -> Optional[pytest.Collector]:
    # A package's __init__.py would be imported.
    if parent.config.stash[settings_key].top_of(path / "__init__.py") is None:
        return None
    directory: Any = pytest.Dir.from_parent(parent, path=path)
    return directory


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    outcome: Any = yield
    if isinstance(collector, QuecpyFile) and outcome.excinfo is None:
        collector.amend(outcome.get_result())


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: "pytest.CallInfo[None]") -> Iterator[None]:
    outcome: Any = yield
    if outcome.excinfo is not None:
        return
    report = outcome.get_result()
    if isinstance(item, QuecpyTest):
        item.amend(report, call)
    elif report.failed:
        report.sections += device.sections(item)


@pytest.hookimpl(optionalhook=True, tryfirst=True)
def pytest_timeout_set_timer(item: pytest.Item) -> Optional[bool]:
    """Of pytest-timeout: quecpy watches over its tests itself, and tells where they hang."""
    return True if isinstance(item, QuecpyTest) else None


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Of pytest-xdist: its workers do not know whether they get whole files."""
    node.workerinput["quecpy_dist"] = node.config.getoption("dist")

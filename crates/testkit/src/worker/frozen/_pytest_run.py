# A worker's Python half: collects the tests of one file, and runs those that the parent selects.

import _quecpy_test
import _pytest_builtin
from _pytest_fixtures import LookupFailed, Manager, Request
from _pytest_marks import Mark
from _pytest_module import Class, Collector, Function, Module, Session
from _pytest_outcomes import Exit, Failed, OutcomeException, Skipped, Timeout, XFailed

emit = _quecpy_test.emit


class Option:
    def __init__(self, setup):
        self.verbose = setup["verbose"]


class Config:
    def __init__(self, setup):
        self.setup = setup
        self.option = Option(setup)
        self.rootpath = "/usr"

    def getoption(self, name, default=None):
        return getattr(self.option, name.lstrip("-"), default)

    def getini(self, name):
        return ""

    def addinivalue_line(self, name, line):
        pass


def why(e, path, style):
    from _pytest_report import failure

    text, message, where, line = failure(e, path, style)
    return {"text": text, "message": message, "path": where, "line": line}


def sections(phase):
    out, err = _quecpy_test.printed()
    found = []
    if out:
        found.append(["Captured stdout %s" % phase, out])
    if err:
        found.append(["Captured stderr %s" % phase, err])
    return found


def main(setup):
    config = Config(setup)
    manager = Manager()
    _pytest_builtin.install(manager, setup["without"])
    session = Session("", "", None)
    session.config = config
    session.session = session
    module = Module(setup["id"], setup["id"], session)
    module.config = config
    module.path = setup["shown"]
    runner = Runner(config, module)
    items = runner.collect(manager)
    if items is None:
        return
    while True:
        command = _quecpy_test.command()
        if command is None or "run" not in command:
            return
        if runner.run([items[i] for i in command["run"]], command.get("most_failures", 0)):
            return


class Runner:
    def __init__(self, config, module):
        self.config = config
        self.setup = config.setup
        self.module = module
        self.stack = []

    # --- collection ---

    def collect(self, manager):
        setup = self.setup
        usys_path(setup["folder"])
        hooks = []
        limit = setup["timeout"]
        # An import that does not end is told like a test that does not.
        _quecpy_test.deadline(float(limit) if limit else None, setup["id"])
        try:
            for path, baseid, shown in setup["conftests"]:
                usys_path_of(shown)
                conftest = _quecpy_test.load(path, "conftest", shown)
                manager.parse(_quecpy_test.namespace(conftest), baseid)
                hook = getattr(conftest, "pytest_generate_tests", None)
                if hook is not None:
                    hooks.append(hook)
                configure = getattr(conftest, "pytest_configure", None)
                if configure is not None:
                    configure(self.config)
            name = setup["id"].rsplit("/", 1)[-1][:-3]
            self.module.obj = _quecpy_test.load(setup["path"], name, setup["shown"])
            collector = Collector(self.module, manager, self.config)
            collector.hooks = hooks
            items = collector.collect()
            _quecpy_test.deadline(None, setup["id"])
        except Skipped as e:
            if not e.allow_module_level:
                message = (
                    "Using pytest.skip outside of a test will skip the entire module. "
                    "If that's your intention, pass `allow_module_level=True`. "
                    "If you want to skip a specific test or an entire class, "
                    "use the @pytest.mark.skip or @pytest.mark.skipif decorators."
                )
                text = {"text": message, "message": message, "path": "", "line": 0}
                emit({"event": "collected", "items": [], "error": text, "sections": sections("")})
                return None
            path, line = where_of(e, setup["shown"])
            text = {"text": "Skipped: " + str(e), "message": str(e), "path": path, "line": line}
            emit({"event": "collected", "items": [], "skipped": text})
            return None
        except Exit as e:
            emit({"event": "exit", "reason": str(e.msg), "code": e.returncode})
            return None
        except BaseException as e:
            _quecpy_test.deadline(None, setup["id"])
            if isinstance(e, Timeout):
                e.msg = "Timeout (>%ss)" % limit
            found = why(e, setup["shown"], "short" if setup["style"] == "auto" else setup["style"])
            if isinstance(e, ImportError):
                found["text"] = (
                    "ImportError while importing test module '%s'.\n"
                    "Hint: make sure your test modules/packages have valid Python names.\nTraceback:\n%s"
                    % (setup["path"], found["text"])
                )
            emit({"event": "collected", "items": [], "error": found, "sections": sections("")})
            return None
        told = []
        for item in items:
            marks, arguments = [], {}
            for mark in item.iter_markers():
                if mark.name not in marks:
                    marks.append(mark.name)
                    if mark.name not in OWN_MARKS and is_plain(mark.args, 4) and is_plain(mark.kwargs, 4):
                        arguments[mark.name] = [mark.args, mark.kwargs]
            names = [n.name for n in item.chain() if n.name]
            if item.originalname not in names:
                names.append(item.originalname)
            told.append(
                {
                    "id": item.nodeid,
                    "line": item.line,
                    "domain": item.domain(),
                    "keywords": names + marks,
                    "marks": marks,
                    "arguments": arguments,
                    "path": item.file,
                }
            )
        if setup["fixtures"]:
            emit({"event": "fixtures", "fixtures": manager.described()})
        emit({"event": "collected", "items": told, "sections": sections("")})
        return items

    # --- running ---

    def run(self, items, most_failures):
        failures = 0
        for index, item in enumerate(items):
            following = items[index + 1] if index + 1 < len(items) else None
            try:
                failed = self.run_one(item, following)
            except Exit as e:
                self.tear_down(None)
                emit({"event": "exit", "reason": str(e.msg), "code": e.returncode})
                return True
            failures += failed
            if most_failures and failures >= most_failures:
                try:
                    self.tear_down(None)
                except BaseException:
                    pass
                return True
        return False

    def run_one(self, item, following):
        emit({"event": "start", "id": item.nodeid})
        limit = self.setup["timeout"]
        mark = item.get_closest_marker("timeout")
        if mark is not None:
            limit = mark.args[0] if mark.args else mark.kwargs.get("timeout", limit)
        item.limit = limit if limit else None
        item.xfail = None
        _quecpy_test.deadline(None if item.limit is None else float(item.limit), item.nodeid)
        failed = 0
        item.passed = False
        if self.phase(item, "setup", self.set_up):
            # What fixtures make is theirs to close; what the test itself makes, the test's.
            _quecpy_test.left()
            item.passed = self.phase(item, "call", self.call)
            failed = 0 if item.passed else 1
        elif item.report["outcome"] == "failed":
            failed = 1
        item.following = following
        if not self.phase(item, "teardown", self.tear_down_after) and item.report["outcome"] == "failed":
            failed = 1
        _quecpy_test.deadline(None, item.nodeid)
        item.funcargs = {}
        item.instance = None
        return failed

    def phase(self, item, when, act):
        begin = _quecpy_test.seconds()
        error = None
        try:
            act(item)
        except Exit:
            raise
        except BaseException as e:
            error = e
        report = {
            "event": "report",
            "id": item.nodeid,
            "when": when,
            "outcome": "passed",
            "duration": _quecpy_test.seconds() - begin,
        }
        item.report = report
        if error is not None:
            self.judge(item, when, report, error)
        elif when == "call" and item.xfail is not None and not self.setup["run_xfail"]:
            unexpected(report, item.xfail)
        item.printed = (item.printed if when != "setup" else []) + sections(when)
        stacks = _quecpy_test.timed_out()
        if stacks:
            item.printed.append(["Stacks of all threads at the timeout", stacks])
        report["sections"] = item.printed
        if when == "teardown":
            report["properties"] = [list(p) for p in item.user_properties]
            # A failed test's are held by its traceback.
            for what in _quecpy_test.left() if item.passed else []:
                emit({"event": "left", "id": item.nodeid, "what": what})
        emit(report)
        return report["outcome"] == "passed"

    def judge(self, item, when, report, e):
        path = item.file
        if isinstance(e, Timeout):
            e.msg = "Timeout (>%ss)" % item.limit
        if isinstance(e, Skipped):
            where, line = where_of(e, None)
            if e.location is not None:
                where, line = e.location
            elif getattr(e, "by_mark", False):
                where, line = item.file, item.line
            report["outcome"] = "skipped"
            report["why"] = {
                "text": "Skipped: %s" % e if str(e) else "Skipped",
                "message": str(e),
                "path": where,
                "line": line,
            }
            return
        if isinstance(e, XFailed) and not self.setup["run_xfail"]:
            report["outcome"] = "skipped"
            report["wasxfail"] = "reason: " + str(e.msg)
            report["why"] = self.why_of(e, path)
            return
        mark = item.xfail
        if mark is not None and when != "teardown" and not self.setup["run_xfail"]:
            if mark["raises"] is None or isinstance(e, mark["raises"]):
                report["outcome"] = "skipped"
                report["wasxfail"] = mark["reason"]
                report["why"] = self.why_of(e, path)
                return
        report["outcome"] = "failed"
        report["why"] = self.why_of(e, path)

    def why_of(self, e, path):
        return why(e, path, self.setup["style"])

    # --- phases ---

    def set_up(self, item):
        needed = item.chain()
        for node in self.stack:
            if node not in needed:
                raise AssertionError("previous item was not torn down properly")
            # What could not be set up before cannot be now.
            broken = getattr(node, "broken", None)
            if broken is not None:
                raise broken
        evaluate_skip(item)
        item.xfail = evaluate_xfail(item)
        if item.xfail is not None and not item.xfail["run"] and not self.setup["run_xfail"]:
            raise XFailed("[NOTRUN] " + item.xfail["reason"])
        if item.coroutine:
            raise Failed(
                "async def functions are not natively supported.\n"
                "You need to install a suitable plugin for your async framework, for example:\n"
                "  - anyio\n  - pytest-asyncio\n  - pytest-tornasync\n  - pytest-trio\n  - pytest-twisted",
                False,
            )
        if item.generator:
            raise XFailed("yield tests were removed in pytest 4.0 - %s will be ignored" % item.name)
        for node in needed[len(self.stack) :]:
            self.stack.append(node)
        if isinstance(item.parent, Class):
            item.instance = item.parent.obj()
        request = Request(item)
        for name in item.fixturenames:
            if name not in item.funcargs:
                item.funcargs[name] = request.getfixturevalue(name)

    def call(self, item):
        arguments = {}
        for name in item.argnames:
            arguments[name] = item.funcargs[name]
        try:
            result = item.obj(**arguments)
        finally:
            # A mark that the test has added to itself counts.
            item.xfail = evaluate_xfail(item)
        if result is not None:
            pass

    def tear_down_after(self, item):
        self.tear_down(item.following)

    def tear_down(self, following):
        needed = following.chain() if following is not None else []
        errors = []
        while self.stack:
            if self.stack == needed[: len(self.stack)]:
                break
            node = self.stack.pop()
            while node.finalizers:
                finalizer = node.finalizers.pop()
                try:
                    finalizer()
                except BaseException as e:
                    errors.append(e)
            node._instance = None
        if errors:
            raise errors[0]


# Their effect is seen in reports.
OWN_MARKS = ("parametrize", "skip", "skipif", "usefixtures", "xfail")


def is_plain(value, depth):
    # JSON can tell it, and it is small enough to be told.
    if value is None or isinstance(value, (bool, int, float)):
        return True
    if isinstance(value, str):
        return len(value) < 1000
    if not depth or not isinstance(value, (list, tuple, dict)) or len(value) > 100:
        return False
    if isinstance(value, dict):
        for key in value:
            if not isinstance(key, str):
                return False
        value = list(value.values())
    for part in value:
        if not is_plain(part, depth - 1):
            return False
    return True


def unexpected(report, mark):
    if mark["strict"]:
        text = "[XPASS(strict)] " + mark["reason"]
        report["outcome"] = "failed"
        report["why"] = {"text": text, "message": text, "path": "", "line": 0}
    else:
        report["wasxfail"] = mark["reason"]


def where_of(e, path):
    from _pytest_report import entries_of

    entries = entries_of(e, path)
    return (entries[-1][0], entries[-1][1]) if entries else ("", 0)


def condition_of(item, mark, condition):
    if isinstance(condition, str):
        import usys
        import uos

        names = dict(item.module_node.obj.__dict__)
        names.update({"sys": usys, "os": uos, "config": item.config})
        try:
            return bool(eval(condition, names)), condition
        except Exception as e:
            from _pytest_report import exception_only

            raise Failed("Error evaluating %r condition\n    %s\n%s" % (mark.name, condition, exception_only(e)), False)
    return bool(condition), None


def conditions(mark):
    if "condition" in mark.kwargs:
        return (mark.kwargs["condition"],)
    return mark.args


def evaluate_skip(item):
    for mark in item.iter_markers("skipif"):
        for condition in conditions(mark):
            holds, text = condition_of(item, mark, condition)
            if holds:
                reason = mark.kwargs.get("reason")
                if reason is None:
                    if text is None:
                        raise Failed("Error evaluating 'skipif': you need to specify reason=STRING when using booleans as conditions.", False)
                    reason = "condition: " + text
                skip_by_mark(reason)
    for mark in item.iter_markers("skip"):
        reason = mark.kwargs.get("reason", mark.args[0] if mark.args else "unconditional skip")
        skip_by_mark(reason)


def skip_by_mark(reason):
    e = Skipped(reason)
    e.by_mark = True
    raise e


def evaluate_xfail(item):
    for mark in item.iter_markers("xfail"):
        found = {
            "run": mark.kwargs.get("run", True),
            "strict": mark.kwargs.get("strict", item.config.setup["strict_xfail"]),
            "raises": mark.kwargs.get("raises"),
            "reason": mark.kwargs.get("reason", ""),
        }
        asked = conditions(mark)
        if not asked:
            return found
        for condition in asked:
            holds, text = condition_of(item, mark, condition)
            if holds:
                if "reason" not in mark.kwargs:
                    if text is None:
                        raise Failed("Error evaluating 'xfail': you need to specify reason=STRING when using booleans as conditions.", False)
                    found["reason"] = "condition: " + text
                return found
    return None


def usys_path(folder):
    import usys

    if folder and folder not in usys.path:
        usys.path.insert(0, folder)


def usys_path_of(shown):
    pass

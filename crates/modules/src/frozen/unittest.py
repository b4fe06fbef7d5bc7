# unittest: what tests that are written for micropython-lib's module of this name use. For `quecpy test` the files are
# written as for pytest; this lets the other ones run.
import sys


class SkipTest(Exception):
    pass


class _Raises:
    def __init__(self, expected):
        self.expected = expected
        self.exception = None

    def __enter__(self):
        return self

    def __exit__(self, kind, exception, traceback):
        if kind is None:
            raise AssertionError('%r not raised' % (self.expected,))
        self.exception = exception
        return issubclass(kind, self.expected)


class _SubTest:
    def __init__(self, case, *message, **parameters):
        pass

    def __enter__(self):
        return self

    def __exit__(self, kind, exception, traceback):
        return False


class TestCase:
    def __init__(self):
        self._cleanups = []

    def setUp(self):
        pass

    def tearDown(self):
        pass

    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def addCleanup(self, function, *args, **options):
        self._cleanups.append((function, args, options))

    def doCleanups(self):
        while self._cleanups:
            function, args, options = self._cleanups.pop()
            function(*args, **options)

    def subTest(self, *message, **parameters):
        return _SubTest(self, *message, **parameters)

    def skipTest(self, reason):
        raise SkipTest(reason)

    def fail(self, msg=''):
        raise AssertionError(msg)

    def _check(self, holds, msg, said):
        if not holds:
            raise AssertionError(msg or said)

    def assertEqual(self, x, y, msg=''):
        self._check(x == y, msg, '%r vs (expected) %r' % (x, y))

    def assertNotEqual(self, x, y, msg=''):
        self._check(x != y, msg, '%r not expected to be equal %r' % (x, y))

    def assertAlmostEqual(self, x, y, places=7, msg='', delta=None):
        near = x == y or (abs(x - y) <= delta if delta is not None else round(abs(y - x), places) == 0)
        self._check(near, msg, '%r is not nearly %r' % (x, y))

    def assertLessEqual(self, x, y, msg=''):
        self._check(x <= y, msg, '%r is expected to be <= %r' % (x, y))

    def assertGreaterEqual(self, x, y, msg=''):
        self._check(x >= y, msg, '%r is expected to be >= %r' % (x, y))

    def assertIs(self, x, y, msg=''):
        self._check(x is y, msg, '%r is not %r' % (x, y))

    def assertIsNot(self, x, y, msg=''):
        self._check(x is not y, msg, '%r is %r' % (x, y))

    def assertIsNone(self, x, msg=''):
        self._check(x is None, msg, '%r is not None' % (x,))

    def assertIsNotNone(self, x, msg=''):
        self._check(x is not None, msg, 'None was not expected')

    def assertTrue(self, x, msg=''):
        self._check(x, msg, 'Expected %r to be True' % (x,))

    def assertFalse(self, x, msg=''):
        self._check(not x, msg, 'Expected %r to be False' % (x,))

    def assertIn(self, x, y, msg=''):
        self._check(x in y, msg, 'Expected %r to be in %r' % (x, y))

    def assertNotIn(self, x, y, msg=''):
        self._check(x not in y, msg, 'Expected %r not to be in %r' % (x, y))

    def assertIsInstance(self, x, y, msg=''):
        self._check(isinstance(x, y), msg, '%r is no instance of %r' % (x, y))

    def assertRaises(self, expected, function=None, *args, **options):
        context = _Raises(expected)
        if function is None:
            return context
        with context:
            function(*args, **options)


def skip(reason):
    def decorator(wanted):
        if isinstance(wanted, type):
            wanted.setUp = lambda self: self.skipTest(reason)
            return wanted
        return lambda self: self.skipTest(reason)

    return decorator


def skipIf(condition, reason):
    return skip(reason) if condition else lambda wanted: wanted


def skipUnless(condition, reason):
    return skipIf(not condition, reason)


def expectedFailure(test):
    def wrapped(self):
        try:
            test(self)
        except Exception:
            return
        self.fail('unexpected success')

    return wrapped


class TestResult:
    def __init__(self):
        self.testsRun = 0
        self.errors = []
        self.failures = []
        self.skipped = []

    def wasSuccessful(self):
        return not self.errors and not self.failures


class TestSuite:
    def __init__(self, name=''):
        self._tests = []

    def addTest(self, case):
        self._tests.append(case)

    def run(self, result):
        for case in self._tests:
            _run_class(case, result)
        return result


class TextTestRunner:
    def run(self, suite):
        result = suite.run(TestResult())
        print('-' * 70)
        print('Ran %d tests\n' % result.testsRun)
        if result.wasSuccessful():
            print('OK', '(skipped=%d)' % len(result.skipped) if result.skipped else '')
        else:
            print('FAILED (failures=%d, errors=%d)' % (len(result.failures), len(result.errors)))
        return result


def _run_class(case, result):
    names = [name for name in dir(case) if name.startswith('test')]
    case.setUpClass()
    for name in names:
        result.testsRun += 1
        test = case()
        print('%s (%s) ...' % (name, case.__name__), end='')
        try:
            test.setUp()
            try:
                getattr(test, name)()
            finally:
                test.tearDown()
                test.doCleanups()
            print(' ok')
        except SkipTest as e:
            print(' skipped:', e.args[0])
            result.skipped.append((name, e))
        except AssertionError as e:
            print(' FAIL')
            result.failures.append((name, e))
            sys.print_exception(e)
        except Exception as e:
            print(' ERROR')
            result.errors.append((name, e))
            sys.print_exception(e)
    case.tearDownClass()


def main(module='__main__', testRunner=None):
    names = __import__(module) if isinstance(module, str) else module
    suite = TestSuite()
    for name in dir(names):
        found = getattr(names, name)
        if isinstance(found, type) and issubclass(found, TestCase) and found is not TestCase:
            suite.addTest(found)
    result = (testRunner or TextTestRunner()).run(suite)
    if not result.wasSuccessful():
        sys.exit(1)

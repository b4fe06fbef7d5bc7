# cell: unittest: cases, what they assert, skipping
# firmware: micropython
import unittest


class Numbers(unittest.TestCase):
    def setUp(self):
        self.value = 2

    def test_equal(self):
        self.assertEqual(self.value + 2, 4)
        self.assertIn(self.value, (1, 2))

    def test_raises(self):
        with self.assertRaises(ZeroDivisionError) as raised:
            self.value // 0
        self.assertIsInstance(raised.exception, ZeroDivisionError)
        self.assertRaises(ValueError, int, 'x')

    @unittest.skip('no reason')
    def test_skipped(self):
        self.fail('never run')

    def test_sub(self):
        for n in (1, 2):
            with self.subTest(n=n):
                self.assertTrue(n)


class Wrong(unittest.TestCase):
    @unittest.expectedFailure
    def test_expected(self):
        self.assertEqual(1, 2)

    def test_fails(self):
        self.addCleanup(print, ' cleaned', end='')
        try:
            self.assertEqual(1, 2)
        except AssertionError as e:
            print('', e, end='')
        self.skipTest('told')


unittest.main()

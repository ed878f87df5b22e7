"""Runs checks and prints each as a line of TAP (Test Anything Protocol), for scripts/test-sdks.mjs to read."""
import re
import traceback
from contextlib import contextmanager
from pathlib import Path

UUID = re.compile(r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')
MOMENT = re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z')
DATE = re.compile(r'\d{4}-\d\d-\d\d')


class Tap:
    """Counts the checks. One that fails is reported, and the next ones still run."""

    def __init__(self):
        self.done = 0

    @contextmanager
    def check(self, name):
        """The block fails the check by raising."""
        self.done += 1
        try:
            yield
        except Exception as error:
            self._report(name, error)
        else:
            print(f'ok {self.done} - {name}')

    def area(self, area, connect):
        """Runs the checks of an area. An error between them is a failed check too."""
        try:
            area(self, connect)
        except Exception as error:
            self.done += 1
            self._report(area.__name__, error)

    def finish(self):
        """Says that all checks were reached."""
        print(f'1..{self.done}', flush=True)

    def _report(self, name, error):
        print(f'not ok {self.done} - {name}')
        print(re.sub('^', '# ', f'{type(error).__name__}: {error}{lines_of(error)}', flags=re.MULTILINE))


def lines_of(error):
    """The lines of these checks that led to an error; those of the SDK and its libraries left out."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).parent == Path(__file__).parent]
    return ''.join(f'\n{Path(frame.filename).name}:{frame.lineno}: {frame.line}' for frame in ours[1:])


def equal(actual, expected):
    if actual != expected:
        raise AssertionError(f'expected {expected!r}, got {actual!r}')


def matches(actual, pattern):
    if not pattern.fullmatch(actual):
        raise AssertionError(f'expected something like {pattern.pattern}, got {actual!r}')


def shows(answer, **fields):
    """Checks attributes of an object of the SDK. A pattern as expected value is matched."""
    for name, expected in fields.items():
        actual = getattr(answer, name)
        same = expected.fullmatch(actual) if isinstance(expected, re.Pattern) else actual == expected
        if not same:
            raise AssertionError(f'{name}: expected {expected!r}, got {actual!r}')


def raises(error, text, call):
    """Checks that a call raises exactly this class, with this text in its message."""
    try:
        answer = call()
    except Exception as raised:
        if type(raised) is not error or text not in str(raised):
            raise AssertionError(f'expected {error.__name__} "{text}", got {raised!r}') from raised
    else:
        raise AssertionError(f'expected {error.__name__} "{text}", got {answer!r}')

"""A customer's own web server: it takes the server's callbacks, answers them, and keeps them for the checks."""
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

WAIT_SECONDS = 10


@dataclass(frozen=True)
class Callback:
    """A call as it came in."""

    method: str
    # The whole address, its path and query as they were written.
    url: str
    headers: Message
    # What stands in the query of a GET, or in the body of a POST.
    parameters: dict


class Receiver:
    """Answers 200, with the XML that is set for a path where one is."""

    def __init__(self, origin):
        self.origin = origin
        self.answers = {}
        self._callbacks = []
        self._arrived = threading.Condition()

    def wait_for(self, target, **parameters):
        """The first callback to a path (and query), with these parameters. Fails when none comes in time."""
        with self._arrived:
            if not self._arrived.wait_for(lambda: self._find(target, parameters), WAIT_SECONDS):
                seen = [f'{callback.method} {callback.url} {callback.parameters}' for callback in self._callbacks]
                raise AssertionError(f'no callback to {target} with {parameters}, but {seen[-3:]}')
            return self._find(target, parameters)

    def take(self, callback):
        """Keeps a callback and gives the answer to it."""
        with self._arrived:
            self._callbacks.append(callback)
            self._arrived.notify_all()
        return self.answers.get(urlsplit(callback.url).path, '')

    def _find(self, target, parameters):
        for callback in self._callbacks:
            fits = callback.url.startswith(self.origin + target)
            if fits and parameters.items() <= callback.parameters.items():
                return callback
        return None


@contextmanager
def receiving():
    """A receiver on a free port of this machine, for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.answer(urlsplit(self.path).query)

        def do_POST(self):
            self.answer(self.rfile.read(int(self.headers['Content-Length'])).decode())

        def answer(self, form):
            url = f'http://{self.headers["Host"]}{self.path}'
            parameters = dict(parse_qsl(form, keep_blank_values=True, strict_parsing=True))
            body = receiver.take(Callback(self.command, url, self.headers, parameters)).encode()
            self.send_response(200)
            self.send_header('Content-Type', 'application/xml')
            self.send_header('Content-Length', str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Says nothing: standard output is for the results."""

    with ThreadingHTTPServer(('127.0.0.1', 0), Handler) as server:
        receiver = Receiver(f'http://127.0.0.1:{server.server_port}')
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield receiver
        finally:
            server.shutdown()

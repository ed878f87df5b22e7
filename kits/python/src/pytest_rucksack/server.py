"""A server as a process of its own, and an account on it as a test uses it."""
import base64
import json
import os
import shlex
import shutil
import subprocess
import urllib.error
import urllib.request

START = ['start', '--ephemeral', '--virtual-clock', 'frozen', '--ready-file', '-', '--stop-with-input']
OTHER_COMMAND = 'RUCKSACK_COMMAND can name another command, such as: node /path/to/rucksack/dist/server/main.js'


class RucksackError(AssertionError):
    """The server refused a call, or something that a test waits for did not come."""


class RucksackServer:
    """Where a server is, and the credentials of its first account. One that was started here ends with `stop`."""

    def __init__(self, url, auth_id, auth_token, process=None):
        self.url = url
        self.auth_id = auth_id
        self.auth_token = auth_token
        self._process = process

    @classmethod
    def from_environment(cls, environment=os.environ):
        """Returns the server that the environment names, or else starts one."""
        url = environment.get('RUCKSACK_URL')
        if url:
            return cls(url.rstrip('/'), environment['PLIVO_AUTH_ID'], environment['PLIVO_AUTH_TOKEN'])
        return cls.start(environment)

    @classmethod
    def start(cls, environment=os.environ):
        """Starts a server and waits until it is ready."""
        settings = {
            name: value
            for name, value in environment.items()
            if not name.startswith('RUCKSACK_') or name == 'RUCKSACK_COMMAND'
        }
        command = [*_command(settings.pop('RUCKSACK_COMMAND', '')), *START]
        try:
            process = subprocess.Popen(
                command,
                env={'RUCKSACK_LOG_LEVEL': 'warn', **settings},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        except OSError as error:
            raise RucksackError(f'{shlex.join(command)} cannot be run: {error}. {OTHER_COMMAND}') from error
        line = process.stdout.readline()
        if not line:
            status = process.wait()
            raise RucksackError(f'{shlex.join(command)} ended with status {status} before it was ready. {OTHER_COMMAND}')
        ready = json.loads(line)
        return cls(ready['url'], ready['auth_id'], ready['auth_token'], process)

    def stop(self):
        """Ends the process, which ends by itself when this one does."""
        if self._process is None:
            return
        self._process.stdin.close()
        try:
            self._process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()


def _command(given):
    if given:
        return shlex.split(given)
    if shutil.which('rucksack'):
        return ['rucksack']
    return ['npx', '--yes', 'rucksack-server']


class Rucksack:
    """An account on a server, for one test. The time is the server's, and stands still until `advance`."""

    def __init__(self, url, auth_id, auth_token):
        self.url = url
        self.auth_id = auth_id
        self.auth_token = auth_token
        self._seen = set()

    @classmethod
    def make(cls, server, name='test'):
        """Makes an account of its own on a server."""
        made = cls(server.url, server.auth_id, server.auth_token).call('POST', 'MainAccount/', {'name': name})
        return cls(server.url, made['auth_id'], made['auth_token'])

    def call(self, method, path, body=None):
        """Calls the API below the account and returns the answer, `None` for one without a body."""
        credentials = base64.b64encode(f'{self.auth_id}:{self.auth_token}'.encode()).decode()
        request = urllib.request.Request(
            f'{self.url}/v1/Account/{self.auth_id}/{path}',
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={'Authorization': f'Basic {credentials}', 'Content-Type': 'application/json'},
        )
        # A proxy of the environment is for the internet, not for a server of the suite's own.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=60) as response:
                text = response.read()
        except urllib.error.HTTPError as error:
            raise RucksackError(f'{method} {path}: {error.code} {error.read().decode()}') from None
        return json.loads(text) if text else None

    def advance(self, seconds=0):
        """Moves the time on, and returns when all that was due on the way is done, callbacks included."""
        self.call('POST', 'Simulator/Clock/', {'action': 'advance', 'seconds': seconds})

    def messages(self):
        """Returns what the carrier was given, oldest first."""
        found = []
        while True:
            page = self.call('GET', f'Simulator/Submission/?limit=20&offset={len(found)}')['objects']
            found.extend(page)
            if len(page) < 20:
                return found[::-1]

    def next_message(self, to=None, within=60):
        """Returns the next message that the carrier was given and no call has returned yet; moves the time on, second by second."""
        for second in range(within + 1):
            self.advance(1 if second else 0)
            for message in self.messages():
                attempt = (message['message_uuid'], message['attempt'])
                if attempt not in self._seen and to in (None, message['dst']):
                    self._seen.add(attempt)
                    return message
        raise RucksackError(f'no message{f" to {to}" if to else ""} within {within} seconds')

    def receive(self, sender, to, text):
        """Lets a person send a message to a number of the account, and what follows from it happen."""
        self.call('POST', f'Simulator/Handset/{sender}/Message/', {'dst': to, 'text': text})
        self.advance()

    def rent_number(self, pool, pattern='415'):
        """Rents a number into a pool, given by its id or by the path that a powerpack names, and returns it."""
        pool_uuid = pool.strip('/').split('/')[-1]
        refusal = None
        for offer in self.call('GET', f'PhoneNumber/?country_iso=US&pattern={pattern}&limit=20')['objects']:
            try:
                self.call('POST', f'NumberPool/{pool_uuid}/Number/{offer["number"]}/', {'rent': True})
                return offer['number']
            except RucksackError as error:  # another suite may have rented it in the meantime
                refusal = error
        raise RucksackError(f'no number could be rented: {refusal}')

    def reset(self):
        """Puts the account back to where it was when it was made."""
        self.call('POST', 'Reset/')
        self._seen.clear()

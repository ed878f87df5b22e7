"""Applications and media uploads of an old SDK release through the drop-in: `python check.py VERSION`."""
import base64
import inspect
import os
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from checks.tap import UUID, Tap, equal, shows

# Names that these releases need and that Python has dropped since, in 3.9 and in 3.11.
if not hasattr(base64, 'encodestring'):
    base64.encodestring = base64.encodebytes
if not hasattr(inspect, 'getargspec'):
    inspect.getargspec = lambda function: inspect.getfullargspec(function)[:4]

import plivo  # noqa: E402
from plivo.version import __version__  # noqa: E402

API, VOICE, FALLBACK_1, FALLBACK_2 = (
    f'{name}.plivo.com' for name in ('api', 'voice', 'voice-usw1', 'voice-use1')
)

tap = Tap()
client = plivo.RestClient(proxies={'https': os.environ['SERVER_URL']})
hosts = []
ailing = set()


def note(response, *_args, **_options):
    """Notes where a call went, and makes the answer of a host that is to ail a 503."""
    host = urlsplit(response.url).hostname
    hosts.append(host)
    if host in ailing:
        response.status_code = 503


for session in (client.session, client.multipart_session):
    session.verify = os.environ['SERVER_CA_FILE']
    session.hooks['response'].append(note)


def called():
    """The hosts that were called since this was asked last."""
    noted = list(hosts)
    hosts.clear()
    return noted


with tap.check('the release is the one that was asked for'):
    equal(__version__, sys.argv[1])

with tap.check('applications: create, get, list, update, delete'):
    app_id = client.applications.create(app_name='inbound', answer_url='https://hooks.example.net/voice').app_id
    shows(client.applications.get(app_id), app_name='inbound')
    equal([each.id for each in client.applications.list()], [app_id])
    client.applications.update(app_id, answer_url='https://hooks.example.net/changed')
    shows(client.applications.get(app_id), answer_url='https://hooks.example.net/changed')
    equal(set(called()), {VOICE})

with tap.check('media.upload goes where the last Application call went'):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / 'menu.png'
        file.write_bytes(b'\x89PNG\r\n\x1a\n' + bytes(100))
        (uploaded,) = client.media.upload([str(file)]).objects
    shows(uploaded, status='success', media_id=UUID, file_name='menu.png')
    equal(called(), [VOICE])
    shows(client.media.get(uploaded.media_id), media_id=uploaded.media_id)
    # The earlier releases never come back from there.
    equal(called(), [API if sys.argv[1] == '4.20.0' else VOICE])

with tap.check('an Application call goes on to both fallbacks when its host answers 5xx'):
    ailing.update((VOICE, FALLBACK_1))
    shows(client.applications.get(app_id), app_name='inbound')
    equal(called(), [VOICE, FALLBACK_1, FALLBACK_2])
    ailing.clear()

with tap.check('applications.delete'):
    client.applications.delete(app_id)
    equal(called(), [VOICE])

tap.finish()

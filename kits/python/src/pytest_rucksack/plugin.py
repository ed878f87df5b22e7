"""The fixtures."""
import importlib.util

import pytest

from .server import Rucksack, RucksackServer

ADDRESSES = (
    'PLIVO_API_BASE_URI',
    'API_VOICE_BASE_URI',
    'API_VOICE_BASE_URI_FALLBACK_1',
    'API_VOICE_BASE_URI_FALLBACK_2',
)


@pytest.fixture(scope='session')
def rucksack_server():
    """A server for the session."""
    server = RucksackServer.from_environment()
    yield server
    server.stop()


@pytest.fixture
def rucksack(rucksack_server, request, monkeypatch):
    """A new account on the server, which Plivo's SDK calls for as long as the test runs."""
    account = Rucksack.make(rucksack_server, request.node.name[:60])
    monkeypatch.setenv('PLIVO_AUTH_ID', account.auth_id)
    monkeypatch.setenv('PLIVO_AUTH_TOKEN', account.auth_token)
    if importlib.util.find_spec('plivo') is not None:
        import plivo.rest.client

        for name in ADDRESSES:
            monkeypatch.setattr(plivo.rest.client, name, f'{account.url}/v1/Account', raising=False)
    return account

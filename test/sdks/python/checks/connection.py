"""The two ways to point the unmodified SDK at a server of one's own; docs/sdks/python.md describes both."""
import os

import plivo
import plivo.rest.client


def point_at_origin(origin):
    """Plain HTTP: the SDK reads its base addresses from these names of its own module, for every request."""
    for name in (
        'PLIVO_API_BASE_URI',
        'API_VOICE_BASE_URI',
        'API_VOICE_BASE_URI_FALLBACK_1',
        'API_VOICE_BASE_URI_FALLBACK_2',
    ):
        setattr(plivo.rest.client, name, f'{origin}/v1/Account')


def connect_plain(auth_id=None, auth_token=None):
    """Without arguments the SDK takes the credentials from PLIVO_AUTH_ID and PLIVO_AUTH_TOKEN."""
    point_at_origin(os.environ['SERVER_URL'])
    return plivo.RestClient(auth_id, auth_token)


def connect_dropin(auth_id=None, auth_token=None):
    """TLS: the SDK asks for api.plivo.com, through a proxy that is the server itself."""
    client = plivo.RestClient(auth_id, auth_token, proxies={'https': os.environ['SERVER_URL']})
    # Uploads go through a session of their own.
    for session in (client.session, client.multipart_session):
        session.verify = os.environ['SERVER_CA_FILE']
    return client


CONNECTIONS = {'plain': connect_plain, 'drop-in': connect_dropin}

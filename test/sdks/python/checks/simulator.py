"""The world around the server, which the SDK does not know: handsets, and what the carrier was given."""
from contextlib import contextmanager


def send_from_handset(client, handset, number, text):
    """A handset sends a text to a number; answers the identifier of the message."""
    path = ('Simulator', 'Handset', handset, 'Message')
    return client.request('POST', path, {'dst': number, 'text': text}).message_uuid[0]


def submission_of(client, message_uuid):
    """What the carrier was given of a message."""
    found = client.request('GET', ('Simulator', 'Submission'), {'message_uuid': message_uuid})
    return found.objects[0]


@contextmanager
def undelivered(client, handset, error_code):
    """Within the block nothing reaches a handset."""
    rules = [{'match': {'destination': handset}, 'report': 'undelivered', 'error_code': error_code}]
    client.request('POST', ('Simulator', 'Rule'), {'rules': rules})
    try:
        yield
    finally:
        client.request('DELETE', ('Simulator', 'Rule'))

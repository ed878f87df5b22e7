"""How refusals of messages and media reach a user of the SDK."""
from plivo.exceptions import AuthenticationError, ResourceNotFoundError, ValidationError

from .errors import UNKNOWN
from .messages import HANDSET, OTHER_HANDSET
from .tap import raises

NUMBER = '14155550147'


def check_message_errors(tap, connect):
    client = connect()
    client.numbers.buy(NUMBER)
    empty = client.powerpacks.get(client.powerpacks.create(name='empty').uuid)
    stranger = connect(client.session.auth.auth_id, 'bm90LXRoZS1yaWdodC10b2tlbg')

    def create(**different):
        message = {'src': NUMBER, 'dst': HANDSET, 'text': 'Hello', **different}
        return lambda: client.messages.create(**message)

    for name, error, text, call in (
        (
            '400, messages.create to what is no number',
            ValidationError,
            "'4155550' is not a valid phone number.",
            create(dst='+4155-550'),
        ),
        (
            '400, messages.create from a number that is not rented',
            ValidationError,
            'This caller ID is not allowed for outbound message',
            create(src='14155550199'),
        ),
        ('400, messages.create without a text', ValidationError, 'text parameter not present', create(text='')),
        (
            '400, messages.create of a picture message without media',
            ValidationError,
            'media parameter not present',
            create(text='', type_='mms'),
        ),
        (
            '400, messages.create of a text that is too long',
            ValidationError,
            'text parameter length exceeds 1600',
            create(text='x' * 1601),
        ),
        (
            '400, messages.create that expires too soon',
            ValidationError,
            'message_expiry must be',
            create(message_expiry=4),
        ),
        ('400, messages.create with a log that is none', ValidationError, 'log must be', create(log='perhaps')),
        ('400, messages.create by WhatsApp', ValidationError, 'type must be sms or mms', create(type_='whatsapp')),
        (
            '400, messages.create with media that is not there',
            ValidationError,
            f'there is no media {UNKNOWN}',
            create(type_='mms', media_ids=[UNKNOWN]),
        ),
        (
            '400, messages.create with an empty powerpack',
            ValidationError,
            'no number available in the powerpack for this message',
            create(src=None, powerpack_uuid=empty.uuid),
        ),
        (
            '404, messages.create with a powerpack that is not there',
            ResourceNotFoundError,
            'powerpack not found',
            create(src=None, powerpack_uuid=UNKNOWN),
        ),
        (
            '404, messages.get',
            ResourceNotFoundError,
            'not found',
            lambda: client.messages.get(UNKNOWN),
        ),
        (
            '400, messages.list with a time that is none',
            ValidationError,
            'message_time__gt must be a time',
            lambda: client.messages.list(message_time__gt='yesterday'),
        ),
        (
            '401, messages.list',
            AuthenticationError,
            # The SDK takes an answer with an empty list for none, and does not look at its words.
            'Failed to authenticate',
            stranger.messages.list,
        ),
        (
            '401, messages.create',
            AuthenticationError,
            'invalid auth_id or auth_token',
            lambda: stranger.messages.create(src=NUMBER, dst=OTHER_HANDSET, text='Hello'),
        ),
        ('401, media.list', AuthenticationError, 'invalid auth_id or auth_token', stranger.media.list),
    ):
        with tap.check(name):
            raises(error, text, call)

    empty.delete()
    client.numbers.delete(NUMBER)

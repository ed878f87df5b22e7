"""How refusals of the server reach a user of the SDK."""
from plivo.exceptions import AuthenticationError, InvalidRequestError, ResourceNotFoundError, ValidationError

from .tap import equal, raises

UNKNOWN = '9a4e2d70-1c3b-4f6a-8e52-b06d17c8f3a9'


def check_errors(tap, connect):
    client = connect()
    uuid = client.powerpacks.create(name='taken').uuid
    powerpack = client.powerpacks.get(uuid)
    stranger = connect(client.session.auth.auth_id, 'bm90LXRoZS1yaWdodC10b2tlbg')

    for name, error, text, call in (
        (
            '400, powerpacks.create without a name',
            ValidationError,
            'name is required',
            lambda: client.powerpacks.create(name=''),
        ),
        (
            '400, Powerpack.update with an application but no type',
            ValidationError,
            'application_type is required with application_id',
            lambda: powerpack.update({'application_id': '27418830265017943'}),
        ),
        (
            '400, Powerpack.update with an application that is not there',
            ValidationError,
            'application not found or of another type',
            lambda: powerpack.update({'application_id': '27418830265017943', 'application_type': 'xml'}),
        ),
        (
            '400, Powerpack.update with a flag that is none',
            ValidationError,
            'sticky_sender must be a boolean',
            lambda: powerpack.update({'sticky_sender': 'perhaps'}),
        ),
        (
            '400, Powerpack.list_numbers with too many prefixes',
            ValidationError,
            'starts_with accepts at most 10 values',
            lambda: powerpack.list_numbers(starts_with=','.join(['415'] * 11)),
        ),
        (
            '401, powerpacks.list',
            AuthenticationError,
            'invalid auth_id or auth_token',
            stranger.powerpacks.list,
        ),
        (
            '401, applications.create',
            AuthenticationError,
            'invalid auth_id or auth_token',
            lambda: stranger.applications.create(app_name='x'),
        ),
        (
            '404, powerpacks.get',
            ResourceNotFoundError,
            'powerpack not found',
            lambda: client.powerpacks.get(UNKNOWN),
        ),
        (
            '404, powerpacks.get with an id that is none',
            ResourceNotFoundError,
            'resource not found',
            lambda: client.powerpacks.get('powerpack_uuid'),
        ),
        (
            '404, numbers.get',
            ResourceNotFoundError,
            'number not found',
            lambda: client.numbers.get('12125550199'),
        ),
        (
            '404, numbers.buy of a number that is not for sale',
            ResourceNotFoundError,
            'not for sale',
            lambda: client.numbers.buy('12125551234'),
        ),
        (
            '404, applications.update',
            ResourceNotFoundError,
            'application not found',
            lambda: client.applications.update('27418830265017943'),
        ),
        (
            '409, powerpacks.create with a name that is taken',
            InvalidRequestError,
            'powerpack name already in use',
            lambda: client.powerpacks.create(name='taken'),
        ),
    ):
        with tap.check(name):
            raises(error, text, call)

    with tap.check('401, numbers.list'):
        # A mistake in the SDK: it looks for the numbers before it looks at the status.
        raises(AttributeError, 'objects', stranger.numbers.list)

    with tap.check('a number of a powerpack that is gone'):
        powerpack.delete()
        raises(ResourceNotFoundError, 'powerpack not found', lambda: powerpack.add_number('12125550199'))
        raises(ResourceNotFoundError, 'powerpack not found', powerpack.delete)

    with tap.check('count_numbers of a pool that is gone'):
        # The SDK takes every failure of this call for an empty pool.
        equal(powerpack.numberpool.numbers.count(), 0)

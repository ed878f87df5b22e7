"""Powerpack: create, get, list, iterate, update and delete."""
from plivo.exceptions import ResourceNotFoundError

from .tap import MOMENT, UUID, equal, matches, raises, shows


def priorities(powerpack):
    """The number priorities as short texts, such as `SMS US shortcode longcode tollfree`."""
    return [
        f'{each.service_type} {each.country_iso}'
        f' {each.priority.priority1} {each.priority.priority2} {each.priority.priority3}'
        for each in powerpack.number_priority
    ]


DEFAULT_PRIORITIES = [
    f'{service} {country} shortcode longcode tollfree'
    for country in ('US', 'CA')
    for service in ('SMS', 'MMS')
]


def check_powerpacks(tap, connect):
    client = connect()
    auth_id = client.session.auth.auth_id
    orders = alerts = None
    application = client.applications.create(app_name='replies')

    with tap.check('powerpacks.create with a name alone'):
        created = client.powerpacks.create(name='orders')
        orders = created.uuid
        shows(
            created,
            api_id=UUID,
            uuid=UUID,
            name='orders',
            sticky_sender=True,
            local_connect=True,
            application_id='',
            application_type='',
            created_on=MOMENT,
        )
        equal(priorities(created), DEFAULT_PRIORITIES)
        equal(created.number_pool.split('/')[:5], ['', 'v1', 'Account', auth_id, 'NumberPool'])
        matches(created.number_pool.split('/')[5], UUID)

    with tap.check('powerpacks.create with everything'):
        created = client.powerpacks.create(
            name='alerts',
            sticky_sender=False,
            local_connect=False,
            application_type='xml',
            application_id=application.app_id,
            number_priority=[
                {
                    'service_type': 'SMS',
                    'country_iso': 'CA',
                    'priority': {'priority1': 'tollfree', 'priority2': 'longcode', 'priority3': None},
                }
            ],
        )
        alerts = created.uuid
        shows(
            client.powerpacks.get(uuid=alerts),
            name='alerts',
            sticky_sender=False,
            local_connect=False,
            application_type='XML',
            application_id=application.app_id,
        )
        equal(priorities(created)[2], 'SMS CA tollfree longcode None')
        equal(priorities(created)[:2], DEFAULT_PRIORITIES[:2])

    with tap.check('powerpacks.get'):
        powerpack = client.powerpacks.get(uuid=orders)
        shows(powerpack, api_id=UUID, id=orders, uuid=orders, name='orders', created_on=MOMENT)
        equal(priorities(powerpack), DEFAULT_PRIORITIES)
        equal(powerpack.numberpool.numbers.number_pool_id, powerpack.number_pool.split('/')[5])

    with tap.check('Powerpack.get and get_numberpooluuid, of a powerpack'):
        powerpack = client.powerpacks.get(orders)
        shows(powerpack.get(), uuid=orders, name='orders')
        equal(powerpack.get_numberpooluuid(), powerpack.number_pool.split('/')[5])

    with tap.check('powerpacks.list and iteration'):
        for number in range(1, 21):
            client.powerpacks.create(name=f'many-{number}')
        shows(client.powerpacks.list(), api_id=UUID)
        shows(client.powerpacks.list().meta, limit=20, offset=0, total_count=22, previous=None)
        page = client.powerpacks.list(limit=5, offset=20)
        shows(page.meta, limit=5, offset=20, total_count=22, next=None)
        equal(len(page.objects), 2)
        listed = {each.uuid: each for each in client.powerpacks}
        equal(len(listed), 22)
        shows(listed[orders], name='orders', sticky_sender=True)
        equal(priorities(listed[orders]), DEFAULT_PRIORITIES)

    with tap.check('Powerpack.update of the application'):
        updated = client.powerpacks.get(orders).update(
            {'application_id': application.app_id, 'application_type': 'xml', 'local_connect': False}
        )
        shows(
            updated,
            api_id=UUID,
            uuid=orders,
            application_id=application.app_id,
            application_type='XML',
            local_connect=False,
        )

    with tap.check('Powerpack.update of the name alone keeps everything else'):
        updated = client.powerpacks.get(orders).update({'name': 'renamed'})
        for powerpack in (updated, client.powerpacks.get(orders)):
            shows(
                powerpack,
                name='renamed',
                application_id=application.app_id,
                application_type='XML',
                local_connect=False,
                sticky_sender=True,
            )
            equal(priorities(powerpack), DEFAULT_PRIORITIES)

    with tap.check('Powerpack.update of one priority keeps the others'):
        entry = {
            'service_type': 'MMS',
            'country_iso': 'US',
            'priority': {'priority1': 'tollfree', 'priority2': 'longcode', 'priority3': 'shortcode'},
        }
        client.powerpacks.get(orders).update({'number_priority': [entry], 'sticky_sender': False})
        shows(client.powerpacks.get(orders), sticky_sender=False)
        expected = [*DEFAULT_PRIORITIES]
        expected[1] = 'MMS US tollfree longcode shortcode'
        equal(priorities(client.powerpacks.get(orders)), expected)

    with tap.check('Powerpack.update with the application none detaches it'):
        updated = client.powerpacks.get(orders).update({'application_id': 'none'})
        for powerpack in (updated, client.powerpacks.get(orders)):
            shows(powerpack, application_id='', application_type='', name='renamed')

    with tap.check('Powerpack.update with nothing'):
        shows(client.powerpacks.get(orders).update({}), uuid=orders, name='renamed')

    with tap.check('deleting an application detaches it from a powerpack'):
        client.applications.delete(application.app_id)
        shows(client.powerpacks.get(alerts), application_id='', application_type='')

    with tap.check('Powerpack.delete keeps the numbers'):
        client.numbers.buy('12125550120')
        powerpack = client.powerpacks.get(orders)
        powerpack.add_number('12125550120')
        equal(powerpack.delete(False), None)
        raises(ResourceNotFoundError, 'powerpack not found', lambda: client.powerpacks.get(orders))
        shows(client.numbers.get('12125550120'), number='12125550120')

    with tap.check('Powerpack.delete with unrent_numbers gives them up'):
        powerpack = client.powerpacks.get(alerts)
        powerpack.add_number('12125550120')
        equal(powerpack.delete(unrent_numbers=True), None)
        raises(ResourceNotFoundError, 'powerpack not found', lambda: client.powerpacks.get(alerts))
        raises(ResourceNotFoundError, 'number not found', lambda: client.numbers.get('12125550120'))

    with tap.check('Powerpack.delete of all that are left'):
        for each in list(client.powerpacks):
            client.powerpacks.get(each.uuid).delete()
        equal(client.powerpacks.list().objects, [])

"""What is in a number pool, through a powerpack and through its pool."""
import os
from types import SimpleNamespace

import requests
from plivo.exceptions import InvalidRequestError, ResourceNotFoundError

from .tap import MOMENT, UUID, equal, raises, shows


def through_powerpack(powerpack):
    """The pool's methods as a powerpack has them."""
    return SimpleNamespace(
        numbers=SimpleNamespace(
            list=powerpack.list_numbers,
            count=powerpack.count_numbers,
            find=powerpack.find_number,
            add=powerpack.add_number,
            buy_add=powerpack.buy_add_number,
            remove=powerpack.remove_number,
        ),
        tollfree=SimpleNamespace(
            list=powerpack.list_tollfree,
            find=powerpack.find_tollfree,
            add=powerpack.add_tollfree,
            remove=powerpack.remove_tollfree,
        ),
        shortcodes=SimpleNamespace(
            list=powerpack.list_shortcodes,
            find=powerpack.find_shortcode,
            remove=powerpack.remove_shortcode,
        ),
    )


def through_pool(powerpack):
    """The same methods as the powerpack's pool has them, under shorter names."""
    pool = powerpack.numberpool
    numbers = pool.numbers
    return SimpleNamespace(
        numbers=SimpleNamespace(
            list=numbers.list,
            count=numbers.count,
            find=numbers.find,
            add=numbers.add,
            buy_add=numbers.buy_add_number,
            remove=numbers.remove,
        ),
        tollfree=pool.tollfree,
        shortcodes=pool.shortcodes,
    )


def check_pool(tap, connect):
    client = connect()
    for through, methods_of in (('powerpack', through_powerpack), ('pool', through_pool)):
        powerpack = client.powerpacks.get(client.powerpacks.create(name='pool').uuid)
        methods = methods_of(powerpack)
        check_pool_numbers(tap, through, client, powerpack, methods.numbers)
        check_pool_tollfree(tap, through, client, powerpack, methods.tollfree)
        check_pool_shortcodes(tap, through, client, powerpack, methods.shortcodes)
        powerpack.delete(True)


def member(client, powerpack, number, **fields):
    """The fields of a member of the pool."""
    return {
        'number': number,
        'number_pool_uuid': powerpack.number_pool.split('/')[5],
        'country_iso2': 'US',
        'service': 'sms',
        'type': 'fixed',
        'added_on': MOMENT,
        'account_phone_number_resource': f'/v1/Account/{client.session.auth.auth_id}/Number/{number}/',
        **fields,
    }


def check_pool_numbers(tap, through, client, powerpack, numbers):
    us, canadian, for_sale = '14155550130', '14165550130', '12125550130'
    client.numbers.buy(us)
    client.numbers.buy(canadian)
    in_us = member(client, powerpack, us)
    in_canada = member(client, powerpack, canadian, country_iso2='CA', service='mms')

    def listed(**filters):
        return [each.number for each in numbers.list(**filters).objects]

    with tap.check(f'add number, through {through}'):
        shows(numbers.add(us), api_id=UUID, **in_us)
        shows(numbers.add(canadian, service='mms'), api_id=UUID, **in_canada)

    with tap.check(f'add number that is in the pool already, through {through}'):
        shows(numbers.add(us), **in_us)
        equal(numbers.count(), 2)

    with tap.check(f'find number, through {through}'):
        shows(numbers.find(us), api_id=UUID, **in_us)
        shows(numbers.find(canadian, service='mms'), **in_canada)

    with tap.check(f'list numbers, through {through}'):
        page = numbers.list()
        shows(page, api_id=UUID)
        shows(page.meta, limit=20, offset=0, total_count=2, next=None, previous=None)
        by_number = {each.number: each for each in page.objects}
        equal(set(by_number), {us, canadian})
        shows(by_number[us], **in_us)
        shows(by_number[canadian], **in_canada)

    with tap.check(f'list numbers with each filter, through {through}'):
        equal(listed(starts_with='415', country_iso2='US'), [us])
        equal(listed(starts_with='1416'), [canadian])
        equal(listed(country_iso2='CA'), [canadian])
        equal(len(listed(type='fixed')), 2)
        equal(listed(type='tollfree'), [])
        equal(listed(service='mms'), [canadian])
        equal(len(listed(limit=1)), 1)
        equal(set(listed(limit=1) + listed(limit=1, offset=1)), {us, canadian})

    with tap.check(f'count numbers, through {through}'):
        equal(numbers.count(), 2)
        equal(numbers.count(starts_with='415', country_iso2='US', type='fixed', service='sms'), 1)

    with tap.check(f'buy and add number, through {through}'):
        bought = member(client, powerpack, for_sale, service='mms')
        shows(numbers.buy_add(number=for_sale, service='mms'), api_id=UUID, **bought)
        shows(client.numbers.get(for_sale), number=for_sale)
        shows(numbers.find(for_sale), **bought)

    with tap.check(f'buy and add number by a search, through {through}'):
        # A mistake in the SDK: it asks the page of the search for its length, which it does not have.
        search = {'country_iso2': 'US', 'type': 'local', 'pattern': '212'}
        raises(TypeError, 'has no len()', lambda: numbers.buy_add(**search))
        equal(numbers.count(), 3)

    with tap.check(f'remove number, through {through}'):
        shows(numbers.remove(us), api_id=UUID, response='success')
        raises(ResourceNotFoundError, 'number not found in this pool', lambda: numbers.find(us))
        shows(client.numbers.get(us), number=us)

    with tap.check(f'remove number with unrent, through {through}'):
        shows(numbers.remove(for_sale, unrent=True), api_id=UUID, response='success')
        raises(ResourceNotFoundError, 'number not found', lambda: client.numbers.get(for_sale))
        equal(numbers.count(), 1)

    with tap.check(f'add number that is in another pool, through {through}'):
        other = client.powerpacks.get(client.powerpacks.create(name='other').uuid)
        other.add_number(us)
        raises(InvalidRequestError, 'number belongs to another powerpack', lambda: numbers.add(us))
        other.delete(True)

    with tap.check(f'add number that is not rented, through {through}'):
        raises(ResourceNotFoundError, 'number not found in this account', lambda: numbers.add('13125550130'))

    with tap.check(f'remove number that is not in the pool, through {through}'):
        raises(ResourceNotFoundError, 'number not found in this pool', lambda: numbers.remove(us))


def check_pool_tollfree(tap, through, client, powerpack, tollfree):
    number = '18335550130'
    client.numbers.buy(number)
    fields = member(client, powerpack, number, type='tollfree', tollfree=number)

    with tap.check(f'add toll-free number, through {through}'):
        shows(tollfree.add(number), api_id=UUID, **fields)

    with tap.check(f'find toll-free number, through {through}'):
        shows(tollfree.find(number), api_id=UUID, **fields)

    with tap.check(f'list toll-free numbers, through {through}'):
        page = tollfree.list()
        shows(page.meta, limit=20, offset=0, total_count=1)
        shows(page.objects[0], **fields)
        equal(tollfree.list(limit=5, offset=1).objects, [])

    with tap.check(f'toll-free numbers are among the numbers, through {through}'):
        shows(powerpack.list_numbers(type='tollfree').objects[0], number=number, type='tollfree')

    with tap.check(f'remove toll-free number, through {through}'):
        shows(tollfree.remove(number), api_id=UUID, response='success')
        raises(ResourceNotFoundError, 'number not found in this pool', lambda: tollfree.find(number))
        shows(client.numbers.get(number), number=number)

    with tap.check(f'remove toll-free number with unrent, through {through}'):
        tollfree.add(number)
        shows(tollfree.remove(number, unrent=True), api_id=UUID, response='success')
        raises(ResourceNotFoundError, 'number not found', lambda: client.numbers.get(number))


def attach_shortcode(powerpack, shortcode):
    """No SDK attaches short codes; this server has a call of its own for it."""
    answer = requests.post(
        f'{os.environ["SERVER_URL"]}{powerpack.number_pool}Shortcode/{shortcode}/',
        auth=tuple(powerpack.client.session.auth),
        json={'country_iso2': 'US'},
        timeout=5,
    )
    answer.raise_for_status()


def check_pool_shortcodes(tap, through, client, powerpack, shortcodes):
    attach_shortcode(powerpack, '567890')
    fields = {
        'shortcode': '567890',
        'number_pool_uuid': powerpack.number_pool.split('/')[5],
        'country_iso2': 'US',
        'service': 'sms',
        'added_on': MOMENT,
    }

    with tap.check(f'find short code, through {through}'):
        shows(shortcodes.find('567890'), api_id=UUID, **fields)

    with tap.check(f'list short codes, through {through}'):
        page = shortcodes.list()
        shows(page.meta, limit=20, offset=0, total_count=1)
        shows(page.objects[0], **fields)
        equal(shortcodes.list(limit=5, offset=1).objects, [])

    with tap.check(f'remove short code, through {through}'):
        shows(shortcodes.remove('567890'), api_id=UUID, response='success')
        raises(ResourceNotFoundError, 'short code not found in this pool', lambda: shortcodes.find('567890'))
        equal(shortcodes.list().objects, [])

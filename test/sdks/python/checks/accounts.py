"""Account, Subaccount and Pricing."""
import re

from plivo.exceptions import AuthenticationError, ResourceNotFoundError

from .tap import DATE, UUID, equal, raises, shows

ZERO = '0.00000'


def check_account(tap, connect):
    client = connect()
    auth_id = client.session.auth.auth_id

    with tap.check('account.get'):
        shows(
            client.account.get(),
            api_id=UUID,
            id=auth_id,
            auth_id=auth_id,
            account_type='standard',
            auto_recharge=False,
            billing_mode='prepaid',
            cash_credits=ZERO,
            resource_uri=f'/v1/Account/{auth_id}/',
            state='',
            timezone='UTC',
        )

    with tap.check('account.update'):
        changed = client.account.update(name='Kiosk', city='Springfield', address='1 Example Way')
        shows(changed, api_id=UUID, message='changed')
        shows(client.account.get(), name='Kiosk', city='Springfield', address='1 Example Way')

    with tap.check('account.update changes only what is given, though the SDK sends null for the rest'):
        client.account.update(city='Shelbyville')
        shows(client.account.get(), name='Kiosk', city='Shelbyville', address='1 Example Way')

    with tap.check('Account.get, of an account'):
        shows(client.account.get().get(), name='Kiosk')

    with tap.check('Account.update, of an account'):
        # A mistake in the SDK: it passes on the names of the arguments instead of their values.
        client.account.get().update(name='Kiosk Ltd')
        shows(client.account.get(), name='name', city='Shelbyville')


def check_subaccounts(tap, connect):
    client = connect()
    auth_id = client.session.auth.auth_id
    subaccount = None

    with tap.check('subaccounts.create'):
        subaccount = client.subaccounts.create(name='marketing', enabled=True)
        shows(subaccount, api_id=UUID, message='created', auth_id=re.compile('SA[A-Z0-9]{18}'))
        equal(len(subaccount.auth_token) >= 20, True)

    with tap.check('subaccounts.get'):
        shows(
            client.subaccounts.get(subaccount.auth_id),
            api_id=UUID,
            id=subaccount.auth_id,
            account=f'/v1/Account/{auth_id}/',
            auth_id=subaccount.auth_id,
            auth_token=subaccount.auth_token,
            new_auth_token=subaccount.auth_token,
            created=DATE,
            enabled=True,
            modified=None,
            name='marketing',
            resource_uri=f'/v1/Account/{auth_id}/Subaccount/{subaccount.auth_id}/',
        )

    with tap.check('a subaccount logs in, and sees what is its own'):
        as_subaccount = connect(subaccount.auth_id, subaccount.auth_token)
        shows(as_subaccount.account.get(), auth_id=subaccount.auth_id, name='marketing')
        equal(as_subaccount.powerpacks.list().meta.total_count, 0)

    with tap.check('subaccounts.list and iteration'):
        other = client.subaccounts.create(name='support')
        page = client.subaccounts.list(limit=1, offset=1)
        shows(page.meta, limit=1, offset=1, total_count=2, next=None)
        equal(len(page), 1)
        equal(sorted(each.name for each in client.subaccounts), ['marketing', 'support'])
        shows(client.subaccounts.get(other.auth_id), enabled=False)

    with tap.check('subaccounts.update'):
        changed = client.subaccounts.update(subaccount.auth_id, name='sales', enabled=False)
        shows(changed, api_id=UUID, message='changed')
        shows(client.subaccounts.get(subaccount.auth_id), name='sales', enabled=False)

    with tap.check('a subaccount that is disabled cannot log in'):
        disabled = connect(subaccount.auth_id, subaccount.auth_token)
        raises(AuthenticationError, 'invalid auth_id or auth_token', disabled.account.get)

    with tap.check('Subaccount.update, of a subaccount'):
        client.subaccounts.get(subaccount.auth_id).update(name='sales west', enabled=True)
        shows(client.subaccounts.get(subaccount.auth_id), name='sales west', enabled=True)

    with tap.check('subaccounts.delete'):
        equal(client.subaccounts.delete(subaccount.auth_id), None)
        gone = subaccount.auth_id
        raises(ResourceNotFoundError, 'subaccount not found', lambda: client.subaccounts.get(gone))

    with tap.check('Subaccount.delete, of a subaccount, with cascade'):
        own = connect(other.auth_id, other.auth_token)
        client.subaccounts.update(other.auth_id, name='support', enabled=True)
        own.powerpacks.create(name='support')
        equal(client.subaccounts.get(other.auth_id).delete(cascade=True), None)
        equal(client.subaccounts.list().meta.total_count, 0)


def check_pricing(tap, connect):
    client = connect()

    with tap.check('pricing.get'):
        prices = client.pricing.get('CA')
        shows(prices, api_id=UUID, country='CANADA', country_code=1, country_iso='CA')
        shows(prices.message, outbound_networks_list=[])
        rates = [
            prices.message.inbound,
            prices.message.outbound,
            prices.phone_numbers.local,
            prices.phone_numbers.tollfree,
            prices.voice.inbound.ip,
            prices.voice.inbound.local,
            prices.voice.inbound.tollfree,
            prices.voice.outbound.ip,
            prices.voice.outbound.local,
            prices.voice.outbound.tollfree,
            prices.voice.outbound.rates[0],
        ]
        equal({rate.rate for rate in rates}, {ZERO})

    with tap.check('Pricing.get, of prices'):
        shows(client.pricing.get('US').get(), country_iso='US')

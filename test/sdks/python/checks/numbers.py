"""PhoneNumber, which is for sale, and Number, which is rented."""
import re

from plivo.exceptions import ResourceNotFoundError

from .tap import DATE, UUID, equal, raises, shows

ZERO = '0.00000'


def check_phone_numbers(tap, connect):
    client = connect()
    auth_id = client.session.auth.auth_id

    with tap.check('numbers.search'):
        found = client.numbers.search(
            'US', type='local', pattern='415', region='California', services='sms,mms', limit=2
        )
        shows(found, api_id=UUID)
        shows(found.meta, limit=2, offset=0, total_count=100, previous=None)
        equal([each.number for each in found.objects], ['14155550100', '14155550101'])
        shows(
            found.objects[0],
            city=None,
            country='UNITED STATES',
            lata=None,
            mms_enabled=True,
            mms_rate=ZERO,
            monthly_rental_rate=ZERO,
            prefix='415',
            rate_center=None,
            region='California, UNITED STATES',
            resource_uri=f'/v1/Account/{auth_id}/PhoneNumber/14155550100/',
            restriction=None,
            restriction_text=None,
            setup_rate=ZERO,
            sms_enabled=True,
            sms_rate=ZERO,
            type='fixed',
            voice_enabled=False,
            voice_rate=ZERO,
        )

    with tap.check('numbers.search for toll-free numbers, with eligible and an offset'):
        found = client.numbers.search('US', type='tollfree', eligible=True, limit=1, offset=1)
        shows(found.objects[0], number='18005550101', type='tollfree')

    with tap.check('numbers.search for what is not there'):
        # No number of the inventory has a voice, or a city that is known.
        equal(client.numbers.search('US', services='voice').objects, [])
        equal(client.numbers.search('CA', city='Toronto', npanxx='416555').objects, [])

    with tap.check('numbers.buy'):
        application = client.applications.create(app_name='bought')
        bought = client.numbers.buy('14155550100', app_id=application.app_id, ha_enable=False)
        shows(bought, api_id=UUID, message='created', status='fulfilled')
        equal([(each.number, each.status) for each in bought.numbers], [('14155550100', 'Success')])
        shows(
            client.numbers.get('14155550100'),
            application=f'/v1/Account/{auth_id}/Application/{application.app_id}/',
        )
        equal(client.numbers.search('US', pattern='415').objects[0].number, '14155550101')
        client.applications.delete(application.app_id)
        shows(client.numbers.get('14155550100'), application=None)
        client.numbers.delete('14155550100')


def check_numbers(tap, connect):
    client = connect()
    auth_id = client.session.auth.auth_id
    for number in ('14155550110', '14165550110', '18335550110'):
        client.numbers.buy(number)

    def listed(**filters):
        return [each.number for each in client.numbers.list(**filters)]

    with tap.check('numbers.get'):
        shows(
            client.numbers.get('14155550110'),
            api_id=UUID,
            id='14155550110',
            active=True,
            added_on=DATE,
            alias=None,
            application=None,
            city=None,
            cnam_lookup='disabled',
            country='UNITED STATES',
            mms_enabled=True,
            mms_rate=ZERO,
            monthly_rental_rate=ZERO,
            number='14155550110',
            number_type='local',
            region='California, UNITED STATES',
            resource_uri=f'/v1/Account/{auth_id}/Number/14155550110/',
            sms_enabled=True,
            sms_rate=ZERO,
            sub_account=None,
            sub_account_name=None,
            tendlc_campaign_id=None,
            tendlc_registration_status='UNREGISTERED',
            toll_free_sms_verification=None,
            verification_info=[],
            voice_enabled=False,
            voice_rate=ZERO,
        )
        shows(client.numbers.get('14165550110'), country='CANADA', region='Ontario, CANADA')
        shows(client.numbers.get('18335550110'), number_type='tollfree')

    with tap.check('numbers.list and iteration'):
        page = client.numbers.list(limit=1, offset=1)
        shows(page.meta, limit=1, offset=1, total_count=3)
        equal(len(page), 1)
        equal({each.number for each in client.numbers}, {'14155550110', '14165550110', '18335550110'})

    with tap.check('numbers.list with each filter'):
        equal(listed(type='tollfree'), ['18335550110'])
        equal(listed(number_startswith='1416'), ['14165550110'])
        equal(len(listed(services='sms')), 3)
        equal(listed(services='voice'), [])
        equal(listed(alias='nobody'), [])
        equal(len(listed(tendlc_registration_status='UNREGISTERED', cnam_lookup='disabled')), 3)
        equal(listed(tendlc_campaign_id='C1'), [])
        equal(listed(renewal_date__gt='2020-01-01'), [])

    with tap.check('numbers.update'):
        subaccount = client.subaccounts.create(name='west', enabled=True)
        application = client.applications.create(app_name='west')
        changed = client.numbers.update(
            '14155550110', app_id=application.app_id, subaccount=subaccount.auth_id, alias='west desk'
        )
        shows(changed, api_id=UUID, message='changed')
        shows(
            client.numbers.get('14155550110'),
            alias='west desk',
            application=f'/v1/Account/{auth_id}/Application/{application.app_id}/',
            sub_account=subaccount.auth_id,
            sub_account_name='west',
        )
        equal(listed(alias='west desk'), ['14155550110'])
        equal(listed(subaccount=subaccount.auth_id), ['14155550110'])

    with tap.check('Number.update, of a number; the text null detaches its application'):
        number = client.numbers.get('14155550110')
        shows(number.update(app_id='null', alias='desk'), message='changed')
        number = client.numbers.get('14155550110')
        shows(number, alias='desk', application=None, sub_account=subaccount.auth_id)
        client.applications.delete(application.app_id)
        client.subaccounts.delete(subaccount.auth_id)
        shows(client.numbers.get('14155550110'), sub_account=None)

    with tap.check('numbers.create, with a text and with a list'):
        own = ['14155550155', '14155550156']
        shows(client.numbers.create(own[0], 'carrier', 'California'), api_id=UUID, message='changed')
        shows(client.numbers.create(own, 'other', 'California', number_type='local'), message='changed')
        shows(client.numbers.get(own[0]), carrier='carrier', active=True)
        shows(client.numbers.get(own[1]), carrier='other', region=re.compile('California.*'))

    with tap.check('numbers.delete'):
        equal(client.numbers.delete('14155550110'), None)
        raises(ResourceNotFoundError, 'number not found', lambda: client.numbers.get('14155550110'))

    with tap.check('Number.delete, of a number'):
        for number in list(client.numbers):
            equal(number.delete(), None)
        equal(client.numbers.list().meta.total_count, 0)

"""Message: send, get and list."""
import re
from datetime import datetime, timedelta, timezone

from plivo.exceptions import InvalidRequestError, ValidationError
from plivo.resources.messages import Message

from .receiver import receiving
from .simulator import send_from_handset, submission_of, undelivered
from .tap import UUID, equal, raises, shows

MESSAGE_TIME = re.compile(r'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00:00')
ZERO = '0.00000'
NUMBER = '14155550140'
MEMBER = '14155550141'
HANDSET = '12125550142'
OTHER_HANDSET = '12125550143'


def check_messages(tap, connect):
    client = connect()
    for number in (NUMBER, MEMBER):
        client.numbers.buy(number)
    powerpack = client.powerpacks.get(client.powerpacks.create(name='senders').uuid)
    powerpack.add_number(MEMBER, service='mms')
    with receiving() as receiver:
        send = sender(client, receiver)
        check_sending(tap, client, send, powerpack)
        check_log_levels(tap, client, send)
        check_listing(tap, client, send, powerpack)
    powerpack.delete(unrent_numbers=True)
    client.numbers.delete(NUMBER)


def sender(client, receiver):
    """Sends, and waits until the handsets have it; answers the identifiers."""

    def send(end='delivered', **message):
        uuids = client.messages.create(url=f'{receiver.origin}/status', **message).message_uuid
        for uuid in uuids:
            receiver.wait_for('/status', MessageUUID=uuid, Status=end)
        return uuids

    return send


def check_sending(tap, client, send, powerpack):
    with tap.check('messages.create with src'):
        sent = client.messages.create(src=NUMBER, dst=HANDSET, text='Hello')
        shows(sent, api_id=UUID, message='message(s) queued')
        equal([bool(UUID.fullmatch(uuid)) for uuid in sent.message_uuid], [True])

    with tap.check('messages.get of what was delivered'):
        (uuid,) = send(src=NUMBER, dst=HANDSET, text='Your table is ready. \u2603')
        message = client.messages.get(uuid)
        equal(type(message), Message)
        equal(message.id, uuid)
        shows(
            message,
            api_id=UUID,
            carrier_fees=ZERO,
            carrier_fees_rate=ZERO,
            destination_country_iso2='US',
            error_code='000',
            error_message='',
            from_number=NUMBER,
            is_domestic=True,
            log='true',
            message_direction='outbound',
            message_sent_time=MESSAGE_TIME,
            message_state='delivered',
            message_time=MESSAGE_TIME,
            message_type='sms',
            message_updated_time=MESSAGE_TIME,
            message_uuid=uuid,
            powerpack_id=None,
            replaced_sender='',
            requester_ip='127.0.0.1',
            resource_uri=f'/v1/Account/{client.session.auth.auth_id}/Message/{uuid}/',
            tendlc_campaign_id='',
            tendlc_registration_status='unregistered',
            to_number=HANDSET,
            total_amount=ZERO,
            total_rate=ZERO,
            units=1,
        )
        equal(submission_of(client, uuid).text, 'Your table is ready. \u2603')

    with tap.check('Message.get, of a message'):
        shows(client.messages.get(uuid).get(), message_uuid=uuid)

    with tap.check('Message.delete and Message.update, which the SDK refuses'):
        raises(InvalidRequestError, 'Cannot delete a Message', client.messages.get(uuid).delete)
        raises(InvalidRequestError, 'Cannot update a Message', client.messages.get(uuid).update)

    with tap.check('messages.create with a powerpack'):
        (uuid,) = send(powerpack_uuid=powerpack.uuid, dst=HANDSET, text='Hello')
        shows(client.messages.get(uuid), from_number=MEMBER, powerpack_id=powerpack.uuid)

    with tap.check('messages.create of a picture message with a powerpack'):
        media = ['https://media.example.com/one.png']
        (uuid,) = send(powerpack_uuid=powerpack.uuid, dst=HANDSET, type_='mms', media_urls=media)
        shows(client.messages.get(uuid), from_number=MEMBER, message_type='mms', powerpack_id=powerpack.uuid)

    with tap.check('messages.create with several destinations, with < between them'):
        uuids = send(src=NUMBER, dst=f'+{HANDSET}<{OTHER_HANDSET}<{HANDSET}', text='Hello')
        equal([client.messages.get(uuid).to_number for uuid in uuids], [HANDSET, OTHER_HANDSET])

    with tap.check('messages.create with a list of destinations'):
        # The SDK's validator makes a text of it, as Python writes a list.
        sent = client.messages.create(src=NUMBER, dst=str([HANDSET, OTHER_HANDSET]), text='Hello')
        equal(len(sent.message_uuid), 2)

    with tap.check('messages.create with a destination that is none among others'):
        sent = client.messages.create(src=NUMBER, dst=f'{HANDSET}<nobody', text='Hello')
        equal(len(sent.message_uuid), 1)
        equal(sent.invalid_number, ['nobody'])

    with tap.check('messages.create with every option'):
        (uuid,) = send(
            src=NUMBER,
            dst=HANDSET,
            text='Hello',
            type_='sms',
            method='GET',
            log='true',
            trackable=True,
            message_expiry=600,
            dlt_entity_id='1234567890',
            dlt_template_id='0987654321',
            dlt_template_category='service_implicit',
        )
        shows(
            client.messages.get(uuid),
            dlt_entity_id='1234567890',
            dlt_template_id='0987654321',
            dlt_template_category='service_implicit',
        )

    with tap.check('messages.create of a text in several parts'):
        (uuid,) = send(src=NUMBER, dst=HANDSET, text='x' * 161)
        shows(client.messages.get(uuid), units=2)

    with tap.check('messages.create without or with two senders, which the SDK refuses'):
        neither = 'Specify either powerpack_uuid or src'
        raises(ValidationError, neither, lambda: client.messages.create(dst=HANDSET, text='Hello'))
        both = {'src': NUMBER, 'powerpack_uuid': powerpack.uuid}
        create = client.messages.create
        raises(ValidationError, 'Both powerpack_uuid and src', lambda: create(dst=HANDSET, text='Hello', **both))


def check_log_levels(tap, client, send):
    for log, number in (
        ('true', HANDSET),
        ('number_only', HANDSET),
        ('content_only', '12125550***'),
        ('false', '12125550***'),
    ):
        with tap.check(f'messages.create with log {log}'):
            (uuid,) = send(src=NUMBER, dst=HANDSET, text='Hello', log=log)
            shows(client.messages.get(uuid), log=log, to_number=number)


def check_listing(tap, client, send, powerpack):
    started = datetime.now(timezone.utc)
    (by_powerpack,) = send(powerpack_uuid=powerpack.uuid, dst=HANDSET, text='by powerpack')
    (picture,) = send(
        src=NUMBER, dst=HANDSET, type_='mms', media_urls=['https://media.example.com/one.png']
    )
    with undelivered(client, OTHER_HANDSET, 50):
        (lost,) = send(end='undelivered', src=NUMBER, dst=OTHER_HANDSET, text='lost')
    inbound = send_from_handset(client, HANDSET, NUMBER, 'inbound')

    made = {by_powerpack, picture, lost, inbound}

    def listed(**filters):
        return {message.id for message in client.messages.list(**filters)} & made

    with tap.check('messages.list'):
        page = client.messages.list(limit=2, offset=1)
        shows(page.meta, limit=2, offset=1)
        equal([type(message) for message in page], [Message, Message])
        equal('objects' in page, True)
        (newest,) = client.messages.list(limit=1)
        shows(newest, message_uuid=inbound, message_direction='inbound', message_state='received')

    with tap.check('messages.list with each filter'):
        before = {'message_time__lt': written(started)}
        equal(listed(message_direction='inbound'), {inbound})
        equal(listed(message_direction='outbound'), made - {inbound})
        equal(listed(message_state='delivered'), {by_powerpack, picture})
        equal(listed(message_state='undelivered'), {lost})
        equal(listed(message_state='queued'), set())
        equal(listed(error_code='50'), {lost})
        equal(listed(powerpack_id=powerpack.uuid), {by_powerpack})
        equal(listed(message_type='mms'), {picture})
        equal(listed(message_type='whatsapp'), set())
        equal(listed(from_number=MEMBER), {by_powerpack})
        equal(listed(to_number=OTHER_HANDSET), {lost})
        equal(listed(destination_country_iso2='US'), made)
        equal(listed(destination_country_iso2='CA'), set())
        equal(listed(tendlc_registration_status='unregistered'), made)
        equal(listed(tendlc_campaign_id='C1'), set())
        equal(listed(conversation_id='c', conversation_origin='service'), set())
        equal(listed(message_state='delivered', message_type='mms', **before), set())

    with tap.check('messages.list by time'):
        shown = client.messages.get(lost).message_time
        at = shown.removesuffix('+00:00')
        later = written(started + timedelta(hours=1))
        equal(listed(message_time=at) >= {lost}, True)
        equal(lost in listed(message_time__gt=at), False)
        equal(lost in listed(message_time__gte=at), True)
        equal(lost in listed(message_time__lt=at), False)
        equal(lost in listed(message_time__lte=at), True)
        equal(listed(message_time__gt=written(started), message_time__lt=later), made)
        equal(listed(message_time__gte=later), set())

    with tap.check('messages.list leads to the next page with its filters'):
        page = client.messages.list(limit=1, message_type='sms')
        equal(page.meta.previous, None)
        equal(all(part in page.meta.next for part in ('limit=1', 'offset=1', 'message_type=sms')), True)

    with tap.check('iteration, page after page'):
        handsets = [f'121255501{last}' for last in range(60, 82)]
        uuids = set(send(src=NUMBER, dst='<'.join(handsets), text='Hello'))
        equal({message.id for message in client.messages} >= uuids | made, True)


def written(moment):
    """A time as filters take it, to the second."""
    return moment.strftime('%Y-%m-%d %H:%M:%S')

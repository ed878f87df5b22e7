"""Status and inbound callbacks, taken by a web server of the checks; the SDK judges their signatures."""
import re

from plivo.utils import validate_signature
from plivo.utils.signature_v3 import validate_v3_signature

from .messages import HANDSET, ZERO
from .receiver import receiving
from .simulator import send_from_handset
from .tap import UUID, equal

NUMBER = '14155550145'
CALLBACK_TIME = re.compile(r'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}')
TEXT = 'Caf\u00e9 at 5 & 6? 100% + \u2603 <3'

TARGETS = (
    '/plain',
    '/with/query?b=2&a=1',
    '/with/decoding?x=a%20b&y=c%2Bd',
    '/caf%C3%A9%20bar/calls',
)


def check_callbacks(tap, connect):
    client = connect()
    app_id = client.applications.create(app_name='callbacks').app_id
    client.numbers.buy(NUMBER, app_id=app_id)
    listen = listener(client, app_id)
    with receiving() as receiver:
        check_status_callbacks(tap, client, receiver)
        check_inbound_callbacks(tap, client, receiver, listen)
        check_signatures(tap, client, receiver, listen)
        check_subaccount_signatures(tap, connect, receiver)
    client.numbers.delete(NUMBER)
    client.applications.delete(app_id)


def check_status_callbacks(tap, client, receiver):
    with tap.check('a status callback for each status'):
        (uuid,) = client.messages.create(
            src=NUMBER, dst=HANDSET, text='Hello', url=f'{receiver.origin}/statuses'
        ).message_uuid
        seen = [
            receiver.wait_for('/statuses', MessageUUID=uuid, Status=status).parameters
            for status in ('queued', 'sent', 'delivered')
        ]
        equal([parameters['Sequence'] for parameters in seen], ['1', '2', '3'])
        delivered = seen[-1]
        times = {'MessageTime', 'QueuedTime', 'SentTime', 'DeliveryReportTime'}
        equal([name for name in times if not CALLBACK_TIME.fullmatch(delivered[name])], [])
        equal(
            {name: value for name, value in delivered.items() if name not in times},
            {
                'MessageUUID': uuid,
                'ParentMessageUUID': uuid,
                'From': NUMBER,
                'To': HANDSET,
                'Type': 'sms',
                'Status': 'delivered',
                'Units': '1',
                'TotalRate': ZERO,
                'TotalAmount': ZERO,
                'MCC': '',
                'MNC': '',
                'ErrorCode': '000',
                'PartInfo': '1 of 1',
                'Sequence': '3',
                'requester_ip': '127.0.0.1',
                'PowerpackUUID': '',
            },
        )


def check_inbound_callbacks(tap, client, receiver, listen):
    with tap.check('an inbound callback, and the message that it tells of'):
        listen(f'{receiver.origin}/inbound', 'POST')
        uuid = send_from_handset(client, HANDSET, NUMBER, TEXT)
        equal(
            receiver.wait_for('/inbound', MessageUUID=uuid).parameters,
            {
                'MessageUUID': uuid,
                'From': HANDSET,
                'To': NUMBER,
                'Type': 'sms',
                'Text': TEXT,
                'Units': '1',
                'TotalRate': ZERO,
                'TotalAmount': ZERO,
                'MessageIntent': '',
                'PowerpackUUID': '',
            },
        )
        equal(client.messages.get(uuid).message_direction, 'inbound')


def check_signatures(tap, client, receiver, listen):
    token = client.session.auth.auth_token
    for method in ('POST', 'GET'):
        for target in TARGETS:
            url = receiver.origin + target
            with tap.check(f'signatures of status callbacks, {method} {target}'):
                (uuid,) = client.messages.create(
                    src=NUMBER, dst=HANDSET, text='Hello', url=url, method=method
                ).message_uuid
                callback = receiver.wait_for(target, MessageUUID=uuid, Status='delivered')
                check_signed(callback, method, url, token, token)
            with tap.check(f'signatures of inbound callbacks, {method} {target}'):
                listen(url, method)
                uuid = send_from_handset(client, HANDSET, NUMBER, TEXT)
                check_signed(receiver.wait_for(target, MessageUUID=uuid), method, url, token, token)


def check_subaccount_signatures(tap, connect, receiver):
    client = connect()
    owner = client.subaccounts.create(name='kiosk', enabled=True)
    client.numbers.update(NUMBER, subaccount=owner.auth_id)
    as_subaccount = connect(owner.auth_id, owner.auth_token)

    with tap.check("signatures of a subaccount's callbacks, with its own token and that of the main account"):
        url = f'{receiver.origin}/subaccount'
        sent = as_subaccount.messages.create(src=NUMBER, dst=HANDSET, text='Hello', url=url)
        callback = receiver.wait_for('/subaccount', Status='delivered')
        check_signed(callback, 'POST', url, owner.auth_token, client.session.auth.auth_token)

    with tap.check('messages.list of a subaccount'):
        equal([message.id for message in client.messages.list(subaccount=owner.auth_id)], sent.message_uuid)
        equal([message.id for message in as_subaccount.messages.list()], sent.message_uuid)

    client.subaccounts.delete(owner.auth_id)


def check_signed(callback, method, url, own_token, main_token):
    """Checks all signatures of a callback to a URL with what a receiver has: its own address, and what came."""
    equal(callback.method, method)
    known = [(url, callback.parameters)]
    # Of a GET the SDK may also be given the whole address, but it cannot read more than ASCII from one.
    if method == 'GET' and ''.join(callback.parameters.values()).isascii():
        known.append((callback.url, {}))
    for prefix, token in (('X-Plivo-Signature', own_token), ('X-Plivo-Signature-Ma', main_token)):
        v2 = (callback.headers['X-Plivo-Signature-V2-Nonce'], callback.headers[f'{prefix}-V2'])
        v3 = (callback.headers['X-Plivo-Signature-V3-Nonce'], token, callback.headers[f'{prefix}-V3'])
        equal(validate_signature(callback.url, *v2, token), True)
        equal(validate_signature(callback.url, *v2, f'{token}x'), False)
        for address, parameters in known:
            # The SDK adds to the parameters that it is given.
            equal(validate_v3_signature(method, address, *v3, dict(parameters)), True)
            forged = {**parameters, 'Forged': 'yes'}
            equal(validate_v3_signature(method, address, *v3, forged), False)


def listener(client, app_id):
    """Has what comes in to the number told to a URL."""

    def listen(url, method):
        client.applications.update(app_id, message_url=url, message_method=method)

    return listen

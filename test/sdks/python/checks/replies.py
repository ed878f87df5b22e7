"""Answers to inbound callbacks, written with the SDK's XML builder: the server sends what they say."""
from plivo import plivoxml

from .messages import HANDSET, OTHER_HANDSET
from .receiver import receiving
from .simulator import send_from_handset, submission_of
from .tap import equal, shows

MEMBER = '14155550146'
TEXT = 'Tom & Jerry <3 "quoted", \u2603'


def check_replies(tap, connect):
    client = connect()
    client.numbers.buy(MEMBER)
    with receiving() as receiver:
        url = f'{receiver.origin}/inbound'
        application = client.applications.create(app_name='replies', message_url=url)
        powerpack = client.powerpacks.get(
            client.powerpacks.create(
                name='replies', application_type='xml', application_id=application.app_id
            ).uuid
        )
        powerpack.add_number(MEMBER)
        check_answers(tap, client, receiver, powerpack)
        powerpack.delete(unrent_numbers=True)
        client.applications.delete(application.app_id)


def check_answers(tap, client, receiver, powerpack):
    status_url = f'{receiver.origin}/replied'

    def reply(response, text):
        """A handset writes, and the application answers this."""
        receiver.answers['/inbound'] = response.to_string()
        uuid = send_from_handset(client, HANDSET, MEMBER, text)
        callback = receiver.wait_for('/inbound', MessageUUID=uuid)
        equal(callback.parameters['PowerpackUUID'], powerpack.uuid)
        return uuid

    with tap.check('MessageElement with every attribute'):
        response = plivoxml.ResponseElement().add(
            plivoxml.MessageElement(
                TEXT, src=MEMBER, dst=HANDSET, type='sms', callback_url=status_url, callback_method='GET'
            )
        )
        inbound = reply(response, 'first')
        callback = receiver.wait_for('/replied', Status='delivered', From=MEMBER, To=HANDSET)
        equal(callback.method, 'GET')
        uuid = callback.parameters['MessageUUID']
        shows(
            client.messages.get(uuid),
            from_number=MEMBER,
            to_number=HANDSET,
            message_state='delivered',
            powerpack_id=powerpack.uuid,
        )
        equal(submission_of(client, uuid).text, TEXT)
        shows(client.messages.get(inbound), message_state='delivered', powerpack_id=powerpack.uuid)

    with tap.check('add_message with several destinations'):
        response = plivoxml.ResponseElement().add_message(
            'To both', src=MEMBER, dst=f'{HANDSET}<{OTHER_HANDSET}', callback_url=f'{status_url}/both'
        )
        reply(response, 'second')
        for handset in (HANDSET, OTHER_HANDSET):
            callback = receiver.wait_for('/replied/both', Status='delivered', To=handset)
            equal(callback.method, 'POST')
            equal(submission_of(client, callback.parameters['MessageUUID']).text, 'To both')

    with tap.check('two MessageElements without sender and destination'):
        response = plivoxml.ResponseElement()
        for text in ('One', 'Two'):
            response.add(plivoxml.MessageElement(text, callback_url=f'{status_url}/{text}'))
        reply(response, 'third')
        for text in ('One', 'Two'):
            callback = receiver.wait_for(f'/replied/{text}', Status='delivered', From=MEMBER, To=HANDSET)
            equal(submission_of(client, callback.parameters['MessageUUID']).text, text)

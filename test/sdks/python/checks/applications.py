"""Application: create, get, list, update and delete. The SDK sends these calls to its voice addresses."""
import re

from plivo.exceptions import ResourceNotFoundError

from .tap import UUID, equal, raises, shows


def check_applications(tap, connect):
    client = connect()
    auth_id = client.session.auth.auth_id
    app_id = None

    with tap.check('applications.create'):
        created = client.applications.create(
            app_name='inbound',
            answer_url='https://hooks.example.net/voice',
            message_url='https://hooks.example.net/inbound',
            message_method='GET',
            public_uri=True,
            log_incoming_messages=False,
        )
        shows(created, api_id=UUID, message='created', app_id=re.compile(r'\d{17,18}'))
        app_id = created.app_id

    with tap.check('applications.get'):
        shows(
            client.applications.get(app_id),
            api_id=UUID,
            id=app_id,
            app_id=app_id,
            app_name='inbound',
            application_type='XML',
            answer_url='https://hooks.example.net/voice',
            answer_method='POST',
            fallback_answer_url='',
            fallback_method='POST',
            hangup_url='',
            hangup_method='POST',
            message_url='https://hooks.example.net/inbound',
            message_method='GET',
            default_app=False,
            default_endpoint_app=False,
            enabled=True,
            log_incoming_message=False,
            log_incoming_messages=False,
            public_uri=True,
            resource_uri=f'/v1/Account/{auth_id}/Application/{app_id}/',
            sip_uri=re.compile(rf'sip:{app_id}@.+'),
            sub_account=None,
        )

    with tap.check('applications.list and iteration'):
        for number in range(1, 22):
            client.applications.create(app_name=f'many-{number}')
        page = client.applications.list(limit=5, offset=20)
        shows(page.meta, limit=5, offset=20, total_count=22, next=None)
        equal(len(page), 2)
        equal(len({each.id for each in client.applications}), 22)

    with tap.check('applications.list by name and by subaccount'):
        equal([each.id for each in client.applications.list(app_name='inbound')], [app_id])
        owner = client.subaccounts.create(name='owner')
        owned = client.applications.create(app_name='owned', subaccount=owner.auth_id)
        equal([each.id for each in client.applications.list(subaccount=owner.auth_id)], [owned.app_id])
        shows(client.applications.get(owned.app_id), sub_account=owner.auth_id)
        client.applications.delete(owned.app_id)
        client.subaccounts.delete(owner.auth_id)

    with tap.check('applications.update'):
        changed = client.applications.update(app_id, message_url='https://hooks.example.net/changed')
        shows(changed, api_id=UUID, message='changed')
        # The SDK sends its defaults along, so the method and the log flag go back to them.
        shows(
            client.applications.get(app_id),
            answer_url='https://hooks.example.net/voice',
            message_url='https://hooks.example.net/changed',
            message_method='POST',
            log_incoming_messages=True,
            public_uri=True,
        )

    with tap.check('Application.update, of an application'):
        client.applications.get(app_id).update(answer_url='https://hooks.example.net/answer')
        shows(
            client.applications.get(app_id),
            answer_url='https://hooks.example.net/answer',
            message_url='https://hooks.example.net/changed',
        )

    with tap.check('Application.get, of an application'):
        # A mistake in the SDK: it forgets to pass the id on.
        raises(TypeError, 'app_id', client.applications.get(app_id).get)

    with tap.check('applications.delete'):
        equal(client.applications.delete(app_id, cascade=True), None)
        raises(ResourceNotFoundError, 'application not found', lambda: client.applications.get(app_id))

    with tap.check('Application.delete, of an application'):
        for application in list(client.applications):
            equal(application.delete(), None)
        equal(client.applications.list().meta.total_count, 0)

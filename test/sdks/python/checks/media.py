"""Media: upload, get and list; and the media of a message."""
import tempfile
from pathlib import Path

import requests
from plivo.exceptions import ResourceNotFoundError, ValidationError

from .messages import HANDSET
from .simulator import submission_of
from .tap import MOMENT, UUID, equal, raises, shows

NUMBER = '14155550144'
PNG = b'\x89PNG\r\n\x1a\n' + bytes(100)
UNKNOWN = '9a4e2d70-1c3b-4f6a-8e52-b06d17c8f3a9'


def check_media(tap, connect):
    client = connect()
    client.numbers.buy(NUMBER)
    with tempfile.TemporaryDirectory() as folder:
        check_uploads(tap, client, Path(folder))
    check_message_media(tap, client)
    client.numbers.delete(NUMBER)


def check_uploads(tap, client, folder):
    files = [folder / 'menu.png', folder / 'prices.csv']
    files[0].write_bytes(PNG)
    files[1].write_text('tea,2.50\n')

    with tap.check('media.upload of two files'):
        uploaded = client.media.upload([str(file) for file in files])
        shows(uploaded, api_id=UUID)
        equal(len(uploaded.objects), 2)
        for medium, name, content_type, size in zip(
            uploaded.objects, ('menu.png', 'prices.csv'), ('image/png', 'text/csv'), (len(PNG), 9)
        ):
            shows(
                medium,
                content_type=content_type,
                file_name=name,
                media_id=UUID,
                media_url=medium.url,
                size=size,
                status='success',
                status_code=201,
                upload_time=MOMENT,
            )

    with tap.check('media.upload of a file that cannot be taken keeps its slot'):
        (folder / 'empty.png').write_bytes(b'')
        refused, taken = client.media.upload([str(folder / 'empty.png'), str(files[0])]).objects
        shows(refused, status='failed', status_code=400, error_code=400, error_message='the file is empty')
        equal('media_id' in refused, False)
        shows(taken, status='success')

    with tap.check('media.upload of a kind that the SDK refuses'):
        raises(ValidationError, 'File format', lambda: client.media.upload([str(folder / 'tool.exe')]))

    with tap.check('media.get, and the file behind its address'):
        medium = client.media.get(uploaded.objects[0].media_id)
        shows(
            medium,
            api_id=UUID,
            content_type='image/png',
            file_name='menu.png',
            media_id=uploaded.objects[0].media_id,
            media_url=uploaded.objects[0].media_url,
            size=len(PNG),
            upload_time=uploaded.objects[0].upload_time,
        )
        file = requests.get(medium.media_url, timeout=5)
        equal((file.status_code, file.headers['Content-Type'], file.content), (200, 'image/png', PNG))

    with tap.check('media.list'):
        page = client.media.list(limit=1, offset=1)
        shows(page, api_id=UUID)
        shows(page.meta, limit=1, offset=1, total_count=3)
        equal(len(page.objects), 1)
        listed = [medium.media_id for medium in client.media.list().objects]
        equal(set(listed) >= {medium.media_id for medium in uploaded.objects}, True)

    with tap.check('media.get of what is not there'):
        raises(ResourceNotFoundError, 'media not found', lambda: client.media.get(UNKNOWN))


def check_message_media(tap, client):
    uploaded = client.media.list(limit=1).objects[0]
    remote = 'https://media.example.com/menus/today.png'

    with tap.check('messages.create with media_ids and media_urls'):
        sent = client.messages.create(
            src=NUMBER, dst=HANDSET, type_='mms', text='Menu', media_ids=[uploaded.media_id], media_urls=[remote]
        )
        (uuid,) = sent.message_uuid
        shows(client.messages.get(uuid), message_type='mms', units=1)

    with tap.check('Message.listMedia'):
        answer = client.messages.get(uuid).listMedia()
        shows(answer, api_id=UUID)
        shows(answer.meta, total_count=2)
        media = {medium.media_url: medium for medium in answer.objects}
        shows(
            media[uploaded.media_url],
            content_type=uploaded.content_type,
            file_name=uploaded.file_name,
            media_id=uploaded.media_id,
            message_uuid=uuid,
            size=uploaded.size,
            upload_time=MOMENT,
        )
        shows(media[remote], content_type='image/png', file_name='today.png', media_id=UUID, size=0)

    with tap.check('Message.listMedia of a message without media'):
        (text,) = client.messages.create(src=NUMBER, dst=HANDSET, text='Hello').message_uuid
        equal(client.messages.get(text).listMedia().objects, [])


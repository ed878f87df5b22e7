"""Every method of the Python SDK against a running server: `python -m checks plain|drop-in`."""
import sys

from .accounts import check_account, check_pricing, check_subaccounts
from .applications import check_applications
from .callbacks import check_callbacks
from .connection import CONNECTIONS
from .errors import check_errors
from .media import check_media
from .message_errors import check_message_errors
from .messages import check_messages
from .numbers import check_numbers, check_phone_numbers
from .pool import check_pool
from .powerpacks import check_powerpacks
from .replies import check_replies
from .tap import Tap

connect = CONNECTIONS[sys.argv[1]]
tap = Tap()
for area in (
    check_account,
    check_pricing,
    check_applications,
    check_phone_numbers,
    check_numbers,
    check_powerpacks,
    check_pool,
    check_subaccounts,
    check_errors,
    check_messages,
    check_media,
    check_callbacks,
    check_replies,
    check_message_errors,
):
    tap.area(area, connect)
tap.finish()

"""A server that does not start."""
import pytest
from pytest_rucksack import RucksackError, RucksackServer


@pytest.mark.parametrize('command', ('false', '/nowhere/rucksack'))
def test_a_command_that_does_not_start_a_server_is_named(command):
    with pytest.raises(RucksackError, match=f'^{command} start .*RUCKSACK_COMMAND can name another command'):
        RucksackServer.start({'RUCKSACK_COMMAND': command, 'PATH': '/usr/bin:/bin'})

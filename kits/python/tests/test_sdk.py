"""Plivo's SDK through the fixtures."""
import plivo
import pytest
from pytest_rucksack import RucksackError


def powerpack_with_number(rucksack):
    client = plivo.RestClient()
    powerpack = client.powerpacks.create(name='greetings')
    return client, powerpack.uuid, rucksack.rent_number(powerpack.number_pool)


def test_a_message_is_seen_as_the_carrier_was_given_it(rucksack):
    client, uuid, number = powerpack_with_number(rucksack)
    sent = client.messages.create(powerpack_uuid=uuid, dst='12125550123', text='Hello!')
    message = rucksack.next_message(to='12125550123')
    assert (message['src'], message['text']) == (number, 'Hello!')
    rucksack.advance(1)
    assert client.messages.get(sent.message_uuid[0]).message_state == 'delivered'


def test_messages_come_one_by_one_and_keep_to_the_rate_of_their_number(rucksack):
    client, uuid, _ = powerpack_with_number(rucksack)
    for text in ('first', 'second'):
        client.messages.create(powerpack_uuid=uuid, dst='12125550123', text=text)
    assert [rucksack.next_message()['text'], rucksack.next_message()['text']] == ['first', 'second']
    with pytest.raises(RucksackError, match='no message to 12125550199 within 2 seconds'):
        rucksack.next_message(to='12125550199', within=2)


def test_a_stop_is_followed(rucksack):
    client, uuid, number = powerpack_with_number(rucksack)
    client.messages.create(powerpack_uuid=uuid, dst='12125550123', text='Hello!')
    rucksack.next_message(to='12125550123')
    rucksack.receive('12125550123', number, 'STOP')
    assert client.powerpacks.get(uuid=uuid).uuid == uuid
    assert rucksack.next_message(to='12125550123')['text'] != 'Hello!'


@pytest.mark.parametrize('turn', (1, 2))
def test_each_test_begins_with_an_empty_account(rucksack, turn):
    client = plivo.RestClient()
    assert client.powerpacks.list().meta.total_count == 0
    client.powerpacks.create(name=f'of turn {turn}')


def test_a_refusal_names_the_call(rucksack):
    with pytest.raises(RucksackError, match='GET Powerpack/none/: 404'):
        rucksack.call('GET', 'Powerpack/none/')


def test_a_reset_empties_the_account(rucksack):
    client = plivo.RestClient()
    client.powerpacks.create(name='short-lived')
    rucksack.reset()
    assert client.powerpacks.list().meta.total_count == 0

package rucksacktest_test

import (
	"testing"
	"time"

	"github.com/plivo/plivo-go/v7"
	"rucksacktest"
)

// Makes a powerpack with a number, by the SDK.
func powerpackWithNumber(t *testing.T) (*rucksacktest.Account, *plivo.Client, string, string) {
	t.Helper()
	account := rucksacktest.New(t)
	client, err := plivo.NewClient(account.AuthID, account.AuthToken, &plivo.ClientOptions{HttpClient: account.HTTPClient()})
	if err != nil {
		t.Fatal(err)
	}
	powerpack, err := client.Powerpack.Create(plivo.PowerackCreateParams{Name: "greetings"})
	if err != nil {
		t.Fatal(err)
	}
	return account, client, powerpack.UUID, account.RentNumber(powerpack.NumberPoolUUID)
}

func send(t *testing.T, client *plivo.Client, powerpack, text string) string {
	t.Helper()
	sent, err := client.Messages.Create(plivo.MessageCreateParams{PowerpackUUID: powerpack, Dst: "12125550123", Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return sent.MessageUUID[0]
}

func TestAMessageIsSeenAsTheCarrierWasGivenIt(t *testing.T) {
	t.Parallel()
	account, client, powerpack, number := powerpackWithNumber(t)
	uuid := send(t, client, powerpack, "Hello!")
	message := account.NextMessage("12125550123")
	if message.Src != number || message.Text != "Hello!" || message.UUID != uuid {
		t.Errorf("it was %+v", message)
	}
	account.Advance(time.Second)
	stored, err := client.Messages.Get(uuid)
	if err != nil || stored.MessageState != "delivered" {
		t.Errorf("it is %+v, %v", stored, err)
	}
}

func TestEachTestHasAnAccountOfItsOwn(t *testing.T) {
	t.Parallel()
	one, _, _, _ := powerpackWithNumber(t)
	other, _, _, _ := powerpackWithNumber(t)
	if one.AuthID == other.AuthID || one.URL != other.URL {
		t.Errorf("%s at %s, %s at %s", one.AuthID, one.URL, other.AuthID, other.URL)
	}
	if messages := other.Messages(); len(messages) != 0 {
		t.Errorf("it has %v", messages)
	}
}

func TestAStopIsFollowed(t *testing.T) {
	t.Parallel()
	account, client, powerpack, number := powerpackWithNumber(t)
	send(t, client, powerpack, "Hello!")
	account.NextMessage("12125550123")
	account.Receive("12125550123", number, "STOP")
	if reply := account.NextMessage("12125550123"); reply.Text == "Hello!" {
		t.Errorf("it was %+v", reply)
	}
}

func TestAResetEmptiesTheAccount(t *testing.T) {
	t.Parallel()
	account, client, powerpack, _ := powerpackWithNumber(t)
	send(t, client, powerpack, "Hello!")
	account.NextMessage("12125550123")
	account.Reset()
	if messages := account.Messages(); len(messages) != 0 {
		t.Errorf("it has %v", messages)
	}
}

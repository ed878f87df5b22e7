// Message: send, get and list.
package main

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/plivo/plivo-go/v7"
)

const (
	handset      = "12125550142"
	otherHandset = "12125550143"
)

var messageTime = regexp.MustCompile(`^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00:00$`)

// What the checks of messages share.
type messaging struct {
	*tap
	client    *plivo.Client
	receiver  *receiver
	powerpack *plivo.PowerpackService
	number    string
	// The number of the powerpack.
	member string
	// The identifier of what is told of messages that come in.
	application string
}

func checkMessages(t *tap, connect connect) {
	client := connect("", "")
	m := messaging{tap: t, client: client, receiver: newReceiver(), number: "14155550140", member: "14155550141"}
	defer m.receiver.Close()
	for _, number := range []string{m.number, m.member} {
		must(client.PhoneNumbers.Create(number, plivo.PhoneNumberCreateParams{}))
	}
	created := must(client.Powerpack.Create(plivo.PowerackCreateParams{Name: "senders"}))
	m.powerpack = must(client.Powerpack.Get(created.UUID))
	must(m.powerpack.AddNumberWithOptions(m.member, plivo.PowerpackAddNumberOptions{Service: plivo.MMS}))
	m.checkSending()
	m.checkLogLevels()
	m.checkListing()
	must(m.powerpack.Delete(plivo.PowerpackDeleteParams{UnrentNumbers: true}))
	succeeds(client.Numbers.Delete(m.number))
}

// Sends, and waits until it has come to this end. Gives the identifiers.
func (m messaging) send(end string, params plivo.MessageCreateParams) []string {
	params.URL = m.receiver.URL + "/status"
	uuids := must(m.client.Messages.Create(params)).MessageUUID
	for _, each := range uuids {
		m.receiver.waitFor("/status", map[string]string{"MessageUUID": each, "Status": end})
	}
	return uuids
}

func (m messaging) checkSending() {
	client := m.client
	hello := plivo.MessageCreateParams{Src: m.number, Dst: handset, Text: "Hello"}

	m.check("Messages.Create with Src", func() {
		sent := must(client.Messages.Create(hello))
		shows(sent, fields{"ApiID": uuid, "Message": "message(s) queued", "Error": ""})
		equal(len(sent.MessageUUID), 1)
		equal(uuid.MatchString(sent.MessageUUID[0]), true)
	})

	m.check("Messages.Get of what was delivered", func() {
		// The SDK's JSON has < > & as escapes.
		text := "Your table is ready <3 & waits. ☃"
		sent := m.send("delivered", plivo.MessageCreateParams{Src: m.number, Dst: handset, Text: text})[0]
		message := must(client.Messages.Get(sent))
		shows(message, fields{
			"ApiID":                    uuid,
			"ToNumber":                 handset,
			"FromNumber":               m.number,
			"MessageType":              "sms",
			"ResourceURI":              "/v1/Account/" + client.AuthId + "/Message/" + sent + "/",
			"MessageDirection":         "outbound",
			"MessageState":             "delivered",
			"TotalAmount":              zero,
			"MessageUUID":              sent,
			"MessageTime":              messageTime,
			"ErrorCode":                "000",
			"ErrorMessage":             "",
			"PowerpackID":              "",
			"RequesterIP":              "127.0.0.1",
			"ReplacedSender":           "",
			"TendlcCampaignID":         "",
			"TendlcRegistrationStatus": "unregistered",
			"DestinationCountryISO2":   "US",
			"DestinationNetwork":       "",
			"CarrierFeesRate":          zero,
			"CarrierFees":              zero,
			"Log":                      "true",
			"MessageSentTime":          messageTime,
			"MessageUpdatedTime":       messageTime,
		})
		equal(*message.IsDomestic, true)
		equal(submissionOf(client, sent).Text, text)
	})

	m.check("Messages.Create with PowerpackUUID", func() {
		params := plivo.MessageCreateParams{PowerpackUUID: m.powerpack.UUID, Dst: handset, Text: "Hello"}
		shows(must(client.Messages.Get(m.send("delivered", params)[0])), fields{
			"FromNumber": m.member, "PowerpackID": m.powerpack.UUID,
		})
	})

	m.check("Messages.Create of a picture message with PowerpackUUID", func() {
		sent := m.send("delivered", plivo.MessageCreateParams{
			PowerpackUUID: m.powerpack.UUID,
			Dst:           handset,
			Type:          plivo.MMS,
			MediaUrls:     []string{"https://media.example.com/one.png"},
		})
		shows(must(client.Messages.Get(sent[0])), fields{
			"FromNumber": m.member, "MessageType": "mms", "PowerpackID": m.powerpack.UUID,
		})
	})

	m.check("Messages.Create with several destinations", func() {
		several := hello
		several.Dst = plivo.Numbers("+"+handset, otherHandset, handset)
		sent := m.send("delivered", several)
		equal(collect(sent, func(each string) string { return must(client.Messages.Get(each)).ToNumber }),
			[]string{handset, otherHandset})
	})

	m.check("Messages.Create with a destination that is none among others", func() {
		several := hello
		several.Dst = plivo.Numbers(handset, "nobody")
		equal(len(must(client.Messages.Create(several)).MessageUUID), 1)
	})

	m.check("Messages.Create with every option", func() {
		sent := m.send("delivered", plivo.MessageCreateParams{
			Src:                 m.number,
			Dst:                 handset,
			Text:                "Hello",
			Type:                plivo.SMS,
			Method:              "GET",
			Trackable:           true,
			Log:                 true,
			MessageExpiry:       600,
			DLTEntityID:         "1234567890",
			DLTTemplateID:       "0987654321",
			DLTTemplateCategory: "service_implicit",
		})
		shows(must(client.Messages.Get(sent[0])), fields{
			"DLTEntityID": "1234567890", "DLTTemplateID": "0987654321", "DLTTemplateCategory": "service_implicit",
		})
	})
}

func (m messaging) checkLogLevels() {
	masked := handset[:len(handset)-3] + "***"
	for _, each := range []struct {
		log           any
		level, number string
	}{
		{true, "true", handset},
		{false, "false", masked},
		{"true", "true", handset},
		{"false", "false", masked},
		{"number_only", "number_only", handset},
		{"content_only", "content_only", masked},
	} {
		m.check("Messages.Create with Log "+each.level, func() {
			params := plivo.MessageCreateParams{Src: m.number, Dst: handset, Text: "Hello", Log: each.log}
			shows(must(m.client.Messages.Get(m.send("delivered", params)[0])), fields{
				"Log": each.level, "ToNumber": each.number,
			})
		})
	}
}

func (m messaging) checkListing() {
	client := m.client
	started := time.Now().UTC()
	byPowerpack := m.send("delivered", plivo.MessageCreateParams{
		PowerpackUUID: m.powerpack.UUID, Dst: handset, Text: "by powerpack",
	})[0]
	picture := m.send("delivered", plivo.MessageCreateParams{
		Src: m.number, Dst: handset, Type: plivo.MMS, MediaUrls: []string{"https://media.example.com/one.png"},
	})[0]
	var lost string
	whileUndelivered(client, otherHandset, 50, func() {
		lost = m.send("undelivered", plivo.MessageCreateParams{Src: m.number, Dst: otherHandset, Text: "lost"})[0]
	})
	inbound := sendFromHandset(client, handset, m.number, "inbound")
	// The newest are listed first.
	made := []string{inbound, lost, picture, byPowerpack}
	listed := func(params plivo.MessageListParams) []string {
		found := collect(must(client.Messages.List(params)).Objects, identifier)
		return keep(found, func(each string) bool { return slices.Contains(made, each) })
	}

	m.check("Messages.List", func() {
		page := must(client.Messages.List(plivo.MessageListParams{Limit: 2, Offset: 1}))
		shows(page, fields{"ApiID": uuid})
		shows(page.Meta, fields{"Limit": 2, "Offset": 1})
		equal(len(page.Objects), 2)
		newest := must(client.Messages.List(plivo.MessageListParams{Limit: 1}))
		shows(newest.Objects[0], fields{
			"MessageUUID": inbound, "MessageDirection": "inbound", "MessageState": "received", "ErrorCode": "",
		})
	})

	m.check("Messages.List with each filter", func() {
		none := []string{}
		equal(listed(plivo.MessageListParams{}), made)
		equal(listed(plivo.MessageListParams{MessageDirection: "inbound"}), []string{inbound})
		equal(listed(plivo.MessageListParams{MessageDirection: "outbound"}), made[1:])
		equal(listed(plivo.MessageListParams{MessageState: "delivered"}), []string{picture, byPowerpack})
		equal(listed(plivo.MessageListParams{MessageState: "queued"}), none)
		equal(listed(plivo.MessageListParams{ErrorCode: 50}), []string{lost})
		equal(listed(plivo.MessageListParams{PowerpackID: m.powerpack.UUID}), []string{byPowerpack})
		equal(listed(plivo.MessageListParams{MessageType: plivo.MMS}), []string{picture})
		equal(listed(plivo.MessageListParams{DestinationCountryISO2: "US"}), made)
		equal(listed(plivo.MessageListParams{DestinationCountryISO2: "CA"}), none)
		equal(listed(plivo.MessageListParams{TendlcRegistrationStatus: "unregistered"}), made)
		equal(listed(plivo.MessageListParams{TendlcCampaignID: "C1"}), none)
		equal(listed(plivo.MessageListParams{ConversationID: "c", ConversationOrigin: "service"}), none)
	})

	m.check("Messages.List by time", func() {
		at := strings.TrimSuffix(must(client.Messages.Get(lost)).MessageTime, "+00:00")
		has := func(params plivo.MessageListParams) bool { return slices.Contains(listed(params), lost) }
		equal(has(plivo.MessageListParams{MessageTime: at}), true)
		equal(has(plivo.MessageListParams{MessageTimeGreaterThan: at}), false)
		equal(has(plivo.MessageListParams{MessageTimeGreaterOrEqual: at}), true)
		equal(has(plivo.MessageListParams{MessageTimeLessThan: at}), false)
		equal(has(plivo.MessageListParams{MessageTimeLessOrEqual: at}), true)
		later := started.Add(time.Hour).Format("2006-01-02 15:04:05")
		equal(listed(plivo.MessageListParams{
			MessageTimeGreaterThan: started.Format("2006-01-02 15:04:05"), MessageTimeLessThan: later,
		}), made)
		equal(listed(plivo.MessageListParams{MessageTimeGreaterThan: later}), []string{})
	})

	m.check("Messages.List leads to the next page with its filters", func() {
		meta := must(client.Messages.List(plivo.MessageListParams{Limit: 1, MessageType: plivo.SMS})).Meta
		equal(meta.Previous == nil, true)
		for _, part := range []string{"limit=1", "offset=1", "message_type=sms"} {
			equal(strings.Contains(*meta.Next, part), true)
		}
	})
}

func identifier(message plivo.Message) string { return message.MessageUUID }

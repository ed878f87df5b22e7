// How refusals of messages and media reach a user of the SDK.
package main

import (
	"strings"

	"github.com/plivo/plivo-go/v7"
)

func checkMessageErrors(t *tap, connect connect) {
	client := connect("", "")
	number := "14155550147"
	must(client.PhoneNumbers.Create(number, plivo.PhoneNumberCreateParams{}))
	created := must(client.Powerpack.Create(plivo.PowerackCreateParams{Name: "empty"}))
	stranger := connect(client.AuthId, "bm90LXRoZS1yaWdodC10b2tlbg")
	refused := func(name, text string, call func() error) {
		t.check(name, func() { fails(call(), text) })
	}
	create := func(change func(*plivo.MessageCreateParams)) func() error {
		params := plivo.MessageCreateParams{Src: number, Dst: handset, Text: "Hello"}
		change(&params)
		return func() error {
			_, err := client.Messages.Create(params)
			return err
		}
	}

	for _, each := range []struct {
		name, text string
		change     func(*plivo.MessageCreateParams)
	}{
		{"400, Messages.Create without a sender", "Specify either powerpack_uuid or src in request params",
			func(params *plivo.MessageCreateParams) { params.Src = "" }},
		{"400, Messages.Create with two senders", "Both powerpack_uuid and src cannot be specified.",
			func(params *plivo.MessageCreateParams) { params.PowerpackUUID = created.UUID }},
		{"400, Messages.Create without a destination", "dst parameter not present",
			func(params *plivo.MessageCreateParams) { params.Dst = "" }},
		{"400, Messages.Create to what is no number", `"error":"'4155550' is not a valid phone number."`,
			func(params *plivo.MessageCreateParams) { params.Dst = "+4155-550" }},
		{"400, Messages.Create to its own sender", "src and dst must be different",
			func(params *plivo.MessageCreateParams) { params.Dst = number }},
		{"400, Messages.Create from a number that is not rented", "This caller ID is not allowed for outbound message",
			func(params *plivo.MessageCreateParams) { params.Src = "14155550199" }},
		{"400, Messages.Create without a text", "text parameter not present",
			func(params *plivo.MessageCreateParams) { params.Text = "" }},
		{"400, Messages.Create of a picture message without media", "media parameter not present",
			func(params *plivo.MessageCreateParams) { params.Type, params.Text = plivo.MMS, "" }},
		{"400, Messages.Create of a text that is too long", "text parameter length exceeds 1600",
			func(params *plivo.MessageCreateParams) { params.Text = strings.Repeat("x", 1601) }},
		{"400, Messages.Create that expires too soon", "message_expiry must be",
			func(params *plivo.MessageCreateParams) { params.MessageExpiry = 4 }},
		{"400, Messages.Create with a log that is none", "log must be",
			func(params *plivo.MessageCreateParams) { params.Log = "perhaps" }},
		{"400, Messages.Create with a method that is none", "method must be",
			func(params *plivo.MessageCreateParams) { params.Method = "PUT" }},
		{"400, Messages.Create by WhatsApp", "type must be sms or mms",
			func(params *plivo.MessageCreateParams) { params.Type = "whatsapp" }},
		{"400, Messages.Create with media that is not there", "there is no media " + unknown,
			func(params *plivo.MessageCreateParams) { params.Type, params.MediaIds = plivo.MMS, []string{unknown} }},
		{"400, Messages.Create with an empty powerpack", "no number available in the powerpack for this message",
			func(params *plivo.MessageCreateParams) { params.Src, params.PowerpackUUID = "", created.UUID }},
		{"404, Messages.Create with a powerpack that is not there", "powerpack not found",
			func(params *plivo.MessageCreateParams) { params.Src, params.PowerpackUUID = "", unknown }},
	} {
		refused(each.name, each.text, create(each.change))
	}
	refused("404, Messages.Get", `"error":"not found"`, func() error {
		_, err := client.Messages.Get(unknown)
		return err
	})
	refused("404, Messages.ListMedia", "not found", func() error {
		_, err := client.Messages.ListMedia(unknown)
		return err
	})
	refused("404, Media.Get", "media not found", func() error {
		_, err := client.Media.Get(unknown)
		return err
	})
	refused("400, Messages.List with a time that is none", "message_time__gt must be a time", func() error {
		_, err := client.Messages.List(plivo.MessageListParams{MessageTimeGreaterThan: "yesterday"})
		return err
	})
	refused("401, Messages.List", "invalid auth_id or auth_token", func() error {
		_, err := stranger.Messages.List(plivo.MessageListParams{})
		return err
	})
	refused("401, Messages.Create", "invalid auth_id or auth_token", func() error {
		_, err := stranger.Messages.Create(plivo.MessageCreateParams{Src: number, Dst: handset, Text: "Hello"})
		return err
	})

	must(must(client.Powerpack.Get(created.UUID)).Delete(plivo.PowerpackDeleteParams{}))
	succeeds(client.Numbers.Delete(number))
}

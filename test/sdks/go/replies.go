// Answers to inbound callbacks, written with the SDK's XML elements: the server sends what they say.
package main

import (
	"github.com/plivo/plivo-go/v7"
	"github.com/plivo/plivo-go/v7/xml"
)

func checkReplies(t *tap, connect connect) {
	client := connect("", "")
	m := messaging{tap: t, client: client, receiver: newReceiver(), member: "14155550146"}
	defer m.receiver.Close()
	application := must(client.Applications.Create(plivo.ApplicationCreateParams{
		AppName: "answers", MessageURL: m.receiver.URL + "/inbound",
	}))
	must(client.PhoneNumbers.Create(m.member, plivo.PhoneNumberCreateParams{}))
	created := must(client.Powerpack.Create(plivo.PowerackCreateParams{
		Name: "answers", ApplicationType: "xml", ApplicationID: application.AppID,
	}))
	m.powerpack = must(client.Powerpack.Get(created.UUID))
	must(m.powerpack.Add_number(m.member))
	m.checkAnswers()
	must(m.powerpack.Delete(plivo.PowerpackDeleteParams{UnrentNumbers: true}))
	succeeds(client.Applications.Delete(application.AppID))
}

func (m messaging) checkAnswers() {
	client := m.client
	statusURL := m.receiver.URL + "/replied"
	// A handset writes, and the application answers this.
	reply := func(messages ...any) string {
		m.receiver.answer("/inbound", xml.ResponseElement{Contents: messages}.String())
		received := sendFromHandset(client, handset, m.member, "Hi")
		call := m.receiver.waitFor("/inbound", map[string]string{"MessageUUID": received})
		equal(call.parameters["PowerpackUUID"], m.powerpack.UUID)
		return received
	}

	m.check("MessageElement with every attribute, and a text that the SDK does not escape", func() {
		text := `Tom & Jerry <3 "quoted", ☃`
		inbound := reply(xml.MessageElement{}.SetContents(text).SetSrc(m.member).SetDst(handset).SetType("sms").
			SetCallbackUrl(statusURL).SetCallbackMethod("GET"))
		wanted := map[string]string{"Status": "delivered", "From": m.member, "To": handset}
		call := m.receiver.waitFor("/replied", wanted)
		equal(call.method, "GET")
		sent := call.parameters["MessageUUID"]
		shows(must(client.Messages.Get(sent)), fields{
			"FromNumber": m.member, "ToNumber": handset, "MessageState": "delivered", "PowerpackID": m.powerpack.UUID,
		})
		equal(submissionOf(client, sent).Text, text)
		shows(must(client.Messages.Get(inbound)), fields{"MessageState": "delivered", "PowerpackID": m.powerpack.UUID})
	})

	m.check("MessageElement with several destinations", func() {
		reply(xml.MessageElement{}.SetContents("To both").SetSrc(m.member).SetDst(plivo.Numbers(handset, otherHandset)).
			SetCallbackUrl(statusURL + "/both"))
		for _, each := range []string{handset, otherHandset} {
			call := m.receiver.waitFor("/replied/both", map[string]string{"Status": "delivered", "To": each})
			equal(call.method, "POST")
			equal(submissionOf(client, call.parameters["MessageUUID"]).Text, "To both")
		}
	})

	m.check("two MessageElements without sender and destination", func() {
		texts := []string{"One", "Two"}
		reply(collect(texts, func(text string) any {
			return xml.MessageElement{}.SetContents(text).SetCallbackUrl(statusURL + "/" + text)
		})...)
		for _, text := range texts {
			wanted := map[string]string{"Status": "delivered", "From": m.member, "To": handset}
			call := m.receiver.waitFor("/replied/"+text, wanted)
			equal(submissionOf(client, call.parameters["MessageUUID"]).Text, text)
		}
	})
}

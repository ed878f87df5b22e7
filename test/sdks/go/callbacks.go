// Status and inbound callbacks, taken by a web server of the checks; the SDK judges their signatures.
package main

import (
	"regexp"
	"strings"

	"github.com/plivo/plivo-go/v7"
)

const spokenText = "Café at 5 & 6? 100% + ☃ <3"

var callbackTime = regexp.MustCompile(`^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$`)

var targets = []string{
	"/plain",
	"/with/query?b=2&a=1",
	"/with/decoding?x=a%20b&y=c%2Bd&z=caf%C3%A9",
	"/caf%C3%A9%20bar/calls",
}

func checkCallbacks(t *tap, connect connect) {
	client := connect("", "")
	m := messaging{tap: t, client: client, receiver: newReceiver(), number: "14155550145"}
	defer m.receiver.Close()
	application := must(client.Applications.Create(plivo.ApplicationCreateParams{AppName: "callbacks"}))
	m.application = application.AppID
	must(client.PhoneNumbers.Create(m.number, plivo.PhoneNumberCreateParams{AppID: m.application}))
	m.checkStatusCallbacks()
	m.checkInboundCallbacks()
	m.checkSignatures()
	m.checkSubaccountSignatures(connect)
	succeeds(client.Numbers.Delete(m.number))
	succeeds(client.Applications.Delete(m.application))
}

func (m messaging) checkStatusCallbacks() {
	m.check("a status callback for each status", func() {
		sent := must(m.client.Messages.Create(plivo.MessageCreateParams{
			Src: m.number, Dst: handset, Text: "Hello", URL: m.receiver.URL + "/statuses",
		})).MessageUUID[0]
		var delivered map[string]string
		for _, each := range []struct{ status, sequence string }{{"queued", "1"}, {"sent", "2"}, {"delivered", "3"}} {
			wanted := map[string]string{"MessageUUID": sent, "Status": each.status}
			delivered = m.receiver.waitFor("/statuses", wanted).parameters
			equal(delivered["Sequence"], each.sequence)
		}
		for _, name := range []string{"MessageTime", "QueuedTime", "SentTime", "DeliveryReportTime"} {
			equal(callbackTime.MatchString(delivered[name]), true)
			delete(delivered, name)
		}
		equal(delivered, map[string]string{
			"MessageUUID":       sent,
			"ParentMessageUUID": sent,
			"From":              m.number,
			"To":                handset,
			"Type":              "sms",
			"Status":            "delivered",
			"Units":             "1",
			"TotalRate":         zero,
			"TotalAmount":       zero,
			"MCC":               "",
			"MNC":               "",
			"ErrorCode":         "000",
			"PartInfo":          "1 of 1",
			"Sequence":          "3",
			"requester_ip":      "127.0.0.1",
			"PowerpackUUID":     "",
		})
	})
}

func (m messaging) checkInboundCallbacks() {
	m.check("an inbound callback, and the message that it tells of", func() {
		m.listen(m.receiver.URL+"/inbound", "POST")
		received := sendFromHandset(m.client, handset, m.number, spokenText)
		equal(m.receiver.waitFor("/inbound", map[string]string{"MessageUUID": received}).parameters, map[string]string{
			"MessageUUID":   received,
			"From":          handset,
			"To":            m.number,
			"Type":          "sms",
			"Text":          spokenText,
			"Units":         "1",
			"TotalRate":     zero,
			"TotalAmount":   zero,
			"MessageIntent": "",
			"PowerpackUUID": "",
		})
		shows(must(m.client.Messages.Get(received)), fields{"MessageDirection": "inbound"})
	})
}

func (m messaging) checkSignatures() {
	token := m.client.AuthToken
	for _, method := range []string{"POST", "GET"} {
		for _, target := range targets {
			address := m.receiver.URL + target
			m.check("signatures of status callbacks, "+method+" "+target, func() {
				sent := must(m.client.Messages.Create(plivo.MessageCreateParams{
					Src: m.number, Dst: handset, Text: "Hello", URL: address, Method: method,
				})).MessageUUID[0]
				wanted := map[string]string{"MessageUUID": sent, "Status": "delivered"}
				checkSigned(m.receiver.waitFor(target, wanted), method, address, token, token)
			})
			m.check("signatures of inbound callbacks, "+method+" "+target, func() {
				m.listen(address, method)
				received := sendFromHandset(m.client, handset, m.number, spokenText)
				wanted := map[string]string{"MessageUUID": received}
				checkSigned(m.receiver.waitFor(target, wanted), method, address, token, token)
			})
		}
	}
}

func (m messaging) checkSubaccountSignatures(connect connect) {
	owner := must(m.client.Subaccounts.Create(plivo.SubaccountCreateParams{Name: "kiosk", Enabled: true}))
	must(m.client.Numbers.Update(m.number, plivo.NumberUpdateParams{Subaccount: owner.AuthId}))
	asSubaccount := connect(owner.AuthId, owner.AuthToken)
	var sent []string

	m.check("signatures of a subaccount's callbacks, with its own token and that of the main account", func() {
		address := m.receiver.URL + "/subaccount"
		sent = must(asSubaccount.Messages.Create(plivo.MessageCreateParams{
			Src: m.number, Dst: handset, Text: "Hello", URL: address,
		})).MessageUUID
		delivered := m.receiver.waitFor("/subaccount", map[string]string{"Status": "delivered"})
		checkSigned(delivered, "POST", address, owner.AuthToken, m.client.AuthToken)
	})

	m.check("Messages.List of a subaccount", func() {
		asMain := must(m.client.Messages.List(plivo.MessageListParams{Subaccount: owner.AuthId}))
		equal(collect(asMain.Objects, identifier), sent)
		equal(collect(must(asSubaccount.Messages.List(plivo.MessageListParams{})).Objects, identifier), sent)
	})

	succeeds(m.client.Subaccounts.Delete(owner.AuthId))
}

// Has what comes in to the number told to a URL.
func (m messaging) listen(address, method string) {
	must(m.client.Applications.Update(m.application, plivo.ApplicationUpdateParams{
		MessageURL: address, MessageMethod: method,
	}))
}

// Checks all signatures of a callback to a URL, with what a receiver has: its own address, and what came with it.
func checkSigned(call callback, method, address, ownToken, mainToken string) {
	equal(call.method, method)
	header := call.headers.Get
	for prefix, token := range map[string]string{"X-Plivo-Signature": ownToken, "X-Plivo-Signature-Ma": mainToken} {
		// The SDK signs the path decoded, which version 2 has no room for.
		if !strings.Contains(strings.Split(address, "?")[0], "%") {
			nonce, signature := header("X-Plivo-Signature-V2-Nonce"), header(prefix+"-V2")
			equal(plivo.ValidateSignatureV2(call.url, nonce, signature, token), true)
			equal(plivo.ValidateSignatureV2(call.url, nonce, signature, token+"x"), false)
		}
		nonce, signatures := header("X-Plivo-Signature-V3-Nonce"), header(prefix+"-V3")
		isValid := func(address string, parameters ...map[string]string) bool {
			return plivo.ValidateSignatureV3(address, nonce, method, signatures, token, parameters...)
		}
		equal(isValid(address, call.parameters), true)
		// Of a GET the SDK may also be given the whole address alone.
		equal(isValid(call.url), method == "GET")
		equal(isValid(address, changed(call.parameters, "To", "12125550199")), false)
	}
}

func changed(parameters map[string]string, name, value string) map[string]string {
	copied := map[string]string{}
	for each, old := range parameters {
		copied[each] = old
	}
	copied[name] = value
	return copied
}

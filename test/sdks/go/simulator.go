// The world around the server, which the SDK does not know: handsets, and what the carrier was given.
package main

import "github.com/plivo/plivo-go/v7"

type submission struct {
	Text string `json:"text"`
}

// A handset sends a text to a number. Gives the identifier of the message.
func sendFromHandset(client *plivo.Client, handset, number, text string) string {
	body := map[string]string{"dst": number, "text": text}
	var received struct {
		MessageUUID []string `json:"message_uuid"`
	}
	request := must(client.NewRequest("POST", body, "Simulator/Handset/%s/Message", handset))
	succeeds(client.ExecuteRequest(request, &received))
	return received.MessageUUID[0]
}

// What the carrier was given of a message.
func submissionOf(client *plivo.Client, messageUUID string) submission {
	var filter struct {
		MessageUUID string `url:"message_uuid"`
	}
	filter.MessageUUID = messageUUID
	var found struct {
		Objects []submission `json:"objects"`
	}
	succeeds(client.ExecuteRequest(must(client.NewRequest("GET", filter, "Simulator/Submission")), &found))
	return found.Objects[0]
}

// While it runs nothing reaches a handset.
func whileUndelivered(client *plivo.Client, handset string, errorCode int, run func()) {
	rule := map[string]any{
		"match": map[string]any{"destination": handset}, "report": "undelivered", "error_code": errorCode,
	}
	body := map[string]any{"rules": []any{rule}}
	succeeds(client.ExecuteRequest(must(client.NewRequest("POST", body, "Simulator/Rule")), nil))
	defer func() {
		succeeds(client.ExecuteRequest(must(client.NewRequest("DELETE", nil, "Simulator/Rule")), nil))
	}()
	run()
}

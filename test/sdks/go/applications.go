// Application: create, get, list, update and delete. The SDK forces the host of these calls.
package main

import (
	"fmt"
	"regexp"

	"github.com/plivo/plivo-go/v7"
)

func checkApplications(t *tap, connect connect) {
	client := connect("", "")
	var appID string

	t.check("Applications.Create", func() {
		created := must(client.Applications.Create(plivo.ApplicationCreateParams{
			AppName:       "inbound",
			AnswerURL:     "https://hooks.example.net/voice?a=1&b=2",
			MessageURL:    "https://hooks.example.net/inbound",
			MessageMethod: "GET",
			PublicURI:     true,
		}))
		shows(created, fields{"ApiID": uuid, "Message": "created", "AppID": regexp.MustCompile(`^\d{17,18}$`)})
		appID = created.AppID
	})

	t.check("Applications.Get", func() {
		shows(must(client.Applications.Get(appID)), fields{
			"ApiID":               uuid,
			"AppID":               appID,
			"AppName":             "inbound",
			"AnswerURL":           "https://hooks.example.net/voice?a=1&b=2",
			"AnswerMethod":        "POST",
			"FallbackAnswerURL":   "",
			"FallbackMethod":      "POST",
			"HangupURL":           "",
			"HangupMethod":        "POST",
			"MessageURL":          "https://hooks.example.net/inbound",
			"MessageMethod":       "GET",
			"DefaultApp":          false,
			"DefaultEndpointApp":  false,
			"LogIncomingMessages": true,
			"PublicURI":           true,
			"ResourceURI":         "/v1/Account/" + client.AuthId + "/Application/" + appID + "/",
		})
	})

	t.check("Applications.List", func() {
		for number := 1; number <= 21; number++ {
			must(client.Applications.Create(plivo.ApplicationCreateParams{AppName: fmt.Sprintf("many-%d", number)}))
		}
		page := must(client.Applications.List(plivo.ApplicationListParams{Limit: 5, Offset: 20}))
		shows(page, fields{"ApiID": uuid})
		shows(page.Meta, fields{"Limit": 5, "Offset": 20, "TotalCount": 22, "Next": nil})
		equal(len(page.Objects), 2)
	})

	t.check("Applications.List by name and by subaccount", func() {
		byName := must(client.Applications.List(plivo.ApplicationListParams{AppName: "inbound"}))
		equal(collect(byName.Objects, plivo.Application.ID), []string{appID})
		owner := must(client.Subaccounts.Create(plivo.SubaccountCreateParams{Name: "owner"}))
		byOwner := must(client.Applications.List(plivo.ApplicationListParams{Subaccount: owner.AuthId}))
		equal(len(byOwner.Objects), 0)
		succeeds(client.Subaccounts.Delete(owner.AuthId))
	})

	t.check("Applications.Update", func() {
		params := plivo.ApplicationUpdateParams{MessageURL: "https://hooks.example.net/changed"}
		shows(must(client.Applications.Update(appID, params)), fields{"ApiId": uuid, "Message": "changed"})
		shows(must(client.Applications.Get(appID)), fields{
			"AnswerURL":     "https://hooks.example.net/voice?a=1&b=2",
			"MessageURL":    "https://hooks.example.net/changed",
			"MessageMethod": "GET",
			"PublicURI":     true,
		})
	})

	t.check("Applications.Delete", func() {
		succeeds(client.Applications.Delete(appID))
		_, err := client.Applications.Get(appID)
		fails(err, "application not found")
	})

	t.check("Applications.Delete with cascade", func() {
		for {
			page := must(client.Applications.List(plivo.ApplicationListParams{}))
			if len(page.Objects) == 0 {
				break
			}
			for _, application := range page.Objects {
				succeeds(client.Applications.Delete(application.AppID, plivo.ApplicationDeleteParams{Cascade: true}))
			}
		}
	})
}

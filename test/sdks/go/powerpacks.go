// Powerpack: create, get, list, update and delete.
package main

import (
	"fmt"
	"strings"

	"github.com/plivo/plivo-go/v7"
)

var defaultPriorities = []string{
	"SMS US shortcode longcode tollfree",
	"MMS US shortcode longcode tollfree",
	"SMS CA shortcode longcode tollfree",
	"MMS CA shortcode longcode tollfree",
}

func checkPowerpacks(t *tap, connect connect) {
	client := connect("", "")
	application := must(client.Applications.Create(plivo.ApplicationCreateParams{AppName: "replies"}))
	var orders, alerts string

	t.check("Powerpack.Create with a name alone", func() {
		// The SDK leaves false away: who sets the two flags to false gets the server's default, which is true.
		created := must(client.Powerpack.Create(plivo.PowerackCreateParams{
			Name: "orders", StickySender: false, LocalConnect: false,
		}))
		orders = created.UUID
		shows(created, fields{
			"ApiID":           uuid,
			"UUID":            uuid,
			"Name":            "orders",
			"StickySender":    true,
			"LocalConnect":    true,
			"ApplicationID":   "",
			"ApplicationType": "",
			"CreatedOn":       moment,
			"Error":           nil,
		})
		equal(prioritiesOf(created.Powerpack), defaultPriorities)
		path := strings.Split(created.NumberPoolUUID, "/")
		equal(path[:5], []string{"", "v1", "Account", client.AuthId, "NumberPool"})
		equal(uuid.MatchString(path[5]), true)
	})

	t.check("Powerpack.Create with everything", func() {
		tollfree, longcode := "tollfree", "longcode"
		created := must(client.Powerpack.Create(plivo.PowerackCreateParams{
			Name:            "alerts",
			StickySender:    true,
			LocalConnect:    true,
			ApplicationType: "xml",
			ApplicationID:   application.AppID,
			NumberPriorities: []plivo.NumberPriority{{
				ServiceType: "SMS",
				CountryISO:  "CA",
				Priority:    plivo.Priority{Priority1: &tollfree, Priority2: &longcode},
			}},
		}))
		alerts = created.UUID
		shows(must(client.Powerpack.Get(alerts)), fields{
			"Name": "alerts", "ApplicationType": "XML", "ApplicationID": application.AppID,
		})
		equal(prioritiesOf(created.Powerpack)[2], "SMS CA tollfree longcode none")
		equal(prioritiesOf(created.Powerpack)[:2], defaultPriorities[:2])
	})

	t.check("Powerpack.Get", func() {
		powerpack := must(client.Powerpack.Get(orders))
		shows(powerpack, fields{"UUID": orders, "Name": "orders", "StickySender": true, "CreatedOn": moment})
		equal(prioritiesOf(powerpack.Powerpack), defaultPriorities)
	})

	t.check("Powerpack.List", func() {
		for number := 1; number <= 20; number++ {
			must(client.Powerpack.Create(plivo.PowerackCreateParams{Name: fmt.Sprintf("many-%d", number)}))
		}
		all := must(client.Powerpack.List(plivo.PowerpackListParams{}))
		shows(all, fields{"ApiID": uuid})
		shows(all.Meta, fields{"Limit": 20, "Offset": 0, "TotalCount": 22, "Previous": nil})
		equal(len(all.Objects), 20)
		page := must(client.Powerpack.List(plivo.PowerpackListParams{Limit: 5, Offset: 20, Service: "sms"}))
		shows(page.Meta, fields{"Limit": 5, "Offset": 20, "TotalCount": 22, "Next": nil})
		equal(len(page.Objects), 2)
		for _, powerpack := range page.Objects {
			equal(prioritiesOf(powerpack), defaultPriorities)
		}
	})

	t.check("Powerpack.Update of the application", func() {
		updated := must(must(client.Powerpack.Get(orders)).Update(plivo.PowerackUpdateParams{
			ApplicationID: application.AppID, ApplicationType: "xml",
		}))
		shows(updated, fields{
			"ApiID": uuid, "UUID": orders, "ApplicationID": application.AppID, "ApplicationType": "XML",
		})
	})

	t.check("Powerpack.Update of the name alone keeps everything else", func() {
		updated := must(must(client.Powerpack.Get(orders)).Update(plivo.PowerackUpdateParams{Name: "renamed"}))
		for _, powerpack := range []plivo.Powerpack{updated.Powerpack, must(client.Powerpack.Get(orders)).Powerpack} {
			shows(powerpack, fields{
				"Name":            "renamed",
				"ApplicationID":   application.AppID,
				"ApplicationType": "XML",
				"StickySender":    true,
				"LocalConnect":    true,
			})
			equal(prioritiesOf(powerpack), defaultPriorities)
		}
	})

	t.check("Powerpack.Update of one priority keeps the others", func() {
		tollfree, longcode, shortcode := "tollfree", "longcode", "shortcode"
		updated := must(must(client.Powerpack.Get(orders)).Update(plivo.PowerackUpdateParams{
			NumberPriorities: []plivo.NumberPriority{{
				ServiceType: "MMS",
				CountryISO:  "US",
				Priority:    plivo.Priority{Priority1: &tollfree, Priority2: &longcode, Priority3: &shortcode},
			}},
		}))
		expected := append([]string{}, defaultPriorities...)
		expected[1] = "MMS US tollfree longcode shortcode"
		equal(prioritiesOf(updated.Powerpack), expected)
		equal(prioritiesOf(must(client.Powerpack.Get(orders)).Powerpack), expected)
	})

	t.check("Powerpack.Update with the application none detaches it", func() {
		must(must(client.Powerpack.Get(orders)).Update(plivo.PowerackUpdateParams{ApplicationID: "none"}))
		shows(must(client.Powerpack.Get(orders)), fields{
			"ApplicationID": "", "ApplicationType": "", "Name": "renamed",
		})
	})

	t.check("Powerpack.Update with nothing", func() {
		updated := must(must(client.Powerpack.Get(orders)).Update(plivo.PowerackUpdateParams{}))
		shows(updated, fields{"UUID": orders, "Name": "renamed"})
	})

	t.check("deleting an application detaches it from a powerpack", func() {
		succeeds(client.Applications.Delete(application.AppID))
		shows(must(client.Powerpack.Get(alerts)), fields{"ApplicationID": "", "ApplicationType": ""})
	})

	t.check("Powerpack.Delete keeps the numbers", func() {
		must(client.PhoneNumbers.Create("12125550120", plivo.PhoneNumberCreateParams{}))
		powerpack := must(client.Powerpack.Get(orders))
		must(powerpack.Add_number("12125550120"))
		// The server answers 204 without a body, of which the SDK makes an answer without values.
		equal(*must(powerpack.Delete(plivo.PowerpackDeleteParams{})), plivo.PowerpackDeleteResponse{})
		_, err := client.Powerpack.Get(orders)
		fails(err, "powerpack not found")
		shows(must(client.Numbers.Get("12125550120")), fields{"Number": "12125550120"})
	})

	t.check("Powerpack.Delete with unrent_numbers gives them up", func() {
		powerpack := must(client.Powerpack.Get(alerts))
		must(powerpack.Add_number("12125550120"))
		must(powerpack.Delete(plivo.PowerpackDeleteParams{UnrentNumbers: true}))
		_, err := client.Numbers.Get("12125550120")
		fails(err, "number not found")
	})

	t.check("Powerpack.Delete of all that are left", func() {
		for _, each := range must(client.Powerpack.List(plivo.PowerpackListParams{})).Objects {
			must(must(client.Powerpack.Get(each.UUID)).Delete(plivo.PowerpackDeleteParams{}))
		}
		equal(len(must(client.Powerpack.List(plivo.PowerpackListParams{})).Objects), 0)
	})
}

// The number priorities as short texts, such as `SMS US shortcode longcode tollfree`.
func prioritiesOf(powerpack plivo.Powerpack) []string {
	return collect(powerpack.NumberPriorities, func(each plivo.NumberPriority) string {
		texts := []string{each.ServiceType, each.CountryISO}
		for _, kind := range []*string{each.Priority.Priority1, each.Priority.Priority2, each.Priority.Priority3} {
			if kind == nil {
				texts = append(texts, "none")
			} else {
				texts = append(texts, *kind)
			}
		}
		return strings.Join(texts, " ")
	})
}

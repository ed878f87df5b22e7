// Account, Subaccount and Pricing.
package main

import (
	"regexp"

	"github.com/plivo/plivo-go/v7"
)

const zero = "0.00000"

func checkAccount(t *tap, connect connect) {
	client := connect("", "")

	t.check("Accounts.Get", func() {
		shows(must(client.Accounts.Get()), fields{
			"ApiID":        uuid,
			"AuthID":       client.AuthId,
			"AccountType":  "standard",
			"AutoRecharge": false,
			"BillingMode":  "prepaid",
			"CashCredits":  zero,
			"ResourceURI":  "/v1/Account/" + client.AuthId + "/",
			"State":        "",
			"Timezone":     "UTC",
		})
	})

	t.check("Accounts.Update", func() {
		params := plivo.AccountUpdateParams{Name: "Kiosk", City: "Springfield", Address: "1 Example Way"}
		shows(must(client.Accounts.Update(params)), fields{"ApiId": uuid, "Message": "changed"})
		shows(must(client.Accounts.Get()), fields{
			"Name": "Kiosk", "City": "Springfield", "Address": "1 Example Way",
		})
	})

	t.check("Accounts.Update changes only what is given", func() {
		must(client.Accounts.Update(plivo.AccountUpdateParams{City: "Shelbyville"}))
		shows(must(client.Accounts.Get()), fields{"Name": "Kiosk", "City": "Shelbyville"})
	})
}

func checkSubaccounts(t *tap, connect connect) {
	client := connect("", "")
	var created *plivo.SubaccountCreateResponse

	t.check("Subaccounts.Create", func() {
		created = must(client.Subaccounts.Create(plivo.SubaccountCreateParams{Name: "marketing", Enabled: true}))
		shows(created, fields{
			"ApiId":     uuid,
			"Message":   "created",
			"AuthId":    regexp.MustCompile(`^SA[A-Z0-9]{18}$`),
			"AuthToken": regexp.MustCompile(`^.{20,}$`),
		})
	})

	t.check("Subaccounts.Get", func() {
		shows(must(client.Subaccounts.Get(created.AuthId)), fields{
			"ApiID":       uuid,
			"Account":     "/v1/Account/" + client.AuthId + "/",
			"AuthID":      created.AuthId,
			"AuthToken":   created.AuthToken,
			"Created":     date,
			"Modified":    "",
			"Name":        "marketing",
			"Enabled":     true,
			"ResourceURI": "/v1/Account/" + client.AuthId + "/Subaccount/" + created.AuthId + "/",
		})
	})

	t.check("a subaccount logs in, and sees what is its own", func() {
		asSubaccount := connect(created.AuthId, created.AuthToken)
		shows(must(asSubaccount.Accounts.Get()), fields{"AuthID": created.AuthId, "Name": "marketing"})
		equal(must(asSubaccount.Powerpack.List(plivo.PowerpackListParams{})).Meta.TotalCount, 0)
	})

	t.check("Subaccounts.List", func() {
		must(client.Subaccounts.Create(plivo.SubaccountCreateParams{Name: "support"}))
		page := must(client.Subaccounts.List(plivo.SubaccountListParams{Limit: 1, Offset: 1}))
		shows(page, fields{"ApiID": uuid})
		shows(page.Meta, fields{"Limit": 1, "Offset": 1, "TotalCount": 2, "Next": nil})
		shows(page.Objects[0], fields{"Name": "support", "Enabled": false})
	})

	t.check("Subaccounts.Update", func() {
		// The SDK leaves false away, so it can enable a subaccount but not disable it.
		changed := must(client.Subaccounts.Update(created.AuthId, plivo.SubaccountUpdateParams{Name: "sales"}))
		shows(changed, fields{"ApiId": uuid, "Message": "changed"})
		shows(must(client.Subaccounts.Get(created.AuthId)), fields{"Name": "sales", "Enabled": true, "Modified": date})
	})

	t.check("Subaccounts.Delete", func() {
		succeeds(client.Subaccounts.Delete(created.AuthId))
		_, err := client.Subaccounts.Get(created.AuthId)
		fails(err, "subaccount not found")
	})

	t.check("Subaccounts.Delete with cascade", func() {
		left := must(client.Subaccounts.List(plivo.SubaccountListParams{})).Objects[0]
		must(client.Subaccounts.Update(left.AuthID, plivo.SubaccountUpdateParams{Name: "support", Enabled: true}))
		own := connect(left.AuthID, left.AuthToken)
		must(own.Powerpack.Create(plivo.PowerackCreateParams{Name: "support"}))
		succeeds(client.Subaccounts.Delete(left.AuthID, plivo.SubaccountDeleteParams{Cascade: true}))
		equal(len(must(client.Subaccounts.List(plivo.SubaccountListParams{})).Objects), 0)
	})
}

func checkPricing(t *tap, connect connect) {
	client := connect("", "")

	t.check("Pricing.Get", func() {
		prices := must(client.Pricing.Get("CA"))
		shows(prices, fields{"APIID": uuid, "Country": "CANADA", "CountryCode": 1, "CountryISO": "CA"})
		rates := []string{
			prices.Message.Inbound.Rate,
			prices.Message.Outbound.Rate,
			prices.PhoneNumbers.Local.Rate,
			prices.PhoneNumbers.Tollfree.Rate,
			prices.Voice.Inbound.IP.Rate,
			prices.Voice.Inbound.Local.Rate,
			prices.Voice.Inbound.Tollfree.Rate,
			prices.Voice.Outbound.IP.Rate,
			prices.Voice.Outbound.Local.Rate,
			prices.Voice.Outbound.Tollfree.Rate,
			prices.Voice.Outbound.Rates[0].Rate,
		}
		for _, rate := range rates {
			equal(rate, zero)
		}
	})
}

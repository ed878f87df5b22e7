// PhoneNumber, which is for sale, and Number, which is rented.
package main

import (
	"regexp"

	"github.com/plivo/plivo-go/v7"
)

func checkPhoneNumbers(t *tap, connect connect) {
	client := connect("", "")

	t.check("PhoneNumbers.List", func() {
		found := must(client.PhoneNumbers.List(plivo.PhoneNumberListParams{
			CountryISO: "US", Type: "local", Pattern: "415", Region: "California", Services: "sms,mms", Limit: 2,
		}))
		shows(found, fields{"ApiID": uuid})
		shows(found.Meta, fields{"Limit": 2, "Offset": 0, "TotalCount": 100, "Previous": nil})
		equal(collect(found.Objects, numberForSale), []string{"14155550100", "14155550101"})
		shows(found.Objects[0], fields{
			"Country":           "UNITED STATES",
			"City":              "",
			"Lata":              0,
			"MonthlyRentalRate": zero,
			"Type":              "fixed",
			"Prefix":            "415",
			"RateCenter":        "",
			"Region":            "California, UNITED STATES",
			"ResourceURI":       "/v1/Account/" + client.AuthId + "/PhoneNumber/14155550100/",
			"Restriction":       "",
			"SetupRate":         zero,
			"SmsEnabled":        true,
			"SmsRate":           zero,
			"MmsEnabled":        true,
			"MmsRate":           zero,
			"VoiceEnabled":      false,
			"VoiceRate":         zero,
		})
	})

	t.check("PhoneNumbers.List of toll-free numbers, with an offset", func() {
		params := plivo.PhoneNumberListParams{CountryISO: "US", Type: "tollfree", Limit: 1, Offset: 1}
		found := must(client.PhoneNumbers.List(params))
		shows(found.Objects[0], fields{"Number": "18005550101", "Type": "tollfree"})
	})

	t.check("PhoneNumbers.List of what is not there", func() {
		// No number of the inventory has a city, a LATA or a rate centre that is known.
		params := plivo.PhoneNumberListParams{CountryISO: "US", City: "Oakland", LATA: "722", RateCenter: "OAKLAND"}
		equal(len(must(client.PhoneNumbers.List(params)).Objects), 0)
	})

	t.check("PhoneNumbers.Create", func() {
		application := must(client.Applications.Create(plivo.ApplicationCreateParams{AppName: "bought"}))
		noFallback := false
		bought := must(client.PhoneNumbers.Create("14155550100", plivo.PhoneNumberCreateParams{
			AppID: application.AppID, HAEnable: &noFallback,
		}))
		shows(bought, fields{"APIID": uuid, "Message": "created", "Status": "fulfilled"})
		equal(len(bought.Numbers), 1)
		shows(bought.Numbers[0], fields{"Number": "14155550100", "Status": "Success"})
		shows(must(client.Numbers.Get("14155550100")), fields{
			"Application": "/v1/Account/" + client.AuthId + "/Application/" + application.AppID + "/",
		})
		succeeds(client.Applications.Delete(application.AppID))
		shows(must(client.Numbers.Get("14155550100")), fields{"Application": ""})
		succeeds(client.Numbers.Delete("14155550100"))
	})
}

func checkNumbers(t *tap, connect connect) {
	client := connect("", "")
	for _, number := range []string{"14155550110", "14165550110", "18335550110"} {
		must(client.PhoneNumbers.Create(number, plivo.PhoneNumberCreateParams{}))
	}
	listed := func(params plivo.NumberListParams) []string {
		return collect(must(client.Numbers.List(params)).Objects, rentedNumber)
	}

	t.check("Numbers.Get", func() {
		shows(must(client.Numbers.Get("14155550110")), fields{
			"Alias":                    "",
			"VoiceEnabled":             false,
			"SMSEnabled":               true,
			"MMSEnabled":               true,
			"City":                     "",
			"Country":                  "UNITED STATES",
			"Number":                   "14155550110",
			"NumberType":               "local",
			"MonthlyRentalRate":        zero,
			"Application":              "",
			"CNAMLookup":               "disabled",
			"AddedOn":                  date,
			"ResourceURI":              "/v1/Account/" + client.AuthId + "/Number/14155550110/",
			"VoiceRate":                zero,
			"SMSRate":                  zero,
			"MMSRate":                  zero,
			"SubAccount":               "",
			"TendlcRegistrationStatus": "UNREGISTERED",
		})
		shows(must(client.Numbers.Get("14165550110")), fields{"Country": "CANADA"})
		shows(must(client.Numbers.Get("18335550110")), fields{"NumberType": "tollfree"})
	})

	t.check("Numbers.List", func() {
		page := must(client.Numbers.List(plivo.NumberListParams{Limit: 1, Offset: 1}))
		shows(page, fields{"ApiID": uuid})
		shows(page.Meta, fields{"Limit": 1, "Offset": 1, "TotalCount": 3})
		equal(len(page.Objects), 1)
		equal(len(listed(plivo.NumberListParams{})), 3)
	})

	t.check("Numbers.List with each filter", func() {
		equal(listed(plivo.NumberListParams{NumberType: "tollfree"}), []string{"18335550110"})
		equal(listed(plivo.NumberListParams{NumberStartsWith: "1416"}), []string{"14165550110"})
		equal(len(listed(plivo.NumberListParams{Services: "sms"})), 3)
		equal(len(listed(plivo.NumberListParams{Services: "voice"})), 0)
		equal(len(listed(plivo.NumberListParams{Alias: "nobody"})), 0)
		equal(len(listed(plivo.NumberListParams{TendlcRegistrationStatus: "UNREGISTERED"})), 3)
		equal(len(listed(plivo.NumberListParams{CNAMLookup: "disabled"})), 3)
		equal(len(listed(plivo.NumberListParams{TendlcCampaignID: "C1"})), 0)
		equal(len(listed(plivo.NumberListParams{RenewalDateGt: "2020-01-01"})), 0)
	})

	t.check("Numbers.Update", func() {
		owner := must(client.Subaccounts.Create(plivo.SubaccountCreateParams{Name: "west"}))
		application := must(client.Applications.Create(plivo.ApplicationCreateParams{AppName: "west"}))
		changed := must(client.Numbers.Update("14155550110", plivo.NumberUpdateParams{
			AppID: application.AppID, Subaccount: owner.AuthId, Alias: "west desk",
		}))
		shows(changed, fields{"ApiId": uuid, "Message": "changed"})
		shows(must(client.Numbers.Get("14155550110")), fields{
			"Alias":          "west desk",
			"Application":    "/v1/Account/" + client.AuthId + "/Application/" + application.AppID + "/",
			"SubAccount":     owner.AuthId,
			"SubAccountName": "west",
		})
		equal(listed(plivo.NumberListParams{Alias: "west desk"}), []string{"14155550110"})
		equal(listed(plivo.NumberListParams{Subaccount: owner.AuthId}), []string{"14155550110"})

		must(client.Numbers.Update("14155550110", plivo.NumberUpdateParams{AppID: "null"}))
		shows(must(client.Numbers.Get("14155550110")), fields{"Alias": "west desk", "Application": ""})
		succeeds(client.Applications.Delete(application.AppID))
		succeeds(client.Subaccounts.Delete(owner.AuthId))
	})

	t.check("Numbers.Create", func() {
		added := must(client.Numbers.Create(plivo.NumberCreateParams{
			Numbers: "14155550155,14155550156", Carrier: "carrier", Region: "California", NumberType: "local",
		}))
		shows(added, fields{"ApiId": uuid, "Message": "changed"})
		for _, number := range []string{"14155550155", "14155550156"} {
			shows(must(client.Numbers.Get(number)), fields{"Carrier": "carrier", "Number": regexp.MustCompile(number)})
		}
	})

	t.check("Numbers.Delete", func() {
		for _, number := range listed(plivo.NumberListParams{}) {
			succeeds(client.Numbers.Delete(number))
		}
		_, err := client.Numbers.Get("14155550110")
		fails(err, "number not found")
		equal(len(listed(plivo.NumberListParams{})), 0)
	})
}

func numberForSale(number *plivo.PhoneNumber) string { return number.Number }

func rentedNumber(number *plivo.Number) string { return number.Number }

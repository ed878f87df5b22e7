// What is in a number pool. The Go SDK reaches it through a powerpack only.
package main

import (
	"bytes"
	"net/http"
	"os"
	"strings"

	"github.com/plivo/plivo-go/v7"
)

func checkPool(t *tap, connect connect) {
	client := connect("", "")
	created := must(client.Powerpack.Create(plivo.PowerackCreateParams{Name: "pool"}))
	powerpack := must(client.Powerpack.Get(created.UUID))
	checkPoolNumbers(t, client, powerpack)
	checkBuyAndAdd(t, client, powerpack)
	checkPoolTollfree(t, client, powerpack)
	checkPoolShortcodes(t, client, powerpack)
	must(powerpack.Delete(plivo.PowerpackDeleteParams{UnrentNumbers: true}))
}

// The fields of a member of the pool, and those that differ from the usual.
func member(client *plivo.Client, powerpack *plivo.PowerpackService, number string, different fields) fields {
	member := fields{
		"Number":                        number,
		"Number_pool_uuid":              poolOf(powerpack),
		"Country_iso2":                  "US",
		"Service":                       "sms",
		"Type":                          "fixed",
		"Added_on":                      moment,
		"Account_phone_number_resource": "/v1/Account/" + client.AuthId + "/Number/" + number + "/",
	}
	for name, value := range different {
		member[name] = value
	}
	return member
}

func poolOf(powerpack *plivo.PowerpackService) string {
	return strings.Split(powerpack.NumberPoolUUID, "/")[5]
}

func checkPoolNumbers(t *tap, client *plivo.Client, powerpack *plivo.PowerpackService) {
	us, canadian := "14155550130", "14165550130"
	must(client.PhoneNumbers.Create(us, plivo.PhoneNumberCreateParams{}))
	must(client.PhoneNumbers.Create(canadian, plivo.PhoneNumberCreateParams{}))
	inUS := member(client, powerpack, us, nil)
	inCanada := member(client, powerpack, canadian, fields{"Country_iso2": "CA", "Service": "mms"})
	listed := func(params plivo.PowerpackSearchParam) []string {
		return collect(must(powerpack.List_numbers(params)).Objects, poolNumber)
	}
	count := func(params plivo.PowerpackSearchParam) int { return must(powerpack.Count_numbers(params)) }

	t.check("Add_number", func() {
		added := must(powerpack.Add_number(us))
		shows(added, fields{"ApiID": uuid, "Error": ""})
		shows(added, inUS)
	})

	t.check("AddNumberWithOptions", func() {
		options := plivo.PowerpackAddNumberOptions{Service: "mms"}
		shows(must(powerpack.AddNumberWithOptions(canadian, options)), inCanada)
	})

	t.check("Add_number of a number that is in the pool already", func() {
		shows(must(powerpack.Add_number(us)), inUS)
		equal(count(plivo.PowerpackSearchParam{}), 2)
	})

	t.check("Find_numbers", func() {
		found := must(powerpack.Find_numbers(us))
		shows(found, fields{"ApiID": uuid})
		shows(found, inUS)
	})

	t.check("FindNumbersWithOptions", func() {
		options := plivo.PowerpackFindNumberOptions{Service: "mms"}
		shows(must(powerpack.FindNumbersWithOptions(canadian, options)), inCanada)
	})

	t.check("List_numbers", func() {
		page := must(powerpack.List_numbers(plivo.PowerpackSearchParam{}))
		shows(page, fields{"ApiID": uuid})
		shows(page.Meta, fields{"Limit": 20, "Offset": 0, "TotalCount": 2, "Next": nil, "Previous": nil})
		for _, object := range page.Objects {
			shows(object, map[string]fields{us: inUS, canadian: inCanada}[object.Number])
		}
	})

	t.check("List_numbers with each filter", func() {
		equal(listed(plivo.PowerpackSearchParam{Starts_with: "415", Country_iso2: "US"}), []string{us})
		equal(listed(plivo.PowerpackSearchParam{Starts_with: "1416"}), []string{canadian})
		equal(listed(plivo.PowerpackSearchParam{Country_iso2: "CA"}), []string{canadian})
		equal(len(listed(plivo.PowerpackSearchParam{Type: "fixed"})), 2)
		equal(len(listed(plivo.PowerpackSearchParam{Type: "tollfree"})), 0)
		equal(listed(plivo.PowerpackSearchParam{Service: "mms"}), []string{canadian})
		first := listed(plivo.PowerpackSearchParam{Limit: "1"})
		second := listed(plivo.PowerpackSearchParam{Limit: "1", Offset: "1"})
		equal(map[string]bool{first[0]: true, second[0]: true}, map[string]bool{us: true, canadian: true})
	})

	t.check("Count_numbers", func() {
		equal(count(plivo.PowerpackSearchParam{}), 2)
		equal(count(plivo.PowerpackSearchParam{Country_iso2: "CA", Type: "fixed", Service: "mms"}), 1)
	})

	t.check("Remove_number", func() {
		removed := must(powerpack.Remove_number(us, plivo.NumberRemoveParams{}))
		shows(removed, fields{"ApiID": uuid, "Response": "success", "Error": ""})
		_, err := powerpack.Find_numbers(us)
		fails(err, "number not found in this pool")
		shows(must(client.Numbers.Get(us)), fields{"Number": us})
	})

	t.check("Add_number of a number that is in another pool", func() {
		created := must(client.Powerpack.Create(plivo.PowerackCreateParams{Name: "other"}))
		other := must(client.Powerpack.Get(created.UUID))
		must(other.Add_number(us))
		_, err := powerpack.Add_number(us)
		fails(err, "number belongs to another powerpack")
		must(other.Delete(plivo.PowerpackDeleteParams{UnrentNumbers: true}))
	})

	t.check("Remove_number with unrent", func() {
		must(powerpack.Remove_number(canadian, plivo.NumberRemoveParams{Unrent: true}))
		_, err := client.Numbers.Get(canadian)
		fails(err, "number not found")
	})
}

func checkBuyAndAdd(t *tap, client *plivo.Client, powerpack *plivo.PowerpackService) {
	t.check("Buy_add_number", func() {
		bought := must(powerpack.Buy_add_number(plivo.BuyPhoneNumberParam{Number: "12125550130", Service: "mms"}))
		shows(bought, member(client, powerpack, "12125550130", fields{"Service": "mms"}))
		shows(must(client.Numbers.Get("12125550130")), fields{"Number": "12125550130"})
	})

	t.check("Buy_add_number by a search", func() {
		search := plivo.BuyPhoneNumberParam{
			Country_iso2: "CA", Type: "local", Pattern: "604", Region: "British Columbia", Service: "sms",
		}
		bought := must(powerpack.Buy_add_number(search))
		shows(bought, member(client, powerpack, "16045550100", fields{"Country_iso2": "CA"}))
		shows(must(client.Numbers.Get("16045550100")), fields{"Number": "16045550100"})
	})

	t.check("Buy_add_number by a search that finds nothing", func() {
		// The SDK answers without a number and without an error.
		bought := must(powerpack.Buy_add_number(plivo.BuyPhoneNumberParam{Country_iso2: "US", Pattern: "000"}))
		equal(*bought, plivo.NumberResponse{})
		equal(must(powerpack.Count_numbers(plivo.PowerpackSearchParam{})), 2)
	})
}

func checkPoolTollfree(t *tap, client *plivo.Client, powerpack *plivo.PowerpackService) {
	number := "18335550130"
	must(client.PhoneNumbers.Create(number, plivo.PhoneNumberCreateParams{}))
	found := fields{
		"Tollfree":       number,
		"NumberPoolUUID": poolOf(powerpack),
		"Country_iso2":   "US",
		"Service":        "sms",
		"Added_on":       moment,
	}

	t.check("Add_tollfree", func() {
		shows(must(powerpack.Add_tollfree(number)), member(client, powerpack, number, fields{"Type": "tollfree"}))
	})

	t.check("Find_tollfree", func() {
		answer := must(powerpack.Find_tollfree(number))
		shows(answer, fields{"ApiID": uuid, "Error": ""})
		shows(answer.Tollfree, found)
	})

	t.check("List_tollfree", func() {
		page := must(powerpack.List_tollfree())
		shows(page.Meta, fields{"Limit": 20, "Offset": 0, "TotalCount": 1})
		shows(page.Objects[0], found)
	})

	t.check("Remove_tollfree", func() {
		removed := must(powerpack.Remove_tollfree(number, plivo.NumberRemoveParams{}))
		shows(removed, fields{"ApiID": uuid, "Response": "success"})
		_, err := powerpack.Find_tollfree(number)
		fails(err, "number not found in this pool")
		shows(must(client.Numbers.Get(number)), fields{"Number": number})
	})

	t.check("Remove_tollfree with unrent", func() {
		must(powerpack.Add_tollfree(number))
		must(powerpack.Remove_tollfree(number, plivo.NumberRemoveParams{Unrent: true}))
		_, err := client.Numbers.Get(number)
		fails(err, "number not found")
	})
}

func checkPoolShortcodes(t *tap, client *plivo.Client, powerpack *plivo.PowerpackService) {
	attachShortcode(client, powerpack, "567890")
	found := fields{
		"Shortcode":        "567890",
		"Number_pool_uuid": poolOf(powerpack),
		"Country_iso2":     "US",
		"Service":          "sms",
		"Added_on":         moment,
	}

	t.check("Find_shortcode", func() {
		answer := must(powerpack.Find_shortcode("567890"))
		shows(answer, fields{"ApiID": uuid, "Error": ""})
		shows(answer, found)
	})

	t.check("List_shortcodes", func() {
		page := must(powerpack.List_shortcodes())
		shows(page.Meta, fields{"Limit": 20, "Offset": 0, "TotalCount": 1})
		shows(page.Objects[0], found)
	})

	t.check("Remove_shortcode", func() {
		shows(must(powerpack.Remove_shortcode("567890")), fields{"ApiID": uuid, "Response": "success"})
		_, err := powerpack.Find_shortcode("567890")
		fails(err, "short code not found in this pool")
		equal(len(must(powerpack.List_shortcodes()).Objects), 0)
	})
}

// No SDK attaches short codes; this server has a call of its own for it.
func attachShortcode(client *plivo.Client, powerpack *plivo.PowerpackService, shortcode string) {
	address := os.Getenv("SERVER_URL") + powerpack.NumberPoolUUID + "Shortcode/" + shortcode + "/"
	request := must(http.NewRequest("POST", address, bytes.NewBufferString(`{"country_iso2":"US"}`)))
	request.Header.Set("Content-Type", "application/json")
	request.SetBasicAuth(client.AuthId, client.AuthToken)
	answer := must(http.DefaultClient.Do(request))
	equal(answer.StatusCode, 200)
	succeeds(answer.Body.Close())
}

func poolNumber(number plivo.NumberPoolResponse) string { return number.Number }

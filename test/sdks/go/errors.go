// How refusals of the server reach a user of the SDK: as errors whose text is the body of the answer.
package main

import (
	"strings"

	"github.com/plivo/plivo-go/v7"
)

const unknown = "9a4e2d70-1c3b-4f6a-8e52-b06d17c8f3a9"

func checkErrors(t *tap, connect connect) {
	client := connect("", "")
	created := must(client.Powerpack.Create(plivo.PowerackCreateParams{Name: "taken"}))
	powerpack := must(client.Powerpack.Get(created.UUID))
	stranger := connect(client.AuthId, "bm90LXRoZS1yaWdodC10b2tlbg")
	refused := func(name, text string, call func() error) {
		t.check(name, func() { fails(call(), text) })
	}

	refused("400, Powerpack.Create without a name", `"error":"name is required"`, func() error {
		_, err := client.Powerpack.Create(plivo.PowerackCreateParams{})
		return err
	})
	noType := "application_type is required with application_id"
	refused("400, Update with an application but no type", noType, func() error {
		_, err := powerpack.Update(plivo.PowerackUpdateParams{ApplicationID: "27418830265017943"})
		return err
	})
	refused("400, Update with an unknown application", "application not found or of another type", func() error {
		params := plivo.PowerackUpdateParams{ApplicationID: "27418830265017943", ApplicationType: "xml"}
		_, err := powerpack.Update(params)
		return err
	})
	refused("400, List_numbers with too many prefixes", "starts_with accepts at most 10 values", func() error {
		prefixes := strings.TrimSuffix(strings.Repeat("415,", 11), ",")
		_, err := powerpack.List_numbers(plivo.PowerpackSearchParam{Starts_with: prefixes})
		return err
	})
	refused("401, Powerpack.List", "invalid auth_id or auth_token", func() error {
		_, err := stranger.Powerpack.List(plivo.PowerpackListParams{})
		return err
	})
	refused("401, Applications.List", "invalid auth_id or auth_token", func() error {
		_, err := stranger.Applications.List(plivo.ApplicationListParams{})
		return err
	})
	refused("404, Powerpack.Get", "powerpack not found", func() error {
		_, err := client.Powerpack.Get(unknown)
		return err
	})
	refused("404, Numbers.Get", "number not found", func() error {
		_, err := client.Numbers.Get("12125550199")
		return err
	})
	refused("404, PhoneNumbers.Create of a number that is not for sale", "not for sale", func() error {
		_, err := client.PhoneNumbers.Create("12125551234", plivo.PhoneNumberCreateParams{})
		return err
	})
	refused("404, Applications.Update", "application not found", func() error {
		_, err := client.Applications.Update("27418830265017943", plivo.ApplicationUpdateParams{})
		return err
	})
	refused("404, Add_number of a number that is not rented", "number not found in this account", func() error {
		_, err := powerpack.Add_number("13125550130")
		return err
	})
	refused("404, Remove_number of a number of no pool", "number not found in this pool", func() error {
		_, err := powerpack.Remove_number("13125550130", plivo.NumberRemoveParams{})
		return err
	})
	refused("409, Powerpack.Create with a name that is taken", "powerpack name already in use", func() error {
		_, err := client.Powerpack.Create(plivo.PowerackCreateParams{Name: "taken"})
		return err
	})
	must(powerpack.Delete(plivo.PowerpackDeleteParams{}))
	refused("404, Delete again", "powerpack not found", func() error {
		_, err := powerpack.Delete(plivo.PowerpackDeleteParams{})
		return err
	})
	refused("404, Count_numbers of a pool that is gone", "number pool not found", func() error {
		_, err := powerpack.Count_numbers(plivo.PowerpackSearchParam{})
		return err
	})
}

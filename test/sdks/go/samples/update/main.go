// The Go sample of the page "Update a Powerpack", as printed, but for the module's /v7, and for StickySender, which is a
// bool since 7.43.
package main

import (
	"fmt"

	plivo "github.com/plivo/plivo-go/v7"
)

func main() {
	client, err := plivo.NewClient("auth_id", "auth_token", &plivo.ClientOptions{})
	if err != nil {
		panic(err)
	}
	powerpack, err := client.Powerpack.Get("powerpack_uuid")
	if err != nil {
		panic(err)
	}
	response, err := powerpack.Update(plivo.PowerackUpdateParams{
		Name:         "your_powerpack_name",
		StickySender: true,
	})

	if err != nil {
		panic(err)
	}
	fmt.Printf("Response: %#v\n", response)
}

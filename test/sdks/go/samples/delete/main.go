// The Go sample of the page "Delete a Powerpack", as printed, but for the module's /v7.
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
	response, err := powerpack.Delete(plivo.PowerpackDeleteParams{})
	if err != nil {
		panic(err)
	}
	fmt.Printf("Response: %#v\n", response)
}

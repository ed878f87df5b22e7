// Every method of the Go SDK against a running server: `go run . plain|drop-in`.
package main

import "os"

func main() {
	connect := connections[os.Args[1]]
	t := &tap{}
	t.area(connect, checkBaseURL)
	t.area(connect, checkAccount)
	t.area(connect, checkPricing)
	t.area(connect, checkApplications)
	t.area(connect, checkPhoneNumbers)
	t.area(connect, checkNumbers)
	t.area(connect, checkPowerpacks)
	t.area(connect, checkPool)
	t.area(connect, checkSubaccounts)
	t.area(connect, checkErrors)
	t.area(connect, checkMessages)
	t.area(connect, checkMedia)
	t.area(connect, checkCallbacks)
	t.area(connect, checkReplies)
	t.area(connect, checkMessageErrors)
	t.finish()
}

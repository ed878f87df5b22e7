// Package rucksacktest starts a Rucksack, an open Powerpack server, for the tests of a package, with its time standing still.
package rucksacktest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// Account is an account on the server, for one test. The time is the server's, and stands still until Advance.
type Account struct {
	URL       string
	AuthID    string
	AuthToken string

	t    testing.TB
	seen map[attempt]bool
}

// Message is a message as the carrier was given it.
type Message struct {
	UUID    string `json:"message_uuid"`
	Attempt int    `json:"attempt"`
	Src     string `json:"src"`
	Dst     string `json:"dst"`
	Text    string `json:"text"`
	Type    string `json:"type"`
	Units   int    `json:"units"`
}

type attempt struct {
	uuid  string
	count int
}

// New makes an account for a test on the server of this test binary, which the first call starts. PLIVO_AUTH_ID and
// PLIVO_AUTH_TOKEN are not set: tests may run in parallel. The server is the one that RUCKSACK_URL, PLIVO_AUTH_ID and
// PLIVO_AUTH_TOKEN name, or a process of its own that ends with the test binary.
func New(t testing.TB) *Account {
	t.Helper()
	operator, err := server()
	if err != nil {
		t.Fatal(err)
	}
	admin := *operator
	admin.t = t
	made := Account{URL: operator.URL, t: t, seen: map[attempt]bool{}}
	var credentials struct {
		AuthID    string `json:"auth_id"`
		AuthToken string `json:"auth_token"`
	}
	admin.Call(http.MethodPost, "MainAccount/", map[string]any{"name": "test"}, &credentials)
	made.AuthID, made.AuthToken = credentials.AuthID, credentials.AuthToken
	return &made
}

// HTTPClient returns a client that sends every request to the server, whatever host it is for: the SDK's ClientOptions take it.
func (a *Account) HTTPClient() *http.Client {
	to, err := url.Parse(a.URL)
	if err != nil {
		a.t.Fatal(err)
	}
	return &http.Client{Transport: redirect{to}, Timeout: 10 * time.Second}
}

type redirect struct{ to *url.URL }

func (r redirect) RoundTrip(request *http.Request) (*http.Response, error) {
	request = request.Clone(request.Context())
	request.URL.Scheme, request.URL.Host, request.Host = r.to.Scheme, r.to.Host, r.to.Host
	return direct.RoundTrip(request)
}

// A proxy of the environment is for the internet, not for a server of the tests' own.
var direct = &http.Transport{}

// Call calls the API below the account. A body is sent as JSON; the answer is read into result, unless that is nil. A refusal fails the test.
func (a *Account) Call(method, path string, body, result any) {
	a.t.Helper()
	if err := a.call(method, path, body, result); err != nil {
		a.t.Fatal(err)
	}
}

func (a *Account) call(method, path string, body, result any) error {
	var sent io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return err
		}
		sent = bytes.NewReader(text)
	}
	request, err := http.NewRequest(method, fmt.Sprintf("%s/v1/Account/%s/%s", a.URL, a.AuthID, path), sent)
	if err != nil {
		return err
	}
	request.SetBasicAuth(a.AuthID, a.AuthToken)
	request.Header.Set("Content-Type", "application/json")
	response, err := (&http.Client{Transport: direct, Timeout: time.Minute}).Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode >= 300 {
		return fmt.Errorf("%s %s: %d %s", method, path, response.StatusCode, text)
	}
	if result == nil || len(text) == 0 {
		return nil
	}
	return json.Unmarshal(text, result)
}

// Advance moves the time on, and returns when all that was due on the way is done, callbacks included.
func (a *Account) Advance(duration time.Duration) {
	a.t.Helper()
	a.Call(http.MethodPost, "Simulator/Clock/", map[string]any{"action": "advance", "seconds": duration.Seconds()}, nil)
}

// Messages returns what the carrier was given, oldest first.
func (a *Account) Messages() []Message {
	a.t.Helper()
	const limit = 20
	var found []Message
	for {
		var page struct{ Objects []Message }
		a.Call(http.MethodGet, fmt.Sprintf("Simulator/Submission/?limit=%d&offset=%d", limit, len(found)), nil, &page)
		found = append(found, page.Objects...)
		if len(page.Objects) < limit {
			break
		}
	}
	for i, j := 0, len(found)-1; i < j; i, j = i+1, j-1 {
		found[i], found[j] = found[j], found[i]
	}
	return found
}

// NextMessage returns the next message to a number that no call has returned yet. It moves the time on second by second, for a
// minute, and then fails the test.
func (a *Account) NextMessage(to string) Message {
	a.t.Helper()
	for second := 0; second <= 60; second++ {
		a.Advance(time.Duration(min(second, 1)) * time.Second)
		for _, message := range a.Messages() {
			key := attempt{message.UUID, message.Attempt}
			if !a.seen[key] && message.Dst == to {
				a.seen[key] = true
				return message
			}
		}
	}
	a.t.Fatalf("no message to %s within 60 seconds", to)
	return Message{}
}

// Receive lets a person send a message to a number of the account, and what follows from it happen.
func (a *Account) Receive(sender, to, text string) {
	a.t.Helper()
	a.Call(http.MethodPost, "Simulator/Handset/"+sender+"/Message/", map[string]any{"dst": to, "text": text}, nil)
	a.Advance(0)
}

// RentNumber rents a number into a pool, given by its id or by the path that a powerpack names, and returns it.
func (a *Account) RentNumber(pool string) string {
	a.t.Helper()
	parts := strings.Split(strings.Trim(pool, "/"), "/")
	var forSale struct {
		Objects []struct{ Number string }
	}
	a.Call(http.MethodGet, "PhoneNumber/?country_iso=US&pattern=415&limit=20", nil, &forSale)
	var refusal error
	for _, offer := range forSale.Objects {
		// Another test may have rented it in the meantime.
		path := "NumberPool/" + parts[len(parts)-1] + "/Number/" + offer.Number + "/"
		if refusal = a.call(http.MethodPost, path, map[string]any{"rent": true}, nil); refusal == nil {
			return offer.Number
		}
	}
	a.t.Fatalf("no number could be rented: %v", refusal)
	return ""
}

// Reset puts the account back to where it was when it was made.
func (a *Account) Reset() {
	a.t.Helper()
	a.Call(http.MethodPost, "Reset/", nil, nil)
	a.seen = map[attempt]bool{}
}

// server returns the operator's account on the server of this test binary.
var server = sync.OnceValues(func() (*Account, error) {
	if address := os.Getenv("RUCKSACK_URL"); address != "" {
		return &Account{
			URL:       strings.TrimSuffix(address, "/"),
			AuthID:    os.Getenv("PLIVO_AUTH_ID"),
			AuthToken: os.Getenv("PLIVO_AUTH_TOKEN"),
		}, nil
	}
	return start()
})

const otherCommand = "RUCKSACK_COMMAND can name another command, such as: node /path/to/rucksack/dist/server/main.js"

// start starts a process. It ends with its standard input, which ends with this process.
func start() (*Account, error) {
	words := append(command(), "start", "--ephemeral", "--virtual-clock", "frozen", "--ready-file", "-", "--stop-with-input")
	process := exec.Command(words[0], words[1:]...)
	process.Env = []string{"RUCKSACK_LOG_LEVEL=warn"}
	for _, setting := range os.Environ() {
		if !strings.HasPrefix(setting, "RUCKSACK_") {
			process.Env = append(process.Env, setting)
		}
	}
	process.Stderr = os.Stderr
	if _, err := process.StdinPipe(); err != nil {
		return nil, err
	}
	output, err := process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := process.Start(); err != nil {
		return nil, fmt.Errorf("%s cannot be run: %w. %s", strings.Join(words, " "), err, otherCommand)
	}
	line, err := bufio.NewReader(output).ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("%s ended before it was ready: %v. %s", strings.Join(words, " "), process.Wait(), otherCommand)
	}
	var ready struct {
		URL       string `json:"url"`
		AuthID    string `json:"auth_id"`
		AuthToken string `json:"auth_token"`
	}
	if err := json.Unmarshal(line, &ready); err != nil {
		return nil, err
	}
	return &Account{URL: ready.URL, AuthID: ready.AuthID, AuthToken: ready.AuthToken}, nil
}

// command returns the words of RUCKSACK_COMMAND, or else the installed command, or else npx.
func command() []string {
	if words := strings.Fields(os.Getenv("RUCKSACK_COMMAND")); len(words) > 0 {
		return words
	}
	if path, err := exec.LookPath("rucksack"); err == nil {
		return []string{path}
	}
	return []string{"npx", "--yes", "rucksack-server"}
}

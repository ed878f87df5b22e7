// The ways to point the unmodified SDK at a server of one's own; docs/sdks/go.md describes them.
package main

import (
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/plivo/plivo-go/v7"
)

// Makes a client. Without credentials the SDK takes them from PLIVO_AUTH_ID and PLIVO_AUTH_TOKEN.
type connect func(authID, authToken string) *plivo.Client

var connections = map[string]connect{"plain": connectPlain, "drop-in": connectDropIn}

// Plain HTTP: every request goes to the server, whatever address the SDK gave it.
func connectPlain(authID, authToken string) *plivo.Client {
	httpClient := &http.Client{Timeout: 10 * time.Second, Transport: redirect{serverURL()}}
	return must(plivo.NewClient(authID, authToken, &plivo.ClientOptions{HttpClient: httpClient}))
}

// TLS: nothing but the environment, HTTPS_PROXY and SSL_CERT_FILE.
func connectDropIn(authID, authToken string) *plivo.Client {
	return must(plivo.NewClient(authID, authToken, &plivo.ClientOptions{}))
}

type redirect struct{ to *url.URL }

func (r redirect) RoundTrip(request *http.Request) (*http.Response, error) {
	request = request.Clone(request.Context())
	request.URL.Scheme, request.URL.Host, request.Host = r.to.Scheme, r.to.Host, r.to.Host
	return http.DefaultTransport.RoundTrip(request)
}

func serverURL() *url.URL {
	return must(url.Parse(os.Getenv("SERVER_URL") + "/"))
}

// The shortest way, which leads everything but applications to the server.
func checkBaseURL(t *tap, connect connect) {
	t.check("BaseUrl", func() {
		client := connect("", "")
		client.BaseUrl = serverURL()
		shows(must(client.Accounts.Get()), fields{"AuthID": client.AuthId})
	})
}

// A customer's own web server: it takes the server's callbacks, answers them, and keeps them for the checks.
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"
)

const waitTime = 10 * time.Second

// A call as it came in.
type callback struct {
	method string
	// The whole address, its path and query as they were written.
	url     string
	headers http.Header
	// What stands in the query of a GET, or in the body of a POST.
	parameters map[string]string
}

// Answers 200, with the XML that is set for a path where one is.
type receiver struct {
	*httptest.Server
	lock      sync.Mutex
	answers   map[string]string
	callbacks []callback
	// Closed and replaced at each callback.
	arrived chan struct{}
}

// Starts a receiver on a free port of this machine; Close ends it.
func newReceiver() *receiver {
	r := &receiver{answers: map[string]string{}, arrived: make(chan struct{})}
	r.Server = httptest.NewServer(http.HandlerFunc(r.take))
	return r
}

func (r *receiver) answer(path, xml string) {
	r.lock.Lock()
	defer r.lock.Unlock()
	r.answers[path] = xml
}

// The first callback to a path (and query), with these parameters. Panics when none comes in time.
func (r *receiver) waitFor(target string, parameters map[string]string) callback {
	tooLate := time.After(waitTime)
	for {
		found, arrived := r.find(target, parameters)
		if found != nil {
			return *found
		}
		select {
		case <-arrived:
		case <-tooLate:
			panic(fmt.Sprintf("no callback to %s with %v", target, parameters))
		}
	}
}

func (r *receiver) find(target string, parameters map[string]string) (*callback, chan struct{}) {
	r.lock.Lock()
	defer r.lock.Unlock()
	for _, each := range r.callbacks {
		if strings.HasPrefix(each.url, r.URL+target) && includes(each.parameters, parameters) {
			return &each, r.arrived
		}
	}
	return nil, r.arrived
}

func includes(all, some map[string]string) bool {
	for name, value := range some {
		if all[name] != value {
			return false
		}
	}
	return true
}

func (r *receiver) take(writer http.ResponseWriter, request *http.Request) {
	succeeds(request.ParseForm())
	form := request.PostForm
	if request.Method == http.MethodGet {
		form = request.Form
	}
	parameters := map[string]string{}
	for name := range form {
		parameters[name] = form.Get(name)
	}

	r.lock.Lock()
	defer r.lock.Unlock()
	r.callbacks = append(r.callbacks, callback{
		request.Method, "http://" + request.Host + request.RequestURI, request.Header, parameters,
	})
	close(r.arrived)
	r.arrived = make(chan struct{})
	writer.Header().Set("Content-Type", "application/xml")
	must(fmt.Fprint(writer, r.answers[request.URL.Path]))
}

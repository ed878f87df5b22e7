// Runs checks and prints each as a line of TAP (Test Anything Protocol), for scripts/test-sdks.mjs to read.
package main

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
)

var (
	uuid   = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	moment = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$`)
	date   = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
)

// Counts the checks. One that fails is reported, and the next ones still run.
type tap struct{ done int }

// Runs a check, which fails by a panic.
func (t *tap) check(name string, run func()) {
	t.done++
	defer func() {
		if failure := recover(); failure != nil {
			t.report(name, failure)
			return
		}
		fmt.Printf("ok %d - %s\n", t.done, name)
	}()
	run()
}

// Runs the checks of an area. An error between them is a failed check too.
func (t *tap) area(connect connect, run func(*tap, connect)) {
	defer func() {
		if failure := recover(); failure != nil {
			t.done++
			t.report("between the checks", failure)
		}
	}()
	run(t, connect)
}

// Says that all checks were reached.
func (t *tap) finish() {
	fmt.Printf("1..%d\n", t.done)
}

func (t *tap) report(name string, failure any) {
	fmt.Printf("not ok %d - %s\n# %s\n", t.done, name, strings.ReplaceAll(fmt.Sprint(failure), "\n", "\n# "))
}

// The answer of a call of the SDK that must not fail.
func must[Answer any](answer Answer, err error) Answer {
	if err != nil {
		panic(err)
	}
	return answer
}

// For calls of the SDK without an answer.
func succeeds(err error) {
	if err != nil {
		panic(err)
	}
}

// Checks that a call failed with this text. The SDK's errors are the bodies of the answers.
func fails(err error, text string) {
	if err == nil || !strings.Contains(err.Error(), text) {
		panic(fmt.Sprintf("expected an error with %q, got %v", text, err))
	}
}

func equal(actual, expected any) {
	if !reflect.DeepEqual(actual, expected) {
		panic(fmt.Sprintf("expected %#v, got %#v", expected, actual))
	}
}

type fields map[string]any

// Checks fields of an answer of the SDK, as they are printed. A pattern as expected value is matched.
func shows(answer any, expected fields) {
	value := reflect.Indirect(reflect.ValueOf(answer))
	for name, want := range expected {
		got := fmt.Sprint(value.FieldByName(name))
		pattern, isPattern := want.(*regexp.Regexp)
		if isPattern && !pattern.MatchString(got) || !isPattern && got != fmt.Sprint(want) {
			panic(fmt.Sprintf("%s: expected %v, got %s", name, want, got))
		}
	}
}

// Some of the things in a list, in the order of the list.
func collect[Item, Part any](items []Item, part func(Item) Part) []Part {
	parts := []Part{}
	for _, item := range items {
		parts = append(parts, part(item))
	}
	return parts
}

// The things in a list that pass, in the order of the list.
func keep[Item any](items []Item, passes func(Item) bool) []Item {
	kept := []Item{}
	for _, item := range items {
		if passes(item) {
			kept = append(kept, item)
		}
	}
	return kept
}

package rucksacktest

import (
	"strings"
	"testing"
)

func TestACommandThatDoesNotStartAServerIsNamed(t *testing.T) {
	for _, command := range []string{"false", "/nowhere/rucksack"} {
		t.Setenv("RUCKSACK_COMMAND", command)
		_, err := start()
		if err == nil || !strings.HasPrefix(err.Error(), command+" start ") || !strings.HasSuffix(err.Error(), otherCommand) {
			t.Errorf("%s: it was %v", command, err)
		}
	}
}

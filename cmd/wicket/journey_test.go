package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"wicket/tui/tuitest/journey"
)

// TestJourneys runs the scripts in testdata/script: each a folder of its own, a
// house of its own, the real program.
func TestJourneys(t *testing.T) {
	p := testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("WICKET_HOUSE", env.Getenv("WORK")+"/house.wicket")
			env.Setenv("WICKET_PIN", "")
			env.Setenv("TZ", "UTC")
			return nil
		},
		UpdateScripts: os.Getenv("WICKET_UPDATE_SCRIPTS") != "",
	}
	journey.Add(&p)
	testscript.Run(t, p)
}

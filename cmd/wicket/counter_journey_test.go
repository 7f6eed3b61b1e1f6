package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"wicket/tui/tuitest/journey"
)

// TestCounterJourneys plays scenes at the counter: the real binary, in terminals,
// with keys.
func TestCounterJourneys(t *testing.T) {
	params := testscript.Params{Dir: "testdata/counter", RequireExplicitExec: true}
	params.Setup = func(env *testscript.Env) error {
		env.Setenv("HOME", env.WorkDir)
		env.Setenv("XDG_DATA_HOME", env.WorkDir)
		env.Setenv("WICKET_HOUSE", env.WorkDir+"/house.wicket")
		env.Setenv("TERM", "xterm-256color")
		return nil
	}
	params.Cmds = map[string]func(*testscript.TestScript, bool, []string){"evening": evening, "pause": pause, "barcode": barcode}
	journey.Add(&params)
	testscript.Run(t, params)
}

// pause lets time pass, where the passing of time is what the scene is about: a
// grace period, a hold that ends.
func pause(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: pause DURATION")
	}
	d, err := time.ParseDuration(args[0])
	ts.Check(err)
	<-time.After(d)
}

// barcode reads a ticket's barcode from the JSON that «order show» has just
// printed, into a variable:
//
//	barcode LABEL VARIABLE
func barcode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: barcode LABEL VARIABLE")
	}
	var order orderJSON
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &order))
	for _, l := range order.Lines {
		if l.Label == args[0] && l.Barcode != "" {
			ts.Setenv(args[1], l.Barcode)
			return
		}
	}
	ts.Fatalf("no ticket %s with a barcode in %+v", args[0], order.Lines)
}

// evening makes a house with the plan of a file and one performance tonight:
//
//	evening PLAN.csv [ADULT CHILD [SETTING…]]
//
// Its staff are the manager Maria and the clerks Ana and Ben, without PINs; its
// performance is «macbeth-1», for 24.00 and 9.00 unless other prices are named;
// CHILD may be none.
// Settings are arguments of «wicket house set».
func evening(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: evening PLAN.csv [SETTING…]")
	}
	zone, curtain := eveningAt(time.Now())
	adult, child := "24.00", "9.00"
	if len(args) >= 3 {
		adult, child = args[1], args[2]
	}
	childPrice := ", c: " + child
	if child == "none" {
		childPrice = ""
	}
	name := strings.TrimSuffix(args[0], ".csv")
	programme := fmt.Sprintf(`price-types:
  a: Adult
  c: Child
events:
  - key: macbeth
    title: Macbeth
    plan: %s
    tax: 10%%
    prices:
      "*": {a: %s%s}
    performances:
      - key: macbeth-1
        curtain: %s
        on-sale: yes
`, name, adult, childPrice, curtain.Format(curtainForm))
	ts.Check(os.WriteFile(ts.MkAbs("programme.yaml"), []byte(programme), 0o600))
	run := func(args ...string) { ts.Check(ts.Exec("wicket", args...)) }
	run("house", "create", "--name", "Teatro Leal", "--currency", "EUR", "--zone", zone, "--manager", "Maria")
	run("staff", "add", "Ana", "--role", "clerk")
	run("staff", "add", "Ben", "--role", "clerk")
	if len(args) > 3 {
		run(append([]string{"house", "set"}, args[3:]...)...)
	}
	run("plan", "import", args[0], "--name", name)
	run("programme", "load", "programme.yaml")
}

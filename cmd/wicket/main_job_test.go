package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"wicket/boxoffice"
	"wicket/boxoffice/planfile"
	"wicket/tui/tuitest/journey"
)

// TestTheMainJob plays the way from a seating plan to a clean close, with the real
// binary: on a house of 606 seats, and on every plan in the folder WICKET_PLANS.
func TestTheMainJob(t *testing.T) {
	own := filepath.Join(t.TempDir(), "auditorium.json")
	text, err := json.Marshal(auditorium())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(own, text, 0o600); err != nil {
		t.Fatal(err)
	}
	plans := []string{own}
	if dir := os.Getenv("WICKET_PLANS"); dir != "" {
		more, err := filepath.Glob(filepath.Join(dir, "*.json"))
		if err != nil || len(more) == 0 {
			t.Fatalf("there is no plan in %s (%v)", dir, err)
		}
		plans = append(plans, more...)
	}
	for _, plan := range plans {
		t.Run(filepath.Base(plan), func(t *testing.T) { playMainJob(t, plan) })
	}
}

// playMainJob plays the script on one plan.
func playMainJob(t *testing.T, file string) {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	plan, _, err := planfile.Read(filepath.Base(file), strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	section, seats := edge(t, plan)
	params := testscript.Params{Dir: "testdata/mainjob", RequireExplicitExec: true}
	params.Setup = func(env *testscript.Env) error {
		env.Setenv("HOME", env.WorkDir)
		env.Setenv("XDG_DATA_HOME", env.WorkDir)
		env.Setenv("WICKET_HOUSE", env.WorkDir+"/house.wicket")
		env.Setenv("WICKET_PIN", "")
		env.Setenv("TERM", "xterm-256color")
		env.Setenv("PLAN", env.WorkDir+"/plan.json")
		env.Setenv("SEATS", strconv.Itoa(len(plan.Places)))
		env.Setenv("BLOCK", section+" "+strings.Join(seats, " "))
		env.Setenv("UNBLOCK", section+" "+seats[1])
		env.Setenv("BLOCKED_LAST", seats[2])
		env.Setenv("UNBLOCKED", seats[1])
		env.Setenv("BLOCKED", strconv.Itoa(len(seats)-1))
		zone, curtain := eveningAt(time.Now())
		env.Setenv("ZONE", zone)
		env.Setenv("CURTAIN", curtain.Format(curtainForm))
		return os.WriteFile(env.WorkDir+"/plan.json", text, 0o600)
	}
	params.Cmds = map[string]func(*testscript.TestScript, bool, []string){"pause": pause}
	journey.Add(&params)
	testscript.Run(t, params)
}

// edge returns a section with lettered rows and three seats at one end of its last
// row: they are the last that the best places would be.
func edge(t *testing.T, plan *boxoffice.Plan) (section string, seats []string) {
	t.Helper()
	for _, s := range plan.Sections {
		if s.Admission != boxoffice.Reserved || s.Last-s.First < 20 {
			continue
		}
		last := plan.Places[s.First-1]
		for no := s.First; no <= s.Last; no++ {
			if p := plan.Places[no-1]; p.Line >= last.Line {
				last = p
			}
		}
		for no := s.First; no <= s.Last && len(seats) < 3; no++ {
			if p := plan.Places[no-1]; p.Row == last.Row {
				seats = append(seats, p.Label())
			}
		}
		if len(seats) == 3 {
			return s.Name, seats
		}
		seats = nil
	}
	t.Fatal("the plan has no row of three seats")
	return "", nil
}

// auditorium is a house drawn as an old university hall is: even numbers left of
// the middle and odd ones right, rows lettered from the back, a balcony drawn on top
// of the stalls, and boxes that run down both sides.
func auditorium() map[string]any {
	type object = map[string]any
	at := func(x, y int) object { return object{"x": x, "y": y} }
	seat := func(zone, row string, number, x, y int) object {
		return object{
			"seat_guid": fmt.Sprintf("%s-%s-%d", zone, row, number), "seat_number": strconv.Itoa(number),
			"category": zone, "position": at(x, y),
		}
	}
	rowOf := func(name string, seats []object) object {
		return object{"row_number": name, "row_number_position": "both", "position": at(0, 0), "seats": seats}
	}
	zone := func(name string, rows []object) object {
		return object{"name": name, "zone_id": strings.ToLower(name), "position": at(0, 0), "rows": rows, "areas": []object{}}
	}
	const middle, pitch, aisle = 530, 28, 50
	curved := func(name string, rows, half int) object {
		var all []object
		for i := range rows {
			letter, y := string(rune('A'+rows-1-i)), 200+i*pitch
			var seats []object
			for n := 2 * half; n >= 2; n -= 2 {
				seats = append(seats, seat(name, letter, n, middle-aisle/2-n/2*pitch, y))
			}
			for n := 1; n < 2*half; n += 2 {
				seats = append(seats, seat(name, letter, n, middle+aisle/2+(n+1)/2*pitch, y))
			}
			all = append(all, rowOf(letter, seats))
		}
		return zone(name, all)
	}
	boxes := func(name string, half int) object {
		var odd, even []object
		for i := range half {
			y := 670 - i*pitch
			odd = append(odd, seat(name, "Odd", 2*i+1, 1000, y))
			even = append(even, seat(name, "Even", 2*i+2, 60, y))
		}
		return zone(name, []object{rowOf("Odd", odd), rowOf("Even", even)})
	}
	names := []string{"Stalls", "Balcony", "Lower Box", "Upper Box"}
	var categories []object
	for _, name := range names {
		categories = append(categories, object{"name": name, "color": "#3b82f6"})
	}
	return object{
		"name": "Auditorium", "size": object{"width": 1060, "height": 730}, "categories": categories,
		"zones": []object{curved(names[0], 16, 12), curved(names[1], 8, 9), boxes(names[2], 17), boxes(names[3], 19)},
	}
}

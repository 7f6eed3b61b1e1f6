package widget_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/tui/theme"
	"wicket/tui/widget"
)

// TestSeatMapAlwaysFits walks random maps of random houses at random sizes: the
// view has exactly its size, and the cursor is in sight.
func TestSeatMapAlwaysFits(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		plan := randomPlan(r)
		look := theme.Look{Depth: theme.Depth(r.IntN(4)), ASCII: r.IntN(4) == 0}
		m := widget.NewSeatMap(theme.New(io.Discard, look))
		m.SetMine(mine)
		m.SetNow(evening)
		for step := range 25 {
			switch r.IntN(8) {
			case 0:
				p := performance(plan, randomStates(r, plan))
				m.SetPicture(p)
			case 1:
				m.NextLevel(r.IntN(5) - 2)
			case 2:
				m.ToggleZoom()
			case 3:
				m.SetCursor(boxoffice.PlaceNo(r.IntN(len(plan.Places) + 2)))
			case 4:
				m.Extend(r.IntN(9)-4, r.IntN(9)-4)
			case 5:
				m.Highlight([]boxoffice.PlaceNo{boxoffice.PlaceNo(r.IntN(len(plan.Places) + 1)), 1})
			default:
				m.Move(r.IntN(21)-10, r.IntN(9)-4)
			}
			w, h := 1+r.IntN(70), 1+r.IntN(30)
			view := m.View(w, h)
			if err := full(view, w, h); err != nil {
				t.Fatalf("seed %d step %d in %d×%d (%+v): %v\n%s", seed, step, w, h, look, err, view)
			}
			no, ok := m.Cursor()
			if !ok || w < 3 {
				continue
			}
			seen := false
			for y := range h {
				for x := range w {
					at, hit := m.At(x, y)
					seen = seen || hit && (at == no || m.Zoom() && plan.Places[at-1].Section == plan.Places[no-1].Section)
				}
			}
			if !seen {
				t.Fatalf("seed %d step %d in %d×%d: the cursor on %d is out of sight\n%s", seed, step, w, h, no, view)
			}
		}
	}
}

// randomPlan returns a plan of a few levels with seats strewn over their grids,
// areas, and names of every width.
func randomPlan(r *rand.Rand) *boxoffice.Plan {
	names := []string{"A", "Even", "山田", "Ground floor, left", "1", "Ünterrang 12"}
	name := func() string { return names[r.IntN(len(names))] }
	plan := &boxoffice.Plan{Stage: []boxoffice.Edge{boxoffice.EdgeTop, boxoffice.EdgeBottom, boxoffice.EdgeNone}[r.IntN(3)]}
	taken := map[[3]int]bool{}
	for range 1 + r.IntN(9) {
		plan.Zones = append(plan.Zones, boxoffice.Zone{Name: name()})
	}
	for level := range 1 + r.IntN(4) {
		plan.Levels = append(plan.Levels, boxoffice.Level{Name: name()})
		l := &plan.Levels[level]
		if r.IntN(4) > 0 {
			l.Lines, l.Columns = 1+r.IntN(30), 1+r.IntN(50)
			for range 1 + r.IntN(2) {
				s := boxoffice.Section{Name: name(), Level: level, Admission: boxoffice.Reserved, First: boxoffice.PlaceNo(len(plan.Places) + 1)}
				for line := range l.Lines {
					for column := range l.Columns {
						at := [3]int{level, line, column}
						if r.IntN(3) > 0 || taken[at] {
							continue
						}
						taken[at] = true
						plan.Places = append(plan.Places, boxoffice.Place{
							No: boxoffice.PlaceNo(len(plan.Places) + 1), Section: len(plan.Sections), Zone: r.IntN(len(plan.Zones)),
							Row: name(), Seat: fmt.Sprint(column), Line: line, Column: column, Features: boxoffice.Feature(r.IntN(8)),
						})
					}
				}
				s.Last = boxoffice.PlaceNo(len(plan.Places))
				if s.Last >= s.First {
					plan.Sections = append(plan.Sections, s)
				}
			}
		}
		for range r.IntN(5) {
			s := boxoffice.Section{Name: name(), Level: level, Admission: boxoffice.GeneralAdmission, First: boxoffice.PlaceNo(len(plan.Places) + 1)}
			for range 1 + r.IntN(400) {
				plan.Places = append(plan.Places, boxoffice.Place{No: boxoffice.PlaceNo(len(plan.Places) + 1), Section: len(plan.Sections), Zone: r.IntN(len(plan.Zones))})
			}
			s.Last = boxoffice.PlaceNo(len(plan.Places))
			plan.Sections = append(plan.Sections, s)
		}
	}
	if len(plan.Places) == 0 {
		return randomPlan(r)
	}
	return plan
}

func randomStates(r *rand.Rand, plan *boxoffice.Plan) []boxoffice.PlaceState {
	if r.IntN(10) == 0 {
		return nil // not on sale yet
	}
	places := make([]boxoffice.PlaceState, len(plan.Places))
	for i := range places {
		places[i] = boxoffice.PlaceState{
			State: []boxoffice.State{boxoffice.Available, boxoffice.Held, boxoffice.Processing, boxoffice.Confirmed}[r.IntN(4)],
			Block: []boxoffice.BlockCode{"", "", "H", "X", "Z"}[r.IntN(5)],
			Hold:  boxoffice.HoldID(7 + r.IntN(5)), Until: evening.Add(time.Duration(r.IntN(100)-50) * time.Second).UnixMilli(),
		}
	}
	return places
}

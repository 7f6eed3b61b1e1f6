package screen

import (
	"maps"
	"slices"
	"sync"

	"wicket/boxoffice"
	"wicket/tui/saleline"
	"wicket/tui/widget"
)

// Shelf is what the desks of one process share: what is made of plans, and who works
// here. It is ready for many goroutines.
type Shelf struct {
	Houses  widget.Houses
	indexes widget.PerPlan[*saleline.Index]

	mu     sync.Mutex
	names  map[boxoffice.StaffID]string
	people []boxoffice.Staff

	reading sync.Mutex // of its own: nobody who draws waits for a read
	plans   map[boxoffice.PerformanceID]*boxoffice.Plan
}

// somePerformances is how many plans of performances are kept.
const somePerformances = 64

// Index returns the sale line's index of a plan.
func (s *Shelf) Index(plan *boxoffice.Plan) *saleline.Index {
	return s.indexes.Of(plan, saleline.NewIndex)
}

// Names returns names as they were read, which nobody changes from now on: the same
// map to all who read the same.
func (s *Shelf) Names(read map[boxoffice.StaffID]string) map[boxoffice.StaffID]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !maps.Equal(s.names, read) {
		s.names = read
	}
	return s.names
}

// People returns those who work here as they were read, which nobody changes from now
// on: the same list to all who read the same.
func (s *Shelf) People(read []boxoffice.Staff) []boxoffice.Staff {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !slices.Equal(s.people, read) {
		s.people = read
	}
	return s.people
}

// Plan returns the plan of a performance that is not on screen; it is read once, while
// the others wait for it.
func (s *Shelf) Plan(id boxoffice.PerformanceID, read func() (*boxoffice.Plan, error)) (*boxoffice.Plan, error) {
	s.reading.Lock()
	defer s.reading.Unlock()
	if plan, ok := s.plans[id]; ok {
		return plan, nil
	}
	plan, err := read()
	if err != nil {
		return nil, err
	}
	if s.plans == nil || len(s.plans) >= somePerformances {
		s.plans = map[boxoffice.PerformanceID]*boxoffice.Plan{}
	}
	s.plans[id] = plan
	return plan, nil
}

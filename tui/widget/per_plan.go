package widget

import (
	"sync"

	"wicket/boxoffice"
)

// PerPlan keeps what is made of a plan and never changes, so that all who look at the
// same plan share it. The zero PerPlan is empty and ready for many goroutines.
type PerPlan[T any] struct {
	mu   sync.Mutex
	made map[*boxoffice.Plan]T
}

// somePlans is how many are kept. Beyond, all are let go of: who still shows one has
// what was made of it.
const somePlans = 16

// Of returns what is made of a plan; it is made once, while the others wait for it.
func (p *PerPlan[T]) Of(plan *boxoffice.Plan, newOf func(*boxoffice.Plan) T) T {
	p.mu.Lock()
	defer p.mu.Unlock()
	if t, ok := p.made[plan]; ok {
		return t
	}
	if p.made == nil || len(p.made) >= somePlans {
		p.made = map[*boxoffice.Plan]T{}
	}
	t := newOf(plan)
	p.made[plan] = t
	return t
}

// Houses are the layouts of plans.
type Houses struct{ PerPlan[*houseLayout] }

package seating

import (
	"cmp"
	"slices"
	"sync"

	"wicket/boxoffice"
)

// aisle is how many empty columns may lie between seats that are still one row
// across an aisle.
const aisle = 4

// House is what the search sees: a plan, prepared once. It does not change, and may be
// shared by everyone.
type House struct {
	plan  *boxoffice.Plan
	spots []spot // by place index
	zones int    // how many zones there are, used ones included

	// Ordinary seats, in the order of runs. A position indexes these.
	place []int32 // the seat's place index
	runOf []int32
	sum   []int64 // sum[i] is the cost of positions before i

	runs   []run
	ranked []int32    // runs, most promising first
	chains [][2]int32 // first and last of runs with aisles between
	pairs  [][2]int32 // runs one behind the other
	pools  []pool

	levels map[int32]frame // what of each level has seats
	// patchwork says that the zone changes within a run.
	patchwork bool

	chairs     []int32 // place indexes of wheelchair spaces, most promising first
	companions []int32 // of companion places

	searches sync.Pool // *search: what questions were answered in
}

// spot is where a place is, and what it costs to sit there.
type spot struct {
	section, level, zone int32
	line, column         int32
	position             int32    // among ordinary seats, or -1
	pool, within         int32    // where it stands, or -1
	side                 [2]int32 // place indexes of its neighbours, or -1
	cost                 int64    // how far from the best of the level; less is better
	seated               bool
}

// run is a stretch of ordinary seats, each the neighbour of the next.
type run struct {
	first, last      int32 // positions
	section, level   int32
	line, column     int32 // of the first seat
	upright          bool  // its seats lie one a line, not side by side
	minZone, maxZone int32
	minCost          int64
}

func (r *run) len() int { return int(r.last-r.first) + 1 }

// pool is the places of one zone in a GA section, in plan order.
type pool struct {
	section, level, zone int32
	places               []int32
}

// Prepare makes the House of a plan. The plan must not change after. It takes
// any plan, however odd: places of a section the plan does not have are never
// offered.
func Prepare(plan *boxoffice.Plan) *House {
	h := &House{plan: plan}
	if plan == nil {
		h.plan = &boxoffice.Plan{}
		h.sum = []int64{0}
		return h
	}
	h.zones = len(plan.Zones)
	h.locate()
	h.rank()
	pools := map[[2]int32]int{}
	var seats []int32
	for i := range h.spots {
		p, s := &plan.Places[i], &h.spots[i]
		switch {
		case s.section < 0:
		case p.Features&(boxoffice.Wheelchair|boxoffice.Companion) != 0:
			if p.Features.Has(boxoffice.Wheelchair) {
				h.chairs = append(h.chairs, int32(i))
			} else {
				h.companions = append(h.companions, int32(i))
			}
			if s.seated {
				seats = append(seats, int32(i))
			}
		case s.seated:
			seats = append(seats, int32(i))
		default:
			key := [2]int32{s.section, s.zone}
			at, ok := pools[key]
			if !ok {
				at = len(h.pools)
				pools[key] = at
				h.pools = append(h.pools, pool{section: s.section, level: s.level, zone: s.zone})
			}
			s.pool, s.within = int32(at), int32(len(h.pools[at].places))
			h.pools[at].places = append(h.pools[at].places, int32(i))
		}
	}
	for _, row := range h.rows(seats) {
		h.lay(row)
	}
	h.pair()
	promising := func(a, b int32) int {
		x, y := &h.spots[a], &h.spots[b]
		return cmp.Or(cmp.Compare(x.zone, y.zone), cmp.Compare(x.level, y.level), cmp.Compare(x.cost, y.cost))
	}
	slices.SortStableFunc(h.chairs, promising)
	slices.SortStableFunc(h.companions, promising)
	for i := range h.runs {
		h.patchwork = h.patchwork || h.runs[i].minZone != h.runs[i].maxZone
	}
	h.ranked = make([]int32, len(h.runs))
	for i := range h.ranked {
		h.ranked[i] = int32(i)
	}
	slices.SortStableFunc(h.ranked, func(a, b int32) int {
		x, y := &h.runs[a], &h.runs[b]
		return cmp.Or(cmp.Compare(x.minZone, y.minZone), cmp.Compare(x.level, y.level), cmp.Compare(x.minCost, y.minCost))
	})
	return h
}

// coordinate keeps what an odd plan says within bounds that cannot overflow.
func coordinate(n int) int32 { return int32(max(-1<<20, min(n, 1<<20))) }

func (h *House) locate() {
	h.spots = make([]spot, len(h.plan.Places))
	for i, p := range h.plan.Places {
		s := &h.spots[i]
		*s = spot{section: -1, position: -1, pool: -1, within: -1, side: [2]int32{-1, -1}}
		if p.Section < 0 || p.Section >= len(h.plan.Sections) || p.Zone < 0 || p.Zone >= 1<<12 {
			continue
		}
		section := h.plan.Sections[p.Section]
		s.section = int32(p.Section)
		s.level = coordinate(section.Level)
		s.zone = int32(p.Zone)
		s.line, s.column = coordinate(p.Line), coordinate(p.Column)
		s.seated = section.Admission != boxoffice.GeneralAdmission
		h.zones = max(h.zones, p.Zone+1)
	}
}

// What a seat's distance from the best of its level costs. Distances are in half
// seats, costs their squares, so that a house fills in circles.
const (
	rowBack       = 3       // half seats a row towards the back counts as
	rowFront      = 4       // and one towards the stage
	filled        = 9       // what filling a gap is worth, a seat
	restrictedFar = 24 * 24 // what a restricted view costs
)

// rank gives every seat its cost.
func (h *House) rank() {
	frames := map[int32]*frame{}
	for i := range h.spots {
		s := &h.spots[i]
		if s.section < 0 || !s.seated {
			continue
		}
		f := frames[s.level]
		if f == nil {
			f = &frame{s.line, s.line, s.column, s.column}
			frames[s.level] = f
		}
		f.top, f.bottom = min(f.top, s.line), max(f.bottom, s.line)
		f.left, f.right = min(f.left, s.column), max(f.right, s.column)
	}
	for i := range h.spots {
		s := &h.spots[i]
		f := frames[s.level]
		if s.section < 0 || !s.seated || f == nil {
			continue
		}
		depth := s.line - f.top
		if h.plan.Stage == boxoffice.EdgeBottom {
			depth = f.bottom - s.line
		}
		dx := int64(2*s.column - f.left - f.right)
		dy := int64(depth - (f.bottom-f.top)/4)
		if dy < 0 {
			dy *= rowFront
		} else {
			dy *= rowBack
		}
		s.cost = dx*dx + dy*dy
		if h.plan.Places[i].Features.Has(boxoffice.RestrictedView) {
			s.cost += restrictedFar
		}
	}
	h.levels = make(map[int32]frame, len(frames))
	for level, f := range frames {
		h.levels[level] = *f
	}
}

// frame bounds the seats of a level.
type frame struct{ top, bottom, left, right int32 }

// central reports whether a middle, twice its column, is in the middle third of
// the level.
func (h *House) central(level int32, middle int64) bool {
	f := h.levels[level]
	off := middle - int64(f.left+f.right)
	return 3*max(off, -off) <= int64(f.right-f.left+1)
}

package boxoffice

// Openings tells which places of a house anybody may take. Those that are kept in step
// carry what a Finder has found in them along, so that it need not look at every place
// each time. One goroutine at a time may use them.
type Openings struct {
	free    []bool // by PlaceNo-1
	inStep  bool
	changed []PlaceNo // since kept was kept
	kept    any
}

// NewOpenings returns openings that stay as they are: free tells by PlaceNo-1 which
// places can be had.
func NewOpenings(free []bool) *Openings { return &Openings{free: free} }

// KeptOpenings returns openings that are kept in step by [Openings.Set]; free is theirs.
func KeptOpenings(free []bool) *Openings { return &Openings{free: free, inStep: true} }

// Free tells by PlaceNo-1 which places can be had: to be read only.
func (o *Openings) Free() []bool { return o.free }

// Set says whether a place can be had from now on.
func (o *Openings) Set(no PlaceNo, free bool) {
	if o.free[no-1] == free {
		return
	}
	o.free[no-1] = free
	if o.kept == nil {
		return
	}
	if o.changed = append(o.changed, no); len(o.changed) > len(o.free) {
		o.kept, o.changed = nil, nil // nobody asks any more
	}
}

// InStep reports whether the openings are kept in step: whether it is worth while to
// keep something with them.
func (o *Openings) InStep() bool { return o.inStep }

// Kept returns what was kept with the openings, nil if nothing is, and the places that
// have changed since, some of them perhaps more than once.
func (o *Openings) Kept() (kept any, changed []PlaceNo) { return o.kept, o.changed }

// Keep keeps what was found in the openings as they are now.
func (o *Openings) Keep(kept any) { o.kept, o.changed = kept, o.changed[:0] }

package sqlite

import (
	"wicket/boxoffice"
)

// Plan implements [boxoffice.Reader]. Plans do not change, so a process reads each
// once.
func (r *reader) Plan(id boxoffice.PlanID) (*boxoffice.Plan, error) {
	if p, ok := r.store.plans.Load(id); ok {
		return p.(*boxoffice.Plan), nil
	}
	p, err := r.readPlan(id)
	if err != nil {
		return nil, err
	}
	if r.keepPlans {
		r.store.plans.Store(id, p)
	}
	return p, nil
}

func (r *reader) readPlan(id boxoffice.PlanID) (*boxoffice.Plan, error) {
	p, err := find(r.conn, "plan", id, func(r row) (*boxoffice.Plan, error) {
		return &boxoffice.Plan{ID: id, Name: r.text(0), Stage: boxoffice.Edge(r.text(1)), Places: make([]boxoffice.Place, 0, r.int(2))}, nil
	}, "SELECT name, stage, size FROM plan WHERE id = ?", id)
	if err != nil {
		return nil, err
	}
	p.Zones, err = list(r.conn, func(r row) (boxoffice.Zone, error) {
		return boxoffice.Zone{Name: r.text(0)}, nil
	}, "SELECT name FROM zone WHERE plan = ? ORDER BY no", id)
	if err != nil {
		return nil, err
	}
	p.Levels, err = list(r.conn, func(r row) (boxoffice.Level, error) {
		return boxoffice.Level{Name: r.text(0), Lines: int(r.int(1)), Columns: int(r.int(2))}, nil
	}, "SELECT name, lines, columns FROM level WHERE plan = ? ORDER BY no", id)
	if err != nil {
		return nil, err
	}
	p.Sections, err = list(r.conn, func(r row) (boxoffice.Section, error) {
		return boxoffice.Section{
			Name: r.text(0), Level: int(r.int(1)), Admission: boxoffice.Admission(r.text(2)),
			First: boxoffice.PlaceNo(r.int(3)), Last: boxoffice.PlaceNo(r.int(4)),
		}, nil
	}, "SELECT name, level, admission, first_place, last_place FROM section WHERE plan = ? ORDER BY no", id)
	if err != nil {
		return nil, err
	}
	err = r.conn.each("SELECT no, section, zone, row_name, seat, line, col, features, key FROM place WHERE plan = ? ORDER BY no", func(r row) error {
		p.Places = append(p.Places, boxoffice.Place{
			No: boxoffice.PlaceNo(r.int(0)), Section: int(r.int(1)), Zone: int(r.int(2)), Row: r.text(3), Seat: r.text(4),
			Line: int(r.int(5)), Column: int(r.int(6)), Features: boxoffice.Feature(r.int(7)), Key: r.text(8),
		})
		return nil
	}, id)
	return p, err
}

// PlanByName implements [boxoffice.Reader].
func (r *reader) PlanByName(name string) (*boxoffice.Plan, error) {
	id, err := r.conn.number("SELECT max(id) FROM plan WHERE name = ?", name)
	if err != nil {
		return nil, err
	}
	if id == 0 {
		return nil, boxoffice.NotFound("plan", name)
	}
	return r.Plan(boxoffice.PlanID(id))
}

// Plans implements [boxoffice.Reader].
func (r *reader) Plans() ([]boxoffice.PlanHead, error) {
	return list(r.conn, func(r row) (boxoffice.PlanHead, error) {
		return boxoffice.PlanHead{ID: boxoffice.PlanID(r.int(0)), Name: r.text(1), Places: int(r.int(2))}, nil
	}, "SELECT id, name, size FROM plan ORDER BY id")
}

// SavePlan implements [boxoffice.Tx].
func (t *tx) SavePlan(p *boxoffice.Plan) (boxoffice.PlanID, error) {
	t.writer.newPlans, t.keepPlans = true, false
	id, err := t.next("plan")
	if err != nil {
		return 0, err
	}
	plan := []any{id, p.Name, p.Stage, len(p.Places)}
	parts := planParts(id, p)
	var s sum
	s.add(plan...)
	for _, part := range parts {
		for _, values := range part.rows {
			s.add(values...)
		}
	}
	if _, err := t.conn.exec("INSERT INTO plan (id, name, stage, size, sum) VALUES (?, ?, ?, ?, ?)", append(plan, s.number())...); err != nil {
		return 0, err
	}
	for _, part := range parts {
		rows := newBulk(t.conn, "INSERT INTO "+part.into, part.width)
		for _, values := range part.rows {
			rows.add(values...)
		}
		if err := rows.end(); err != nil {
			return 0, err
		}
	}
	return boxoffice.PlanID(id), nil
}

// planPart is what a plan has of one table.
type planPart struct {
	into  string
	width int
	rows  [][]any
}

// planParts returns all of them, in the order in which they are summed.
func planParts(id int64, p *boxoffice.Plan) []planPart {
	zones := planPart{into: "zone (plan, no, name)", width: 3}
	for i, z := range p.Zones {
		zones.rows = append(zones.rows, []any{id, i, z.Name})
	}
	levels := planPart{into: "level (plan, no, name, lines, columns)", width: 5}
	for i, l := range p.Levels {
		levels.rows = append(levels.rows, []any{id, i, l.Name, l.Lines, l.Columns})
	}
	sections := planPart{into: "section (plan, no, name, level, admission, first_place, last_place)", width: 7}
	for i, s := range p.Sections {
		sections.rows = append(sections.rows, []any{id, i, s.Name, s.Level, s.Admission, s.First, s.Last})
	}
	places := planPart{into: "place (plan, no, section, zone, row_name, seat, line, col, features, key)", width: 10}
	for i, pl := range p.Places {
		places.rows = append(places.rows, []any{id, i + 1, pl.Section, pl.Zone, pl.Row, pl.Seat, pl.Line, pl.Column, pl.Features, pl.Key})
	}
	return []planPart{zones, levels, sections, places}
}

// bulk inserts many rows with few statements.
type bulk struct {
	conn  *conn
	into  string
	width int
	args  []any
	err   error
}

// bulkRows is how many rows go into one statement.
const bulkRows = 100

func newBulk(c *conn, into string, width int) *bulk {
	return &bulk{conn: c, into: into, width: width, args: make([]any, 0, 4*width)}
}

func (b *bulk) add(values ...any) {
	b.args = append(b.args, values...)
	if len(b.args) == bulkRows*b.width {
		b.flush()
	}
}

func (b *bulk) flush() {
	if b.err != nil || len(b.args) == 0 {
		return
	}
	text := append(append(b.conn.text[:0], b.into...), " VALUES "...)
	for i := range b.args {
		switch {
		case i == 0:
			text = append(text, "(?"...)
		case i%b.width == 0:
			text = append(text, "), (?"...)
		default:
			text = append(text, ", ?"...)
		}
	}
	text = append(text, ')')
	b.conn.text = text
	_, b.err = b.conn.exec(b.conn.known(text), b.args...)
	b.args = b.args[:0]
}

// end inserts what is left, and returns the first thing that went wrong.
func (b *bulk) end() error {
	b.flush()
	return b.err
}

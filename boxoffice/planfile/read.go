package planfile

import (
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"

	"wicket/boxoffice"
)

// What a file may come to at most.
const (
	MaxBytes  = 32 << 20
	MaxPlaces = 100_000
)

// Read reads a seating plan; name is the file's, for the report and, where the
// file has no better, for the plan. It tells the format by the content.
//
// The plan has no id. The report is never nil. A file that is no plan, or one
// that cannot be repaired, gives no plan and a *[RefusedError] with every reason
// that was found; an error of the reader is returned wrapped.
func Read(name string, r io.Reader) (*boxoffice.Plan, *Report, error) {
	report := &Report{Name: tidy(name, keyLength)}
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, report, fmt.Errorf("read seating plan %s: %w", report.Name, err)
	}
	d := report.draft(data)
	if d == nil || report.Count(Refused) > 0 {
		return nil, report, report.refusal()
	}
	if d.name == "" {
		d.name = tidy(title(name), nameLength)
	}
	plan := d.plan(report)
	if err := report.refusal(); err != nil {
		return nil, report, err
	}
	if err := Check(plan); err != nil {
		return nil, report, fmt.Errorf("lay out seating plan %s: %w", report.Name, err)
	}
	return plan, report, nil
}

// draft reads what the file says; nil where it says nothing that can be used.
func (r *Report) draft(data []byte) *draft {
	if len(data) > MaxBytes {
		r.refuse("file too large", "", "", fmt.Sprintf("the file is larger than %d MiB", MaxBytes>>20),
			"a plan of 100,000 seats is smaller; check that it is the right file")
		return nil
	}
	if words := foreign(data); words != "" {
		r.refuse("not a plan file", "", "", words, "save the plan as pretix JSON or as CSV")
		return nil
	}
	data = r.decode(data)
	text := bytes.TrimSpace(data)
	switch {
	case len(text) == 0:
		r.refuse("empty file", "", "", "the file is empty", "save the plan again as pretix JSON or as CSV")
		return nil
	case text[0] == '{' || text[0] == '[':
		r.Format = Pretix
		return r.readPretix(data)
	default:
		r.Format = CSV
		return r.readCSV(data)
	}
}

// plan turns the draft into a plan, step by step; where a step refuses, there
// is none.
func (d *draft) plan(report *Report) *boxoffice.Plan {
	d.name = firstOf(d.name, "Seating plan")
	steps := []func(*Report){
		d.nameSections, d.standUp, d.placeSeats, d.splitUnnamedRows, d.nameSeats, d.dropTwins,
		d.splitBlocks, d.uniqueLabels, d.uniqueSections, d.uniqueKeys, d.limit,
	}
	for _, step := range steps {
		if step(report); report.Count(Refused) > 0 {
			return nil
		}
	}
	plan := &boxoffice.Plan{Name: d.name}
	plan.Zones = d.zones(report)
	levels := d.levels(report)
	for _, l := range levels {
		if l.lay(report); report.Count(Refused) > 0 {
			return nil
		}
		plan.Levels = append(plan.Levels, boxoffice.Level{Name: l.name, Lines: l.lines, Columns: l.columns})
	}
	plan.Stage = d.findStage(report)
	d.number(plan)
	report.companions(plan)
	return plan
}

// title makes a plan's name of a file's.
func title(name string) string {
	name = path.Base(strings.ReplaceAll(name, "\\", "/"))
	for _, ext := range []string{".json", ".csv", ".txt", ".pretix"} {
		if len(name) > len(ext) && strings.EqualFold(name[len(name)-len(ext):], ext) {
			name = name[:len(name)-len(ext)]
		}
	}
	if name == "." || name == "/" {
		return ""
	}
	return name
}

func firstOf(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

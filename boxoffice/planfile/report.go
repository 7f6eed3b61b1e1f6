package planfile

import (
	"fmt"
	"strings"

	"wicket/boxoffice"
)

// Severity says what a finding means for the plan.
type Severity string

// The severities.
const (
	Refused  Severity = "refused"  // it cannot be repaired: there is no plan
	Repaired Severity = "repaired" // it was wrong and was put right, as Done says
	Note     Severity = "note"     // it is allowed, and worth a look
)

// Finding is one thing that was found in a plan file.
type Finding struct {
	Severity Severity
	// Topic names the kind of thing found, the same words for all of its kind.
	Topic string
	// Where is the spot in the file: «zones[0].rows[3].seats[5]» or «line 17».
	Where string
	// Place is the spot in the house: «Stalls, row B, seat 12». It may be empty.
	Place string
	Found string
	// Done says what was done about it, or what to do where it was refused.
	Done string
}

// Error returns the finding in one line for a person.
func (f Finding) Error() string {
	var b strings.Builder
	b.WriteString(f.Where)
	if f.Place != "" {
		if f.Where != "" {
			b.WriteString(" ")
		}
		b.WriteString("(" + f.Place + ")")
	}
	if b.Len() > 0 {
		b.WriteString(": ")
	}
	b.WriteString(f.Found)
	if f.Done != "" {
		b.WriteString("; " + f.Done)
	}
	return b.String()
}

// Format is a kind of plan file.
type Format string

// The formats that can be read.
const (
	Pretix Format = "pretix seating plan"
	CSV    Format = "CSV"
)

// maxFindings bounds what a hostile file can make us remember.
const maxFindings = 200_000

// Report is what was found while a plan was read.
type Report struct {
	Name     string // the file, as it was asked for
	Format   Format // empty where it could not be told
	Findings []Finding
	// Unlisted counts findings beyond the first 200,000, which are not kept.
	Unlisted int

	counts map[Severity]int
}

func (r *Report) add(f Finding) {
	if r.counts == nil {
		r.counts = map[Severity]int{}
	}
	r.counts[f.Severity]++
	if len(r.Findings) >= maxFindings {
		r.Unlisted++
		return
	}
	r.Findings = append(r.Findings, f)
}

func (r *Report) refuse(topic, where, place, found, done string) {
	r.add(Finding{Refused, topic, where, place, found, done})
}

func (r *Report) repair(topic, where, place, found, done string) {
	r.add(Finding{Repaired, topic, where, place, found, done})
}

func (r *Report) note(topic, where, place, found, done string) {
	r.add(Finding{Note, topic, where, place, found, done})
}

// Count returns how many findings have the severity.
func (r *Report) Count(s Severity) int { return r.counts[s] }

// Lines sums the findings up for a person: refusals first, then repairs, then
// notes; of each topic the first few findings and how many more there are.
func (r *Report) Lines(few int) []string {
	var lines []string
	for _, severity := range []Severity{Refused, Repaired, Note} {
		var topics []string
		byTopic := map[string][]Finding{}
		for _, f := range r.Findings {
			if f.Severity != severity {
				continue
			}
			if byTopic[f.Topic] == nil {
				topics = append(topics, f.Topic)
			}
			byTopic[f.Topic] = append(byTopic[f.Topic], f)
		}
		for _, topic := range topics {
			lines = append(lines, topicLines(severity, topic, byTopic[topic], few)...)
		}
	}
	if r.Unlisted > 0 {
		lines = append(lines, fmt.Sprintf("and %d more findings that are not listed", r.Unlisted))
	}
	return lines
}

func topicLines(severity Severity, topic string, findings []Finding, few int) []string {
	if len(findings) == 1 {
		return []string{fmt.Sprintf("%-9s %s: %s", severity, topic, findings[0].Error())}
	}
	lines := []string{fmt.Sprintf("%-9s %s: %d times", severity, topic, len(findings))}
	for i, f := range findings {
		if i == few {
			lines = append(lines, fmt.Sprintf("%-9s   and %d more", "", len(findings)-few))
			break
		}
		lines = append(lines, fmt.Sprintf("%-9s   %s", "", f.Error()))
	}
	return lines
}

// RefusedError says why a file is not a plan. Nothing was made of it.
type RefusedError struct {
	Name     string
	Refusals []Finding
}

func (e *RefusedError) Error() string {
	words := fmt.Sprintf("cannot read %s as a seating plan", e.Name)
	for i, f := range e.Refusals {
		if i == 3 {
			return words + fmt.Sprintf("\n  and %d more", len(e.Refusals)-i)
		}
		if i == 0 && len(e.Refusals) == 1 {
			return words + ": " + f.Error()
		}
		words += "\n  " + f.Error()
	}
	return words
}

// Unwrap returns every refusal, each a [Finding].
func (e *RefusedError) Unwrap() []error {
	errs := make([]error, len(e.Refusals))
	for i, f := range e.Refusals {
		errs[i] = f
	}
	return errs
}

// Kind returns boxoffice.KindInvalid.
func (e *RefusedError) Kind() boxoffice.Kind { return boxoffice.KindInvalid }

// refusal returns the error of a report with refusals, nil of one without.
func (r *Report) refusal() error {
	if r.Count(Refused) == 0 {
		return nil
	}
	e := &RefusedError{Name: r.Name}
	for _, f := range r.Findings {
		if f.Severity == Refused {
			e.Refusals = append(e.Refusals, f)
		}
	}
	return e
}

package programmefile

import (
	"strings"
	"time"

	"wicket/boxoffice"
)

// How a file writes instants.
const (
	minute     = "2006-01-02 15:04"
	withOffset = "2006-01-02 15:04 -07:00"
	timeOfDay  = "15:04"
)

// instant reads a date and a time of the house's zone.
func (d *decoder) instant(f field) time.Time {
	words, _ := scalar(f.node)
	t, err := Instant(words, d.zone)
	if err != nil {
		d.say(f.at, "%s: %s", f.key, err)
	}
	return t
}

// Instant reads «2006-01-02 15:04» as the clocks in zone show it. A time that the
// clocks skip is refused; so is one they show twice, unless an offset says which
// («2006-01-02 15:04 +02:00»). What it refuses is a *boxoffice.InvalidError.
func Instant(words string, zone *time.Location) (time.Time, error) {
	refuse := func(why string) (time.Time, error) {
		return time.Time{}, &boxoffice.InvalidError{Words: why}
	}
	clean := brief(words)
	words = strings.Join(strings.Fields(strings.Replace(words, "T", " ", 1)), " ")
	if t, err := time.Parse(withOffset, words); err == nil {
		if t.In(zone).Format(withOffset) != t.Format(withOffset) {
			return refuse("the clocks in " + zone.String() + " do not show " + clean)
		}
		return checkYear(t.UTC(), clean)
	}
	wall, err := time.Parse(minute, words)
	if err != nil {
		return refuse("«" + clean + "» is no date and time; write it like 2026-11-27 20:00")
	}
	switch all := instants(wall, zone); len(all) {
	case 0:
		return refuse("there is no " + clean + " in " + zone.String() + ": the clocks skip it that night")
	case 1:
		return checkYear(all[0], clean)
	default:
		return refuse(clean + " comes twice in " + zone.String() + ", when the clocks go back; say which: «" +
			all[0].In(zone).Format(withOffset) + "» or «" + all[1].In(zone).Format(withOffset) + "»")
	}
}

// checkYear refuses years that nobody sells tickets for.
func checkYear(t time.Time, words string) (time.Time, error) {
	if t.Year() < 2000 || t.Year() > 2199 {
		return time.Time{}, &boxoffice.InvalidError{Words: "the year of " + words + " cannot be meant"}
	}
	return t, nil
}

// instants returns when the clocks in zone show wall (a time in UTC by its
// fields), earliest first: none, one or two instants.
func instants(wall time.Time, zone *time.Location) []time.Time {
	var found []time.Time
	for _, near := range []time.Duration{-24 * time.Hour, 24 * time.Hour} {
		_, offset := wall.Add(near).In(zone).Zone()
		t := wall.Add(-time.Duration(offset) * time.Second)
		if _, own := t.In(zone).Zone(); own == offset && (len(found) == 0 || !found[0].Equal(t)) {
			found = append(found, t)
		}
	}
	if len(found) == 2 && found[1].Before(found[0]) {
		found[0], found[1] = found[1], found[0]
	}
	return found
}

// before reads a time that lies at or before the curtain: a time of day is the
// last of its kind.
func (d *decoder) before(f field, curtain time.Time) time.Time { return d.beside(f, curtain, -1) }

// after reads a time that lies behind the curtain: a time of day is the first of
// its kind.
func (d *decoder) after(f field, curtain time.Time) time.Time { return d.beside(f, curtain, 1) }

// longest is how far doors and the end may lie from the curtain.
const longest = 18 * time.Hour

func (d *decoder) beside(f field, curtain time.Time, direction int) time.Time {
	if f.node == nil {
		return time.Time{}
	}
	words, _ := scalar(f.node)
	t := time.Time{}
	if _, err := time.Parse(timeOfDay, strings.TrimSpace(words)); err == nil {
		day := curtain.In(d.zone)
		for range 2 {
			if t, err = Instant(day.Format(time.DateOnly)+" "+strings.TrimSpace(words), d.zone); err != nil {
				d.say(f.at, "%s: %s", f.key, err)
				return time.Time{}
			}
			if direction < 0 && !t.After(curtain) || direction > 0 && t.After(curtain) {
				break
			}
			day = day.AddDate(0, 0, direction)
		}
	} else if t = d.instant(f); t.IsZero() {
		return t
	}
	gap := t.Sub(curtain) * time.Duration(direction)
	if gap < 0 || gap > longest {
		side := "before"
		if direction > 0 {
			side = "after"
		}
		d.say(f.at, "%s should be within a few hours %s the curtain, not %s", f.key, side, shape(f.node))
		return time.Time{}
	}
	return t
}

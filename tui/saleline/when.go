package saleline

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// clock is a time of day, in minutes; -1 for none.
type clock int

func (c clock) String() string { return fmt.Sprintf("%02d:%02d", int(c)/60, int(c)%60) }

// readClock reads «19:30», «19.30», «19h30», «19h», «7pm», «7:30pm».
func readClock(key string) (clock, bool) {
	half := -1
	for i, suffix := range []string{"am", "pm"} {
		if rest, ok := strings.CutSuffix(key, suffix); ok {
			key, half = rest, i
		}
	}
	hours, minutes, cut := key, "", false
	if i := strings.IndexAny(key, ":.h"); i >= 0 {
		hours, minutes, cut = key[:i], key[i+1:], true
		if minutes == "" && key[i] == 'h' && half < 0 {
			minutes = "00"
		}
	}
	h, m := number(hours), 0
	if cut {
		m = number(minutes)
		if len(minutes) != 2 || m > 59 {
			return 0, false
		}
	}
	switch {
	case len(hours) > 2 || h < 0 || m < 0 || !cut && half < 0:
		return 0, false
	case half < 0 && h > 23, half >= 0 && (h < 1 || h > 12):
		return 0, false
	case half >= 0:
		h = h%12 + 12*half
	}
	return clock(h*60 + m), true
}

// readDay reads «today», «tonight», «tomorrow» and days of the week; a day of the
// week is the next one, today included. It returns midnight of the day.
func (c Context) readDay(key string) (time.Time, bool) {
	now := c.local(c.Now)
	day := func(ahead int) time.Time {
		return time.Date(now.Year(), now.Month(), now.Day()+ahead, 0, 0, 0, 0, c.zone())
	}
	switch key {
	case "today", "tonight":
		return day(0), true
	case "tomorrow":
		return day(1), true
	}
	if len(key) < 3 {
		return time.Time{}, false
	}
	for ahead := range 7 {
		d := day(ahead)
		if strings.HasPrefix(strings.ToLower(d.Weekday().String()), key) {
			return d, true
		}
	}
	return time.Time{}, false
}

// until reads the words behind a name: «until 19:30», «sat 19:30», «20m». It
// returns the instant and how many words at the end it took; none where there is
// no time. A time that is past is a trouble, never tomorrow's.
func (p *parser) until(args []word) (time.Time, int, *trouble) {
	if len(args) == 0 {
		return time.Time{}, 0, nil
	}
	i := len(args) - 1
	w := args[i]
	var at time.Time
	if m, ok := readMinutes(w.key); ok {
		at = p.ctx.Now.Add(m)
	} else if c, ok := readClock(w.key); ok {
		day, _ := p.ctx.readDay("today")
		said := false
		if i > 0 {
			if d, ok := p.ctx.readDay(args[i-1].key); ok && i > 1 {
				day, said, i = d, true, i-1
			}
		}
		at = time.Date(day.Year(), day.Month(), day.Day(), int(c)/60, int(c)%60, 0, 0, p.ctx.zone())
		if !at.After(p.ctx.Now) {
			t := &trouble{why: fmt.Sprintf("%s is past: it is %s", c, p.ctx.local(p.ctx.Now).Format("15:04")), at: w.at}
			if !said {
				t.hint = p.instead(w, "tomorrow "+w.text)
			}
			return time.Time{}, 0, t
		}
	} else {
		return time.Time{}, 0, nil
	}
	if i > 0 && (args[i-1].key == "until" || args[i-1].key == "till") {
		i--
	}
	return at.UTC(), len(args) - i, nil
}

// readMinutes reads «20m», «20min».
func readMinutes(key string) (time.Duration, bool) {
	n, ok := strings.CutSuffix(strings.TrimSuffix(key, "in"), "m")
	if !ok || !digits(n) || len(n) > 3 {
		return 0, false
	}
	m, _ := strconv.Atoi(n)
	return time.Duration(m) * time.Minute, m > 0
}

// whenWords says an instant by the house's clock, with its day unless that is
// today: «19:30», «Sat 28 Nov 19:30».
func (c Context) whenWords(t time.Time) string {
	if c.day(t) == c.day(c.Now) {
		return c.local(t).Format("15:04")
	}
	return c.local(t).Format("Mon 2 Jan 15:04")
}

package saleline

import (
	"fmt"
	"strings"
	"time"

	"wicket/boxoffice"
)

// pick reads days and times only, over all performances.
func (p *parser) pick(when []word) (*Switch, *trouble) {
	all := make([]int, len(p.ctx.Performances))
	for i := range all {
		all[i] = i
	}
	return p.choose(all, when, p.line)
}

// choose returns the one of these performances that a day and a time mean: of
// those at that time, the next that is not over; of the days, the first.
func (p *parser) choose(from []int, when []word, said string) (*Switch, *trouble) {
	day, at := "", clock(-1)
	for _, w := range when {
		if c, ok := p.clock(w); ok {
			at = c
		} else if d, ok := p.ctx.readDay(w.key); ok {
			day = d.Format(time.DateOnly)
		}
	}
	var fit, next, near []int
	for _, i := range from {
		f := p.ctx.Performances[i]
		if day != "" && p.ctx.day(f.Curtain) != day && f.BusinessDay != day {
			continue
		}
		near = append(near, i)
		if local := p.ctx.local(f.Curtain); at >= 0 && clock(local.Hour()*60+local.Minute()) != at {
			continue
		}
		fit = append(fit, i)
		if !over(f, p.ctx.Now) {
			next = append(next, i)
		}
	}
	if len(fit) == 0 {
		if at < 0 && len(from) == len(p.ctx.Performances) {
			return nil, nil // only a day, and nothing on it: a name perhaps
		}
		return nil, p.noneAt(when, day, at, near)
	}
	if len(next) == 0 {
		return p.to(fit[len(fit)-1]), nil // the last that was
	}
	first := p.ctx.day(p.ctx.Performances[next[0]].Curtain)
	for j, i := range next {
		if p.ctx.day(p.ctx.Performances[i].Curtain) != first {
			next = next[:j]
			break
		}
	}
	if len(next) > 1 {
		return nil, p.several(p.words[0].at, said, next)
	}
	return p.to(next[0]), nil
}

func over(f boxoffice.Performance, now time.Time) bool {
	if f.Ends.IsZero() {
		return f.Curtain.Add(lateness).Before(now)
	}
	return f.Ends.Before(now)
}

func (p *parser) noneAt(when []word, day string, at clock, near []int) *trouble {
	t := &trouble{why: "there is no performance"}
	if len(when) > 0 {
		t.at = when[0].at
	}
	if at >= 0 {
		t.why += " at " + at.String()
	}
	if d, err := time.Parse(time.DateOnly, day); err == nil {
		t.why += " on " + d.Format("Mon 2 Jan")
	}
	for _, i := range near {
		if f := p.ctx.Performances[i]; !over(f, p.ctx.Now) {
			t.why += fmt.Sprintf("; %s is at %s", f.Title, p.ctx.whenWords(f.Curtain))
			t.hint = p.numberOf(i)
			break
		}
	}
	return t
}

// several says that a text means more than one performance, and how each is
// typed.
func (p *parser) several(at int, said string, of []int) *trouble {
	var list []string
	for _, i := range of[:min(len(of), 4)] {
		f := p.ctx.Performances[i]
		list = append(list, fmt.Sprintf("%s %s %s", p.numberOf(i), f.Title, p.ctx.whenWords(f.Curtain)))
	}
	if len(of) > 4 {
		list = append(list, "…")
	}
	return &trouble{
		why:  fmt.Sprintf("«%s» could be %s", said, strings.Join(list, ", ")),
		at:   at,
		hint: p.numberOf(of[0]),
	}
}

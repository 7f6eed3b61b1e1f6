package saleline

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// lateness is how long after its curtain a performance is still meant by its
// time or title, where nobody said when it ends.
const lateness = time.Hour

// moment reads a line that is only a performance's number, day or time: «p3»,
// «19:30», «sat», «sat 20:00».
func (p *parser) moment() (*Switch, *trouble) {
	first := p.words[0]
	switch n := len(p.words); {
	case n == 1 && len(first.key) > 1 && first.key[0] == 'p' && digits(first.key[1:]):
		if n := number(first.key[1:]); p.hasRow("p") && (p.seatExists("p", first.key[1:]) || n < 1 || n > len(p.ctx.Performances)) {
			return nil, nil // a letter first is a row
		}
		return p.numbered(first, first.key[1:])
	case n == 2 && first.key == "p" && digits(p.words[1].key):
		return p.numbered(p.words[1], p.words[1].key)
	}
	for _, w := range p.words {
		if _, ok := p.clock(w); ok {
			continue
		}
		if _, ok := p.ctx.readDay(w.key); !ok {
			return nil, nil
		}
	}
	return p.pick(p.words)
}

// clock reads a word as a time of day, unless it is a quantity («7pm» where pm is
// a price code).
func (p *parser) clock(w word) (clock, bool) {
	c, ok := readClock(w.key)
	if ok && len(w.key) > 2 && digits(w.key[:len(w.key)-2]) {
		if _, priced := p.ctx.code(w.key[len(w.key)-2:]); priced {
			return 0, false
		}
	}
	return c, ok
}

func (p *parser) hasRow(row string) bool {
	x := p.index()
	return x != nil && len(x.rows[row]) > 0
}

func (p *parser) seatExists(row, seat string) bool {
	x := p.index()
	if x == nil {
		return false
	}
	for _, r := range x.rows[row] {
		if r.has(seat) {
			return true
		}
	}
	return false
}

func (p *parser) numbered(w word, n string) (*Switch, *trouble) {
	if i := number(n); i > 0 && i <= len(p.ctx.Performances) {
		return p.to(i - 1), nil
	}
	t := &trouble{at: w.at}
	switch n := len(p.ctx.Performances); n {
	case 0:
		t.why = "there are no performances to go to"
	case 1:
		t.why, t.hint = "there is one performance", p.numberOf(0)
	default:
		t.why = fmt.Sprintf("there are %d performances, %s to %s", n, p.numberOf(0), p.numberOf(n-1))
	}
	return nil, t
}

// numberOf writes how the i-th performance is typed.
func (p *parser) numberOf(i int) string {
	n := strconv.Itoa(i + 1)
	if p.seatExists("p", n) {
		return "p " + n
	}
	return "p" + n
}

func (p *parser) to(i int) *Switch {
	f := p.ctx.Performances[i]
	title := f.Title
	if title == "" {
		title = f.Key
	}
	said := fmt.Sprintf("go to %s · %s", title, p.ctx.local(f.Curtain).Format("Mon 2 Jan 15:04"))
	if p.words[0].key == "p"+strconv.Itoa(i+1) && p.hasRow("p") {
		said += fmt.Sprintf(" · performance %d (row P has no seat %d)", i+1, i+1)
	}
	return &Switch{words: words(said), Performance: f}
}

// title returns the i-th performance's, split for matching.
func (p *parser) title(i int) name {
	if p.titles == nil {
		p.titles = make([]name, len(p.ctx.Performances))
		for j, f := range p.ctx.Performances {
			if j > 0 && f.Title == p.ctx.Performances[j-1].Title {
				p.titles[j] = p.titles[j-1]
			} else {
				p.titles[j] = newName(f.Title)
			}
		}
	}
	return p.titles[i]
}

// performance reads the line as the beginning of a performance's title or key,
// with or without a day and a time behind it. It returns neither where no title
// is like that.
func (p *parser) performance() (*Switch, *trouble) {
	typed := p.words
	for len(typed) > 1 {
		last := typed[len(typed)-1]
		_, day := p.ctx.readDay(last.key)
		if _, time := p.clock(last); !time && !day {
			break
		}
		typed = typed[:len(typed)-1]
	}
	s, t := p.titled(typed)
	if s == nil && t == nil && len(typed) < len(p.words) {
		s, t = p.titled(p.words) // a title that ends like a day: «Black Friday»
	}
	return s, t
}

func (p *parser) titled(typed []word) (*Switch, *trouble) {
	if len(p.ctx.Performances) == 0 || !p.longEnough(typed) {
		return nil, nil
	}
	found := p.byTitle(typed)
	if len(found) == 0 {
		return nil, nil
	}
	for _, i := range found[1:] {
		if p.ctx.Performances[i].Title != p.ctx.Performances[found[0]].Title {
			return nil, p.several(typed[0].at, p.said(typed), p.firstOfEach(found))
		}
	}
	return p.choose(found, p.words[len(typed):], p.said(typed))
}

// longEnough reports whether typed is more than a letter or a number.
func (p *parser) longEnough(typed []word) bool {
	n := 0
	for _, w := range typed {
		n += len(w.key)
	}
	return n > 1
}

func (p *parser) said(typed []word) string {
	var s []string
	for _, w := range typed {
		s = append(s, w.text)
	}
	return strings.Join(s, " ")
}

// byTitle returns the performances whose title or key begins as typed, only those
// that match best.
func (p *parser) byTitle(typed []word) []int {
	var found []int
	how := nameStart
	for i, f := range p.ctx.Performances {
		m := p.title(i).match(typed)
		if len(typed) == 1 && typed[0].key != "" && m < wholeName {
			switch key := fold(f.Key); {
			case key == typed[0].key:
				m = wholeName + 1 // one key is one performance
			case strings.HasPrefix(key, typed[0].key) && !digits(typed[0].key):
				m = max(m, nameStart)
			}
		}
		switch {
		case m < how:
		case m > how:
			found, how = append(found[:0], i), m
		default:
			found = append(found, i)
		}
	}
	return found
}

// firstOfEach keeps one performance of each title.
func (p *parser) firstOfEach(found []int) []int {
	seen := map[string]bool{}
	var out []int
	for _, i := range found {
		if t := p.ctx.Performances[i].Title; !seen[t] {
			seen[t] = true
			out = append(out, i)
		}
	}
	return out
}

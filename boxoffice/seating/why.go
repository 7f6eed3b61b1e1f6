package seating

import (
	"slices"
	"strconv"
	"strings"
)

// why says in a line what is good and bad about the best choice.
func (s *search) why() string {
	if len(s.specials) > 0 {
		return s.whyChairs()
	}
	b := &s.best
	switch b.tier {
	case together:
		if b.standing > 0 {
			return "standing"
		}
		return s.whyTogether()
	case across:
		return s.sizesOf() + " across an aisle in row " + s.rowOf(s.parts[0]) + s.orphanWords()
	case behind:
		return s.sizesOf() + s.rowWords() + ", one behind the other" + s.orphanWords()
	default:
		return s.sizesOf() + s.rowWords() + ", nothing together left"
	}
}

func (s *search) whyTogether() string {
	words := "together"
	if s.n == 1 {
		words = "one seat"
	}
	p := s.parts[0]
	r := &s.h.runs[s.h.runOf[p.first]]
	where := ""
	if x, _ := s.middle(&p); s.h.central(r.level, x) {
		where = ", row centre"
	}
	if _, fills := s.edges(r, p.first, p.first+p.n-1); fills && p.n < int32(r.len()) {
		where += ", fills a gap"
	}
	beside := ""
	if len(s.near) > 0 && s.best.near == 0 {
		beside = ", beside the others"
	}
	return words + where + beside + s.orphanWords()
}

func (s *search) orphanWords() string {
	switch s.best.orphans {
	case 0:
		return ", no single left"
	case 1:
		return ", leaves one single (no better left)"
	default:
		return ", leaves " + number(s.best.orphans) + " singles (no better left)"
	}
}

var numbers = [...]string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

func number(n int32) string {
	if n >= 0 && int(n) < len(numbers) {
		return numbers[n]
	}
	return strconv.Itoa(int(n))
}

// sizesOf names the parts by size: «4 + 3», «two singles», «20 in 7 parts».
func (s *search) sizesOf() string {
	slices.SortStableFunc(s.parts, func(a, b part) int { return int(b.n - a.n) })
	switch {
	case s.parts[0].n == 1 && s.best.standing == 0:
		return number(s.n) + " singles"
	case len(s.parts) > 4:
		return strconv.Itoa(int(s.n)) + " in " + strconv.Itoa(len(s.parts)) + " parts"
	}
	words := make([]string, len(s.parts))
	for i, p := range s.parts {
		words[i] = strconv.Itoa(int(p.n))
		if p.pool >= 0 {
			words[i] += " standing"
		}
	}
	return strings.Join(words, " + ")
}

func (s *search) rowOf(p part) string { return s.h.plan.Places[s.h.place[p.first]].Row }

// rowWords names the rows of the parts: « in row C», « in rows F and G»; nothing
// where there are more than four or they have no name.
func (s *search) rowWords() string {
	var rows []string
	section := int32(-1)
	for _, p := range s.parts {
		if p.pool >= 0 {
			continue
		}
		in := s.h.spots[s.h.place[p.first]].section
		name := s.rowOf(p)
		if name == "" || section >= 0 && in != section {
			return ""
		}
		section = in
		if !slices.Contains(rows, name) {
			rows = append(rows, name)
		}
	}
	switch n := len(rows); {
	case n == 0 || n > 4:
		return ""
	case n == 1:
		return " in row " + rows[0]
	default:
		return " in rows " + strings.Join(rows[:n-1], ", ") + " and " + rows[n-1]
	}
}

func (s *search) whyChairs() string {
	words := ""
	switch w := s.req.Wheelchairs; {
	case w == 1:
		words = "wheelchair space"
	case w > 1:
		words = number(int32(w)) + " wheelchair spaces"
	}
	if c := s.req.Companions; c > 0 {
		switch {
		case words == "" && c == 1:
			words = "companion place"
		case words == "":
			words = number(int32(c)) + " companion places"
		case s.best.unaccompanied > 0:
			words += ", companion not beside (no better left)"
		case c == 1:
			words += ", companion beside"
		default:
			words += ", " + number(int32(c)) + " companions beside"
		}
	}
	if s.n == 0 {
		return words
	}
	switch {
	case s.best.standing > 0:
		words += ", the rest standing"
	case s.best.tier == together:
		words += ", all side by side"
	case s.best.tier == parted:
		words += ", " + number(s.n) + " nearest"
	default:
		words += ", the rest in parts (nothing together left)"
	}
	if s.best.orphans > 0 {
		words += s.orphanWords()
	}
	return words
}

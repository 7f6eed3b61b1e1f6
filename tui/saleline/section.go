package saleline

import (
	"fmt"
	"strings"
)

// section reads as many words as name a section; none where none does.
func (p *parser) section(s *sale, typed []word) (int, *trouble) {
	x := p.index()
	if x == nil {
		return 0, nil
	}
	found, how, used := longest(x.sections, typed)
	if how == noName || how == nameInside && len(typed[0].key) < 3 {
		return 0, nil
	}
	k, t := p.oneSection(typed[0], p.said(typed[:used]), found)
	if t != nil {
		return 0, t
	}
	return used, s.setSection(k, typed[0])
}

// oneSection returns the only section found, or of several the one where the
// cursor is; otherwise it says that it could be any of them.
func (p *parser) oneSection(w word, said string, found []int) (int, *trouble) {
	if len(found) == 1 {
		return found[0], nil
	}
	names := make([]string, 0, len(found))
	for _, k := range found {
		if k == p.ctx.Section {
			return k, nil
		}
		names = append(names, p.idx.sections[k].text)
	}
	return 0, &trouble{
		why:  fmt.Sprintf("«%s» could be %s", said, list(names)),
		at:   w.at,
		hint: strings.Replace(from(p.line, p.words[0]), said, p.sectionKey(found[0]), 1),
	}
}

// setSection says where the following places are, or the ones before.
func (s *sale) setSection(k int, w word) *trouble {
	if s.section >= 0 && !s.used {
		return &trouble{why: "one section at a time", at: w.at}
	}
	s.section, s.used, s.sectionAt = k, false, w
	s.bare = false
	return nil
}

// zoneWords reads «zone 2» or a zone's name.
func (p *parser) zoneWords(s *sale, typed []word) (int, *trouble) {
	x := p.index()
	if x == nil {
		return 0, nil
	}
	if found, how, used := longest(x.zones, typed); how != noName && len(typed[0].key) > 1 && (how != nameInside || len(typed[0].key) > 2) {
		if len(found) == 1 {
			return used, p.setZone(s, found[0], typed[0])
		}
		names := make([]string, len(found))
		for i, k := range found {
			names[i] = fmt.Sprintf("%s (z%d)", x.zones[k].text, k+1)
		}
		return 0, &trouble{why: fmt.Sprintf("«%s» could be %s", p.said(typed[:used]), list(names)), at: typed[0].at}
	}
	if typed[0].key == "zone" && len(typed) > 1 && digits(typed[1].key) {
		return 2, p.setZone(s, number(typed[1].key)-1, typed[1])
	}
	return 0, nil
}

func (p *parser) setZone(s *sale, k int, w word) *trouble {
	zones := p.ctx.Plan.Zones
	switch {
	case len(zones) == 0:
		return &trouble{why: "this house has no zones", at: w.at}
	case k < 0 || k >= len(zones):
		return &trouble{why: fmt.Sprintf("there are %d zones, z1 to z%d", len(zones), len(zones)), at: w.at}
	case s.zone >= 0 && s.zone != k:
		return &trouble{why: "one zone at a time", at: w.at}
	}
	s.zone, s.zoneAt = k, w.at
	s.bare = false
	return nil
}

// list writes «A, B and C»; of many, the first few.
func list(names []string) string {
	switch n := len(names); {
	case n == 0:
		return ""
	case n == 1:
		return names[0]
	case n > 5:
		return fmt.Sprintf("%s and %d more", strings.Join(names[:4], ", "), n-4)
	default:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
}

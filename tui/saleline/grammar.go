package saleline

// Rule is one form of the sale line.
type Rule struct {
	Form    string // what is typed, in general: «2a1c»
	Meaning string
	Example string // a line that is understood
}

// form is a rule and how its example is made from the house on screen.
type form struct {
	Rule
	real func(s *sample) string
}

var forms = []form{
	{Rule{"2", "so many of the first price type, best available", "2"}, func(s *sample) string { return "2" }},
	{Rule{"2a1c", "so many of each price type", "2a1c"}, (*sample).quantities},
	{Rule{"2a section", "… in a part of the house, by its first letters", "2a stalls"}, func(s *sample) string { return glue("2"+s.code(0), s.section) }},
	{Rule{"2a z2", "… in a zone", "2a z1"}, (*sample).inZone},
	{Rule{"3 ga", "… without seats (general admission)", "3 ga"}, (*sample).standing},
	{Rule{"4a w", "… one of them a wheelchair space, with its companion", "4a w"}, (*sample).wheelchair},
	{Rule{"B12", "a seat: a letter first is its row", "stalls B12"}, func(s *sample) string { return s.place(0) }},
	{Rule{"B12-15", "the chairs from one to the other", "stalls B12-15"}, (*sample).span},
	{Rule{"B12,14", "the comma goes on in the row", "stalls B12,14"}, (*sample).two},
	{Rule{"section B12", "… of a part of the house", "circle B12"}, (*sample).elsewhere},
	{Rule{"B12 c", "… at a price; in the basket already, its new price type", "stalls B12 c"}, (*sample).priced},
	{Rule{"2a1c B12-14", "… at several prices, in their order", "2a1c stalls B12-14"}, (*sample).pricedSpan},
	{Rule{"5-3", "a seat of a numbered row: the row, a hyphen, the seat", "5-3"}, (*sample).numbered},
	{Rule{"5-1..3", "… and a range two points", "5-1..3"}, (*sample).numberedSpan},
	{Rule{"row B", "the whole row", "stalls row B"}, (*sample).wholeRow},
	{Rule{"section", "show that part of the house", "circle"}, func(s *sample) string { return s.section }},
	{Rule{"p2", "the second performance of the list", "p2"}, (*sample).byNumber},
	{Rule{"19:30, 7pm", "the next performance at that time", "20:30"}, (*sample).byTime},
	{Rule{"sat 20:00", "… on a day", "sat 20:00"}, (*sample).byDay},
	{Rule{"title", "the next performance, by the beginning of its title", "macbeth"}, (*sample).byTitle},
	{Rule{"#1042", "an order", "#1042"}, func(s *sample) string { return "#1042" }},
	{Rule{"name", "orders and holds in that name", "vidal"}, func(s *sample) string { return "vidal" }},
	{Rule{"barcode", "the order of a ticket, scanned or typed", "T0000F2801AG78PWRP"}, nil},
}

// Grammar returns every form of the line, the commands last. Each has an example
// as it would be in a house with stalls, circle and boxes.
func Grammar() []Rule {
	out := make([]Rule, 0, len(forms)+len(verbs))
	for _, f := range forms {
		out = append(out, f.Rule)
	}
	for i := range verbs {
		out = append(out, verbs[i].rule())
	}
	return out
}

func (v *verb) rule() Rule {
	r := Rule{Form: v.form, Meaning: v.meaning, Example: v.example}
	if r.Example == "" {
		r.Example = v.name
	}
	return r
}

// Examples returns the forms that make sense now, without the commands, each
// with an example that does what it says in the house of ctx.
func Examples(ctx Context) []Rule {
	s := newSample(ctx)
	var out []Rule
	for _, f := range forms {
		if f.real == nil {
			continue
		}
		r := f.Rule
		if r.Example = f.real(s); r.Example == "" {
			continue
		}
		switch Parse(r.Example, s.ctx).(type) {
		case Unknown:
			continue
		case Find:
			if r.Form != "name" {
				continue
			}
		}
		out = append(out, r)
	}
	return out
}

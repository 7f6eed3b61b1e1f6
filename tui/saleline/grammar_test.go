package saleline_test

import (
	"testing"

	"wicket/boxoffice/planfile"
	"wicket/tui/saleline"
)

func TestGrammarExamples(t *testing.T) {
	ctx := tonight(theatre())
	for _, r := range saleline.Grammar() {
		i := saleline.Parse(r.Example, ctx)
		if u, bad := i.(saleline.Unknown); bad {
			t.Errorf("%s: «%s» is not understood: %s", r.Form, r.Example, u.Words())
		}
		if r.Form == "" || r.Meaning == "" || i.Words() == "" {
			t.Errorf("%+v says too little", r)
		}
		if again := saleline.Parse(r.Example, ctx); again.Words() != i.Words() {
			t.Errorf("«%s» is %s and then %s", r.Example, i.Words(), again.Words())
		}
	}
}

// Examples from a house do in that house what they say.
func TestExamplesAreReal(t *testing.T) {
	want := map[string]string{ // by form
		"2": "Best", "2a1c": "Best", "2a section": "Best", "2a z2": "Best", "3 ga": "Best", "4a w": "Best", "B12": "Places",
		"B12-15": "Places", "B12,14": "Places", "section B12": "Places", "B12 c": "Places", "2a1c B12-14": "Places", "5-3": "Places",
		"5-1..3": "Places", "row B": "Places", "section": "Look", "p2": "Switch", "19:30, 7pm": "Switch", "sat 20:00": "Switch",
		"title": "Switch", "#1042": "Order", "name": "Find",
	}
	all := houses()
	for _, name := range planfile.Builtins() {
		p, err := planfile.Builtin(name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = tonight(p)
	}
	for house, ctx := range all {
		examples := saleline.Examples(ctx)
		if len(examples) < 3 || ctx.Plan != nil && len(examples) < 10 {
			t.Errorf("%s has %d examples", house, len(examples))
		}
		for _, r := range examples {
			i := saleline.Parse(r.Example, ctx)
			if kind(i) != want[r.Form] {
				t.Errorf("%s: %s: «%s» is %s: %s", house, r.Form, r.Example, kind(i), i.Words())
			}
			if p, ok := i.(saleline.Places); ok && r.Form == "B12-15" && len(p.Places) != 4 {
				t.Errorf("%s: «%s» is %d places", house, r.Example, len(p.Places))
			}
		}
	}
}

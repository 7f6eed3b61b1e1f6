package saleline_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"wicket/tui/saleline"
)

// fields writes what a command carries, without what is zero.
func fields(ctx saleline.Context, c saleline.Command) string {
	said := []string{c.Name}
	add := func(name string, v any) { said = append(said, fmt.Sprintf("%s=%v", name, v)) }
	if c.Code != "" {
		add("code", c.Code)
	}
	if c.Type.Code != "" {
		add("type", c.Type.Code)
	}
	if len(c.Places) > 0 {
		add("places", ctx.Plan.Labels(c.Places))
	}
	if c.Count != 0 {
		add("count", c.Count)
	}
	if c.Section >= 0 {
		add("section", c.Section)
	}
	if c.Order != 0 {
		add("order", c.Order)
	}
	if c.Number != 0 {
		add("number", c.Number)
	}
	if c.Amount != 0 {
		add("amount", int64(c.Amount))
	}
	if c.Who != "" {
		add("who", c.Who)
	}
	if !c.Until.IsZero() {
		add("until", c.Until.Format(time.RFC3339))
	}
	if c.Reason != "" {
		add("reason", c.Reason)
	}
	return strings.Join(said, " ")
}

func TestCommandFields(t *testing.T) {
	ctx := tonight(theatre())
	for line, want := range map[string]string{
		"help":                              "help",
		"cancel":                            "cancel",
		"cancel Tenor is ill":               "cancel reason=Tenor is ill",
		"cancel #1042":                      "cancel order=1042",
		"HELP block":                        "help who=block",
		"?":                                 "help",
		"orders":                            "orders",
		"orders vidal":                      "orders who=vidal",
		"holds":                             "holds",
		"parked":                            "parked",
		"park":                              "park",
		"park Red Hat":                      "park who=Red Hat",
		"resume":                            "resume",
		"resume 2":                          "resume number=2 who=2",
		"resume red hat":                    "resume who=red hat",
		"give Ben":                          "give who=Ben",
		"hold Vidal 19:30":                  "hold who=Vidal until=2026-11-27T19:30:00Z",
		"hold Vidal until 7.30pm":           "hold who=Vidal until=2026-11-27T19:30:00Z",
		"hold Vidal, Ana, until 19:30":      "hold who=Vidal, Ana until=2026-11-27T19:30:00Z",
		"hold Vidal":                        "hold who=Vidal",
		"hold Vidal sat 12:00":              "hold who=Vidal until=2026-11-28T12:00:00Z",
		"hold Ana 2 until tomorrow 9h":      "hold who=Ana 2 until=2026-11-28T09:00:00Z",
		"hold Sunday 20:00":                 "hold who=Sunday until=2026-11-27T20:00:00Z",
		"hold Vidal 45min":                  "hold who=Vidal until=2026-11-27T19:57:00Z",
		"pickup Vidal":                      "pickup who=Vidal",
		"pickup #1042":                      "pickup order=1042 who=#1042",
		"block H L12-15":                    "block code=H places=L12 L13 L14 L15 section=0",
		"block p stalls B12 circle B12":     "block code=P places=B12 B12",
		"block H row AA":                    "block code=H places=AA1 AA2 AA3 AA4 AA5 AA6 AA7 AA8 AA9 AA10 section=0",
		"block T":                           "block code=T",
		"block M L1 until 19:45":            "block code=M places=L1 section=0 until=2026-11-27T19:45:00Z",
		"block H 20 floor":                  "block code=H count=20 section=3",
		"unblock L12,14":                    "unblock places=L12 L14 section=0",
		"unblock 20 ga":                     "unblock count=20 section=3",
		"kill L12":                          "kill places=L12 section=0",
		"kill L12, L14 a broken chair":      "", // «a» is a price code
		"kill L12 the chair is broken":      "kill places=L12 section=0 reason=the chair is broken",
		"revive L12":                        "revive places=L12 section=0",
		"type c L12":                        "type type=c places=L12 section=0",
		"type S":                            "type type=s",
		"drop":                              "drop",
		"renew":                             "renew",
		"retry":                             "retry",
		"pay":                               "pay",
		"cash":                              "pay",
		"void #1042":                        "void order=1042",
		"refund 1042":                       "refund order=1042",
		"reprint #1042":                     "reprint order=1042",
		"performances":                      "performances",
		"shows":                             "performances",
		"lock":                              "lock",
		"quit":                              "quit",
		"exit":                              "quit",
		"stop":                              "stop",
		"stop the lift is out":              "stop reason=the lift is out",
		"open":                              "open",
		"log":                               "log",
		"journal B12":                       "log who=B12",
		"paidin 1,234.50 float for the bar": "paidin amount=123450 reason=float for the bar",
		"paidout 5,50 stamps":               "paidout amount=550 reason=stamps",

		// What makes no sense.
		"hold":             "",
		"hold Vidal 18:00": "",
		"give":             "",
		"block":            "",
		"block L12":        "",
		"block HH L12":     "",
		"block H J4":       "",
		"block H 20 boxes": "",
		"block H 20c ga":   "",
		"block H vidal":    "",
		"block H L1 until": "",
		"kill L12 c":       "",
		"type":             "",
		"type x L12":       "",
		"type c 2a":        "",
		"void":             "",
		"void vidal":       "",
		"void #1 #2":       "",
		"void #-4":         "",
		"resume 0":         "",
		"paidin":           "",
		"paidin 0 x":       "",
		"paidin x 5":       "",
		"paidout 5":        "",
	} {
		switch i := saleline.Parse(line, ctx).(type) {
		case saleline.Command:
			if got := fields(ctx, i); got != want {
				t.Errorf("«%s» is\n %s, want\n %s", line, got, want)
			}
		case saleline.Unknown:
			if want != "" {
				t.Errorf("«%s»: %s, want %s", line, i.Words(), want)
			}
		default:
			t.Errorf("«%s» is %s: %s", line, kind(i), i.Words())
		}
	}
}

// A time of tonight that is past is not tomorrow's.
func TestPastTime(t *testing.T) {
	ctx := tonight(theatre())
	ctx.Now = at(27, 23, 50)
	u, ok := saleline.Parse("hold Vidal 00:30", ctx).(saleline.Unknown)
	if !ok || !strings.Contains(u.Why, "00:30 is past: it is 23:50") {
		t.Fatalf("00:30 at 23:50 is %+v", u)
	}
	c, ok := saleline.Parse(u.Hint, ctx).(saleline.Command)
	if want := at(28, 0, 30); !ok || !c.Until.Equal(want) {
		t.Errorf("«%s» is until %s, want %s", u.Hint, c.Until, want)
	}
}

func TestEveryCommandIsListed(t *testing.T) {
	ctx := tonight(theatre())
	seen := map[string]bool{}
	for _, name := range saleline.Commands() {
		if seen[name] {
			t.Errorf("%s is listed twice", name)
		}
		seen[name] = true
		switch i := saleline.Parse(name, ctx).(type) {
		case saleline.Command:
			if i.Name != name {
				t.Errorf("%s is read as %s", name, i.Name)
			}
		case saleline.Unknown:
			if !strings.HasPrefix(i.Why, name+" needs ") || i.Hint == "" {
				t.Errorf("%s alone does not say how it is written: %s", name, i.Words())
			}
		}
	}
}

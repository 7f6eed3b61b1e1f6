package saleline

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"wicket/boxoffice"
)

// verb is a command and how what stands behind it is read.
type verb struct {
	name, form, meaning string
	aliases             []string
	example             string
	// take reads the arguments into the command; nil where there are none.
	take func(p *parser, c *Command, args []word) *trouble
}

// verbs are in the order a help screen shows them. They are set when the program
// starts, because the parser they call reads them.
var verbs []verb

func init() {
	verbs = []verb{
		{name: "help", form: "help [topic]", meaning: "the keys and words that work now", aliases: []string{"?"}, take: takeWho},
		{name: "performances", form: "performances", meaning: "tonight's and the coming performances", aliases: []string{"shows"}},
		{name: "orders", form: "orders [name]", meaning: "the list of orders", example: "orders vidal", take: takeWho},
		{name: "holds", form: "holds [name]", meaning: "what is kept for somebody", take: takeWho},
		{name: "find", form: "find name", meaning: "orders and holds by a name, telephone or number", example: "find 4711", take: needWho("a name")},
		{name: "pickup", form: "pickup name | #order", meaning: "hand out paid tickets", example: "pickup vidal", take: takePickup},

		{name: "park", form: "park [label]", meaning: "put the basket aside, its places kept", example: "park red hat", take: takeWho},
		{name: "parked", form: "parked", meaning: "the baskets put aside"},
		{name: "resume", form: "resume [number | label]", meaning: "take a parked basket back", example: "resume 2", take: takeResume},
		{name: "give", form: "give name", meaning: "hand the basket to a colleague", example: "give ben", take: needWho("a colleague's name")},
		{name: "hold", form: "hold name [until time]", meaning: "keep the basket's places for somebody until a set time", example: "hold Vidal until tomorrow 18:00", take: takeHold},
		{name: "type", form: "type code [places]", meaning: "change the price type of the basket, or of places in it", example: "type c stalls B12", take: takeType},
		{name: "pay", form: "pay", meaning: "pay for the basket", aliases: []string{"cash"}},
		{name: "renew", form: "renew", meaning: "give the basket its full time again"},
		{name: "drop", form: "drop", meaning: "give the basket's places back"},
		{name: "retry", form: "retry", meaning: "try again what failed last"},

		{name: "void", form: "void #order", meaning: "undo a sale of this shift", example: "void #1042", take: takeOrder},
		{name: "refund", form: "refund #order", meaning: "give money back for a sale", example: "refund #1042", take: takeOrder},
		{name: "reprint", form: "reprint #order", meaning: "new paper for the same tickets", example: "reprint #1042", take: takeOrder},

		{name: "block", form: "block code [places] [until time]", meaning: "keep places back for the house", example: "block H stalls B12-15", take: takeBlock},
		{name: "unblock", form: "unblock [places]", meaning: "give blocked places to open sale", example: "unblock stalls B12-15", take: takePlaces},
		{name: "kill", form: "kill [places] [reason]", meaning: "take places out of capacity", example: "kill stalls B12 broken chair", take: takePlaces},
		{name: "revive", form: "revive [places]", meaning: "put killed places back", example: "revive stalls B12", take: takePlaces},
		{name: "stop", form: "stop [reason]", meaning: "stop sales of this performance", example: "stop lift is out", take: takeReason},
		{name: "open", form: "open", meaning: "open sales of this performance"},
		{name: "cancel", form: "cancel [reason | #order]", meaning: "cancel this performance, or tickets of an order; it asks first", example: "cancel the tenor is ill", take: takeCancel},

		{name: "drawer", form: "drawer", meaning: "the cash drawer and the shift"},
		{name: "paidin", form: "paidin amount reason", meaning: "cash into the drawer without a sale", example: "paidin 20.00 change from the bar", take: takeAmount},
		{name: "paidout", form: "paidout amount reason", meaning: "cash out of the drawer without a sale", example: "paidout 5.00 stamps", take: takeAmount},
		{name: "live", form: "live", meaning: "the whole house as it sells"},
		{name: "door", form: "door", meaning: "who has come in"},
		{name: "log", form: "log [text]", meaning: "what happened, newest first", aliases: []string{"journal"}, take: takeWho},
		{name: "tell", form: "tell window|name|all words", meaning: "send a message to a terminal, a person or everybody", example: "tell all the lift is out", take: needWho("who it is for, and the words")},
		{name: "requests", form: "requests", meaning: "what waits for somebody's leave: answer it, or take yours back"},
		{name: "lock", form: "lock", meaning: "lock the screen; the basket stays"},
		{name: "switch", form: "switch", meaning: "let a colleague sit down here; each has their own basket"},
		{name: "quit", form: "quit", meaning: "leave", aliases: []string{"exit", "leave", "logout"}},
	}
}

// Commands returns the names of all commands, in the order of the help.
func Commands() []string {
	names := make([]string, len(verbs))
	for i := range verbs {
		names[i] = verbs[i].name
	}
	return names
}

func verbOf(key string) *verb {
	for i := range verbs {
		if verbs[i].name == key {
			return &verbs[i]
		}
		for _, alias := range verbs[i].aliases {
			if alias == key {
				return &verbs[i]
			}
		}
	}
	return nil
}

// command reads the line as v.
func (p *parser) command(v *verb) Intent {
	c := Command{Name: v.name, Section: -1}
	args := p.words[1:]
	if len(args) > 0 {
		c.Args = from(p.line, args[0])
	}
	if v.take != nil {
		if t := v.take(p, &c, args); t != nil {
			return t.intent()
		}
	}
	if v.name == "find" {
		return Find{words: words("find «" + c.Who + "»"), Name: c.Who}
	}
	c.words = words(v.name + " · " + v.meaning)
	if said := p.commandWords(c); said != "" {
		c.words = words(v.name + " " + said)
	}
	return c
}

// commandWords says the arguments that were understood.
func (p *parser) commandWords(c Command) string {
	var said []string
	add := func(format string, args ...any) { said = append(said, fmt.Sprintf(format, args...)) }
	if c.Code != "" {
		add("%s (%s)", c.Code, c.Code.Words())
	}
	if c.Type.Code != "" {
		add("%s", c.Type.Name)
	}
	if len(c.Places) > 0 {
		add("%s", p.placesWords(c.Places))
	}
	if c.Count > 0 {
		add("%d %s", c.Count, p.ctx.Plan.Sections[c.Section].Name)
	}
	pointed := len(c.Places) == 0 && c.Count == 0
	switch c.Name {
	case "block", "unblock", "kill", "revive":
		if pointed {
			add("what the cursor points at")
		}
	case "type":
		if pointed {
			add("the whole basket")
		}
	}
	if c.Order != 0 {
		add("order %d", c.Order)
	}
	if c.Number != 0 {
		add("%d", c.Number)
	}
	if c.Amount != 0 {
		add("%s", p.ctx.Currency.Format(c.Amount))
	}
	if c.Who != "" && c.Order == 0 && c.Number == 0 {
		add("«%s»", c.Who)
	}
	if !c.Until.IsZero() {
		add("until %s", p.ctx.whenWords(c.Until))
	}
	if c.Reason != "" {
		add("«%s»", c.Reason)
	}
	return strings.Join(said, " · ")
}

// needs says what stands behind the command.
func (p *parser) needs(c *Command, what string) *trouble {
	v := verbOf(c.Name)
	return &trouble{why: fmt.Sprintf("%s needs %s", v.name, what), at: utf8.RuneCountInString(p.line), hint: p.exampleOf(v)}
}

// exampleOf returns the command's example where it makes sense in this house.
func (p *parser) exampleOf(v *verb) string {
	if v.example == "" {
		return ""
	}
	if _, bad := Parse(v.example, p.ctx).(Unknown); bad {
		return ""
	}
	return v.example
}

// blockCode reads one letter.
func blockCode(w word) (boxoffice.BlockCode, bool) {
	code := boxoffice.BlockCode(strings.ToUpper(w.key))
	return code, code.Check() == nil && code != boxoffice.KillCode
}

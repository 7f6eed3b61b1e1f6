package saleline

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"wicket/boxoffice"
)

func takeWho(p *parser, c *Command, args []word) *trouble {
	c.Who = c.Args
	return nil
}

func needWho(what string) func(*parser, *Command, []word) *trouble {
	return func(p *parser, c *Command, args []word) *trouble {
		if len(args) == 0 {
			return p.needs(c, what)
		}
		c.Who = c.Args
		return nil
	}
}

func takeReason(p *parser, c *Command, args []word) *trouble {
	c.Reason = c.Args
	return nil
}

// takeCancel reads what is cancelled: an order, or the performance on screen and why.
func takeCancel(p *parser, c *Command, args []word) *trouble {
	if len(args) > 0 && strings.HasPrefix(args[0].key, "#") {
		return takeOrder(p, c, args)
	}
	return takeReason(p, c, args)
}

func takePickup(p *parser, c *Command, args []word) *trouble {
	if len(args) == 1 && strings.HasPrefix(args[0].key, "#") {
		c.Who = c.Args
		return takeOrder(p, c, args)
	}
	return needWho("a name or an order")(p, c, args)
}

func takeOrder(p *parser, c *Command, args []word) (t *trouble) {
	switch len(args) {
	case 0:
		return p.needs(c, "an order")
	case 1:
		c.Order, t = p.orderID(args[0])
		return t
	}
	return &trouble{why: c.Name + " takes one order", at: args[1].at, hint: c.Name + " " + args[0].text}
}

func takeResume(p *parser, c *Command, args []word) *trouble {
	if len(args) == 1 && digits(args[0].key) {
		if c.Number = number(args[0].key); c.Number < 1 {
			return &trouble{why: "parked baskets are counted from 1", at: args[0].at, hint: "resume 1"}
		}
	}
	return takeWho(p, c, args)
}

func takeHold(p *parser, c *Command, args []word) *trouble {
	if len(args) == 0 {
		return p.needs(c, "a name, and a time to keep it until")
	}
	until, used, t := p.until(args)
	if t != nil {
		return t
	}
	if used == len(args) {
		return p.needs(c, "a name before the time")
	}
	if last := args[len(args)-1].key; used == 0 && len(args) > 1 && (last == "until" || last == "till") {
		return p.needs(c, "a time behind until")
	}
	c.Until = until
	c.Who = c.Args
	if used > 0 {
		w := args[len(args)-used]
		c.Who = strings.TrimRight(c.Args[:len(c.Args)-len(from(p.line, w))], " ,;+")
	}
	return nil
}

func takeAmount(p *parser, c *Command, args []word) *trouble {
	if len(args) == 0 {
		return p.needs(c, "an amount and a reason")
	}
	// A comma may stand inside an amount.
	text, rest, _ := strings.Cut(c.Args, " ")
	amount, err := p.ctx.Currency.Parse(text)
	switch {
	case err != nil:
		return &trouble{why: err.Error(), at: args[0].at}
	case amount == 0:
		return p.needs(c, "an amount")
	case rest == "":
		return &trouble{why: c.Name + " needs a reason behind the amount", at: utf8.RuneCountInString(p.line)}
	}
	c.Amount, c.Reason = amount, rest
	return nil
}

func takeType(p *parser, c *Command, args []word) *trouble {
	if len(args) == 0 {
		return p.needs(c, "a price code")
	}
	t, ok := p.ctx.code(args[0].key)
	if !ok {
		return p.noCode(args[0], args[0].key, args[0].at)
	}
	c.Type = t
	if len(args) == 1 {
		return nil
	}
	return takePlaces(p, c, args[1:])
}

func takeBlock(p *parser, c *Command, args []word) *trouble {
	if len(args) == 0 {
		return p.needs(c, "a code and places")
	}
	code, ok := blockCode(args[0])
	if !ok {
		t := &trouble{why: "block needs a code of one letter first: H house, P promoter, M media, T technical", at: args[0].at}
		last := args[len(args)-1]
		if _, behind := blockCode(last); behind {
			t.hint = "block " + strings.ToUpper(last.text)
			for _, w := range args[:len(args)-1] {
				t.hint += " " + w.text
			}
		} else if len(args[0].key) > 1 {
			t.hint = p.instead(args[0], "H "+args[0].text)
		} else if args[0].key == "x" {
			t.why = "X is for killed places"
			t.hint = strings.TrimSpace("kill " + strings.TrimPrefix(c.Args[1:], " "))
		}
		return t
	}
	c.Code = code
	args = args[1:]
	for i, w := range args {
		if w.key != "until" && w.key != "till" {
			continue
		}
		until, used, t := p.until(args)
		if t == nil && used != len(args)-i {
			t = &trouble{why: "until needs a time, like 19:30", at: w.at}
		}
		if t != nil {
			return t
		}
		c.Until, args = until, args[:i]
		break
	}
	return takePlaces(p, c, args)
}

// takePlaces reads places, or so many of a GA section, and behind «kill» a
// reason. Without any it is what the cursor points at.
func takePlaces(p *parser, c *Command, args []word) *trouble {
	if len(args) == 0 {
		return nil
	}
	s, used, t := p.read(args)
	if t != nil && t.strange && c.Name == "kill" && used > 0 {
		c.Reason, t = from(p.line, args[used]), nil
	}
	if t == nil {
		c.Places, t = p.resolve(s)
	}
	switch {
	case t != nil:
		return t
	case len(s.lone) > 0:
		return &trouble{why: fmt.Sprintf("a price code has no meaning behind %s", c.Name), at: args[0].at}
	case len(c.Places) > 0 && len(s.parties) == 0:
		c.Section = p.sectionOf(c.Places)
		return nil
	case len(s.parties) == 1 && s.parties[0].Type.ID == p.ctx.defaultType().ID && len(c.Places) == 0 && s.section >= 0 && c.Name != "type" && s.wheels == 0 &&
		p.ctx.Plan.Sections[s.section].Admission == boxoffice.GeneralAdmission:
		c.Count, c.Section = s.parties[0].Count, s.section
		return nil
	}
	return &trouble{why: c.Name + " needs places, or so many of a section without seats", at: args[0].at, hint: p.exampleOf(verbOf(c.Name))}
}

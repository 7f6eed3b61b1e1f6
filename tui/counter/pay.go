package counter

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
)

// maxNotes is how many suggestions a payment makes.
const maxNotes = 4

// suggestion is an amount somebody may well give, and the digit that means it.
type suggestion struct {
	digit  rune
	amount boxoffice.Money
}

// suggestions returns what is likely given for a total: the next round amounts
// above it, each with a first digit of its own, smallest first.
func suggestions(total boxoffice.Money) []suggestion {
	var amounts []boxoffice.Money
	for power := boxoffice.Money(1); power <= total*10 && power < 1e12; power *= 10 {
		for _, n := range []boxoffice.Money{1, 2, 5} {
			note := n * power
			if note*10 < total || note > total*5/2 {
				continue // too small to round to, or more than anybody gives
			}
			amounts = append(amounts, (total/note+1)*note)
		}
	}
	slices.Sort(amounts)
	var out []suggestion
	for _, a := range slices.Compact(amounts) {
		s := suggestion{firstDigit(a), a}
		known := slices.ContainsFunc(out, func(o suggestion) bool { return o.digit == s.digit })
		if !known && len(out) < maxNotes {
			out = append(out, s)
		}
	}
	return out
}

func firstDigit(m boxoffice.Money) rune {
	for m >= 10 {
		m /= 10
	}
	return '0' + rune(m)
}

// amount reads the payment's line: nothing is the exact total, one digit a
// suggestion, anything else the amount that was given.
func (c *Counter) amount() (boxoffice.Money, error) {
	typed, total := c.given.Value(), c.basket.Total
	if typed == "" {
		return total, nil
	}
	if utf8.RuneCountInString(typed) == 1 {
		for _, s := range suggestions(total) {
			if string(s.digit) == typed {
				return s.amount, nil
			}
		}
	}
	return c.desk.House.Currency.Parse(typed)
}

// payWords says what Enter does in a payment.
func (c *Counter) payWords() string {
	return "sell " + screen.Count(len(c.basket.Lines), "ticket")
}

// pays reports whether Enter sells now: what is given suffices.
func (c *Counter) pays() bool {
	l, _ := c.payPreview()
	return l != failed
}

// payPreview says what Enter would do in a payment.
func (c *Counter) payPreview() (level, string) {
	given, err := c.amount()
	cur := c.desk.House.Currency
	if _, no := boxoffice.SpellBarcode(c.given.Value()); no == nil {
		return failed, notAmount
	}
	if err != nil {
		return failed, screen.Explain(err)
	}
	if _, err := boxoffice.PayCash(c.basket.Total, given, cur); err != nil {
		return failed, screen.Explain(err)
	}
	enter := c.desk.Theme.Glyphs.Enter + " sells " + screen.Count(len(c.basket.Lines), "ticket") + "."
	if given == c.basket.Total {
		return told, "Exact, " + cur.Format(given) + ". " + enter
	}
	return told, "Change " + cur.Format(given-c.basket.Total) + " of " + cur.Format(given) + ". " + enter
}

func (c *Counter) payKey(k tea.KeyMsg) tea.Cmd {
	switch k.Type {
	case tea.KeyEnter:
		return c.sell()
	case tea.KeyEsc:
		if c.given.Empty() {
			c.stage = choosing
			c.refresh()
		} else {
			c.given.Set("")
		}
		return nil
	case tea.KeyUp, tea.KeyDown:
		return nil
	}
	screen.Edit(c.given, k)
	return nil
}

// sell sells the basket for the cash given, for the total that is on screen.
func (c *Counter) sell() tea.Cmd {
	given, err := c.amount()
	if err == nil {
		_, err = boxoffice.PayCash(c.basket.Total, given, c.desk.House.Currency)
	}
	if _, no := boxoffice.SpellBarcode(c.given.Value()); no == nil {
		code := c.given.Value()
		c.given.Set("")
		return c.scan(code) // one that was typed
	}
	if err != nil {
		c.desk.Flush()
		c.say(failed, screen.Explain(err))
		return nil
	}
	office, by, expect, sold := c.desk.Office, c.desk.Actor, c.basket.Total, c.basketWords()
	return c.act(func(ctx context.Context, cmd boxoffice.CommandID) (func() tea.Cmd, error) {
		sale, err := office.SellCash(ctx, cmd, by, expect, given)
		return func() tea.Cmd {
			c.stage, c.sale, c.sold = paid, sale, sold
			c.given.Set("")
			c.choice = choice{}
			return nil
		}, err
	}, func(err error) tea.Cmd {
		if !c.basket.Empty() {
			c.stage = paying
		}
		c.say(failed, screen.Explain(err))
		return nil
	})
}

// basketWords says what is in the basket: «Macbeth B12 B13».
func (c *Counter) basketWords() string {
	var said []string
	for _, g := range c.groups() {
		said = append(said, strings.Replace(g.words(), ":", "", 1))
	}
	return strings.Join(said, ", ")
}

// amountOf returns what picks come to, tax in, and false where one has no price.
func (c *Counter) amountOf(picks []boxoffice.Pick) (boxoffice.Money, bool) {
	pic := c.picture
	lines := make([]boxoffice.Taxed, 0, len(picks))
	var sum boxoffice.Money
	for _, p := range picks {
		typ := p.Type
		if typ == 0 {
			typ = pic.Prices.Default().ID
		}
		place, ok := pic.Plan.Place(p.Place)
		if !ok {
			return 0, false
		}
		price, err := pic.Prices.Price(place.Zone, typ)
		if err != nil {
			return 0, false
		}
		sum += price
		lines = append(lines, boxoffice.Taxed{Amount: price, PPM: pic.Performance.TaxPPM, Included: pic.Performance.TaxIncluded})
	}
	if !pic.Performance.TaxIncluded {
		for _, tax := range boxoffice.Taxes(lines) {
			sum += tax
		}
	}
	return sum, true
}

// soldWords says in so many cells what the last sale was. The places give way to what it
// came to, and to its number.
func (c *Counter) soldWords(room int) string {
	head := "Sold " + screen.Count(c.sale.Tickets, "ticket") + ", "
	tail := ", " + c.desk.Money(c.sale.Total) + ", order " + itoa(int(c.sale.Order)) + "."
	return head + boxoffice.Shorten(c.sold, max(1, min(60, room-boxoffice.Width(head+tail)))) + tail
}

package setup

import (
	"fmt"
	"strings"

	"wicket/boxoffice"
)

// step is one question.
type step struct {
	title, why string
	name       string // of the answer in the summary; empty: it is not shown
	secret     bool
	again      bool     // asks for the answer before a second time
	start      string   // what stands in the line at first
	choices    []string // what may be answered; nil: it is typed
	// take checks the answer and keeps it.
	take func(a *Answer, typed string) error
	// said is the answer as the summary shows it.
	said func(a *Answer) string
}

// How many digits a PIN has; none at all is allowed, too.
const (
	leastPIN = 4
	mostPIN  = 12
)

// What a house may begin with.
const (
	beginExample = "a small hall of 200 seats with a show tonight, to sell at once"
	beginNothing = "nothing yet; I have a seating plan and shows of my own"
)

func questions(currency, zone string) []step {
	said := func(s string) error { return &boxoffice.InvalidError{Words: s} }
	return []step{
		{
			name: "House", title: "What is the house called?", why: "It stands on every screen and every ticket.",
			take: func(a *Answer, typed string) error {
				if typed == "" {
					return said("the house needs a name")
				}
				a.House.Name = typed
				return nil
			},
			said: func(a *Answer) string { return a.House.Name },
		},
		{
			name: "Currency", title: "In which currency does it sell?", why: "Three letters, like EUR. It cannot be changed once something was sold.", start: currency,
			take: func(a *Answer, typed string) (err error) {
				a.House.Currency, err = boxoffice.ParseCurrency(typed)
				return err
			},
			said: func(a *Answer) string { return a.House.Currency.Code },
		},
		{
			name: "Time zone", title: "In which time zone does it stand?", why: "Like Europe/Madrid. All times are shown in it.", start: zone,
			take: func(a *Answer, typed string) error {
				a.House.TimeZone = typed
				return a.House.Check()
			},
			said: func(a *Answer) string { return a.House.TimeZone },
		},
		{
			name: "Manager", title: "Who is its first manager?", why: "A manager may do everything, and takes others on.",
			take: func(a *Answer, typed string) error {
				if typed == "" {
					return said("somebody has to manage the house")
				}
				a.Manager = typed
				return nil
			},
			said: func(a *Answer) string { return a.Manager },
		},
		{
			name: "PIN", title: "A PIN for the manager", why: "4 to 12 digits. Without one the name alone signs in.", secret: true,
			take: func(a *Answer, typed string) error {
				if n := len(typed); n > 0 && (n < leastPIN || n > mostPIN || strings.Trim(typed, "0123456789") != "") {
					return said(fmt.Sprintf("a PIN is %d to %d digits", leastPIN, mostPIN))
				}
				a.PIN = typed
				return nil
			},
			said: func(a *Answer) string {
				if a.PIN == "" {
					return "none"
				}
				return strings.Repeat("*", len(a.PIN))
			},
		},
		{
			title: "The same PIN again", why: "So that no slip of a finger locks the house.", secret: true, again: true,
			take: func(a *Answer, typed string) error {
				if typed != a.PIN {
					return said("that is another PIN: go back with esc, or type it again")
				}
				return nil
			},
		},
		{
			name: "Begins with", title: "What does it begin with?", why: "More halls and shows can be added at any time.",
			choices: []string{beginExample, beginNothing},
			take: func(a *Answer, typed string) error {
				a.Example = typed == beginExample
				return nil
			},
			said: func(a *Answer) string {
				if a.Example {
					return beginExample
				}
				return beginNothing
			},
		},
	}
}

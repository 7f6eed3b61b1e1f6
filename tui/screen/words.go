package screen

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"wicket/boxoffice"
)

// Money writes an amount without its currency: «48.00».
func (d *Desk) Money(m boxoffice.Money) string { return d.House.Currency.Format(m) }

// TimeOf writes the time of day of an instant in the house: «20:00».
func (d *Desk) TimeOf(t time.Time) string { return t.In(d.Zone).Format("15:04") }

// DayOf writes the day of an instant in the house: «Fri 27 Nov».
func (d *Desk) DayOf(t time.Time) string { return t.In(d.Zone).Format("Mon 2 Jan") }

// When writes an instant as a clerk says it today: the time, with the day where
// it is another.
func (d *Desk) When(t time.Time) string {
	if boxoffice.BusinessDay(t, d.Zone) == boxoffice.BusinessDay(d.Now(), d.Zone) {
		return d.TimeOf(t)
	}
	return d.DayOf(t) + " " + d.TimeOf(t)
}

// Explain says an error as a sentence for a clerk.
func Explain(err error) string {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return "No answer in time. Look at the basket before you try again."
	}
	switch boxoffice.KindOf(err) {
	case boxoffice.KindInternal:
		return "That went wrong inside Wicket: " + Sentence(err.Error())
	case boxoffice.KindStore:
		var store *boxoffice.StoreError
		if errors.As(err, &store) && store.Unknown {
			return Sentence(err.Error()) + " Whether it was done is not known: look at the basket."
		}
		return Sentence(err.Error()) + " Nothing was changed."
	}
	return Sentence(err.Error())
}

// Sentence makes words from anywhere a clean sentence: a capital, a full stop.
func Sentence(words string) string {
	words = boxoffice.Clean(words)
	if words == "" {
		return ""
	}
	r, n := utf8.DecodeRuneInString(words)
	words = string(unicode.ToUpper(r)) + words[n:]
	if !strings.ContainsAny(words[len(words)-1:], ".!?") {
		words += "."
	}
	return words
}

// ascii are the characters of our own words that an ASCII terminal does not have.
var ascii = strings.NewReplacer("·", "-", "–", "-", "…", "~", "«", "\"", "»", "\"", "×", "x", "▸", ">")

// Plain returns our own words as this terminal can show them.
func (d *Desk) Plain(words string) string {
	if d.Theme.Look.ASCII {
		return ascii.Replace(words)
	}
	return words
}

// Count writes a number of things: «1 ticket», «2 tickets».
func Count(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return itoa(n) + " " + one + "s"
}

package setup_test

import (
	"context"
	"io"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/setup"
	"wicket/tui/theme"
	"wicket/tui/tuitest"
)

const w, h = 80, 24

func look() *theme.Theme { return theme.New(io.Discard, theme.Look{Depth: theme.Colours256}) }

// drive types into a model; «↵» is Enter, «⎋» Esc.
func drive(m tea.Model, keys string) {
	var send func(tea.Msg)
	send = func(msg tea.Msg) {
		_, cmd := m.Update(msg)
		if cmd != nil {
			if answer := cmd(); answer != nil {
				if _, quit := answer.(tea.QuitMsg); !quit {
					send(answer)
				}
			}
		}
	}
	send(tea.WindowSizeMsg{Width: w, Height: h})
	for _, r := range keys {
		switch r {
		case '↵':
			send(tea.KeyMsg{Type: tea.KeyEnter})
		case '↑':
			send(tea.KeyMsg{Type: tea.KeyUp})
		case '↓':
			send(tea.KeyMsg{Type: tea.KeyDown})
		case '⎋':
			send(tea.KeyMsg{Type: tea.KeyEsc})
		default:
			send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
		}
	}
}

func TestWizard(t *testing.T) {
	var made []setup.Answer
	m := setup.NewWizard(look(), "/var/lib/wicket/house.db", "EUR", "Europe/Madrid", func(_ context.Context, a setup.Answer) error {
		if made = append(made, a); len(made) == 1 {
			return &boxoffice.StoreError{Words: "the disk is full: free some space"}
		}
		return nil
	})
	drive(m, "")
	tuitest.Screen(t, m.View(), w, h)
	tuitest.Golden(t, "welcome", m.View())
	drive(m, "↵↵Teatro Leal↵↵")
	tuitest.Golden(t, "zone", m.View())
	drive(m, "↵Ana↵12↵")
	tuitest.Golden(t, "pin", m.View())
	drive(m, "1234↵4321↵1234↵")
	tuitest.Screen(t, m.View(), w, h)
	tuitest.Golden(t, "begin", m.View())
	drive(m, "↓↵")
	tuitest.Golden(t, "summary", m.View())
	if _, ok := m.Answer(); ok || len(made) > 0 {
		t.Fatal("it answered before it was told that all is right")
	}
	drive(m, "↵")
	tuitest.Screen(t, m.View(), w, h)
	tuitest.Golden(t, "refused", m.View())
	if _, ok := m.Answer(); ok {
		t.Fatal("it went on without a house")
	}
	if made[0].Example {
		t.Error("nothing was to begin with, and it begins with something")
	}
	drive(m, "⎋↑↵↵")
	if len(made) != 2 || !made[1].Example {
		t.Errorf("asked to make %+v", made)
	}
	a, ok := m.Answer()
	if !ok || a.House.Name != "Teatro Leal" || a.House.Currency.Code != "EUR" || a.House.TimeZone != "Europe/Madrid" || a.Manager != "Ana" || a.PIN != "1234" {
		t.Errorf("it was told %+v", a)
	}
	if strings.Contains(m.View(), "1234") {
		t.Error("the PIN stands on the screen")
	}
}

// TestWizardTakesNoPINThatTheHouseRefuses: what is refused is refused where it is
// typed.
func TestWizardTakesNoPINThatTheHouseRefuses(t *testing.T) {
	m := setup.NewWizard(look(), "house.db", "EUR", "Europe/Madrid", nil)
	drive(m, "↵Leal↵↵↵Ana↵1234567890123↵")
	if !strings.Contains(m.View(), "4 to 12 digits") {
		t.Errorf("13 digits are taken:\n%s", m.View())
	}
}

// TestWizardWaitsWhileTheHouseIsMade: keys do nothing then, and nothing is made
// twice.
func TestWizardWaitsWhileTheHouseIsMade(t *testing.T) {
	m := setup.NewWizard(look(), "house.db", "EUR", "Europe/Madrid", func(context.Context, setup.Answer) error { return nil })
	drive(m, "↵Leal↵↵↵Ana↵↵↵")
	_, first := m.Update(tea.KeyMsg{Type: tea.KeyEnter})
	if first == nil || !strings.Contains(m.View(), "Making the house") {
		t.Fatalf("it does not make the house:\n%s", m.View())
	}
	for _, k := range []tea.KeyType{tea.KeyEnter, tea.KeyEsc, tea.KeyCtrlC} {
		if _, cmd := m.Update(tea.KeyMsg{Type: k}); cmd != nil {
			t.Errorf("%s does something", k)
		}
	}
}

func TestWizardGoesBackAndLeaves(t *testing.T) {
	m := setup.NewWizard(look(), "house.db", "EUR", "Europe/Madrid", nil)
	drive(m, "↵Leal↵⎋⎋d")
	if a, ok := m.Answer(); !ok || !a.Demo {
		t.Error("no demo")
	}
	m = setup.NewWizard(look(), "house.db", "EUR", "Europe/Madrid", nil)
	drive(m, "⎋")
	if _, ok := m.Answer(); ok {
		t.Error("leaving answers")
	}
}

func TestSignIn(t *testing.T) {
	check := func(_ context.Context, name, pin string) (boxoffice.Staff, error) {
		if name == "Ana" && pin == "1234" || name == "Eva" && pin == "" {
			return boxoffice.Staff{ID: 1, Name: name}, nil
		}
		return boxoffice.Staff{}, &boxoffice.InvalidError{Words: "that is not the right name and PIN"}
	}
	staff := []boxoffice.Staff{
		{ID: 1, Name: "Ana", Role: boxoffice.Manager, PIN: "hash", Active: true},
		{ID: 2, Name: "Ben\x1b[2J", Role: boxoffice.Clerk, PIN: "hash", Active: true},
		{ID: 3, Name: "Eva", Role: boxoffice.Clerk, Active: true},
		{ID: 4, Name: "Gone", Role: boxoffice.Clerk},
	}
	m := setup.NewSignIn(look(), "Teatro Leal", staff, check)
	drive(m, "")
	tuitest.Screen(t, m.View(), w, h)
	tuitest.Golden(t, "people", m.View())
	drive(m, "an↵99↵")
	tuitest.Golden(t, "wrong", m.View())
	drive(m, "1234↵")
	if in, ok := m.Staff(); !ok || in.Name != "Ana" {
		t.Errorf("signed in %+v", in)
	}
	m = setup.NewSignIn(look(), "Teatro Leal", staff, check)
	drive(m, "ev↵")
	if in, ok := m.Staff(); !ok || in.Name != "Eva" {
		t.Errorf("without a PIN: %+v", in)
	}
}

// TestHostileNamesAtTheDoor: neither the house's name nor the people's break the
// screens that come before the counter.
func TestHostileNamesAtTheDoor(t *testing.T) {
	for _, evil := range []string{
		"\x1b[2J\x1b]52;c;eA==\a", "a\u009b31m\x9b31m\xc3\x1b[31m", "\u202eabc\u2066\u200b\U000e0041", "one\r\ntwo\u2028three\b\b",
		strings.Repeat("東京", 60), "Z" + strings.Repeat("\u0301\u0489", 200), strings.Repeat("endless", 500),
	} {
		staff := []boxoffice.Staff{{ID: 1, Name: "Ana" + evil, Role: boxoffice.Manager, PIN: "hash", Active: true}, {ID: 2, Name: evil, Role: boxoffice.Role(evil), Active: true}}
		check := func(context.Context, string, string) (boxoffice.Staff, error) {
			return boxoffice.Staff{}, &boxoffice.InvalidError{Words: "no " + evil}
		}
		in := setup.NewSignIn(look(), evil, staff, check)
		for _, keys := range []string{"", "an", "↵", "99↵"} {
			drive(in, keys)
			tuitest.Screen(t, in.View(), w, h)
		}
	}
}

// TestAScanIsNoPIN: a ticket that is scanned is tried neither as a name nor as a
// PIN.
func TestAScanIsNoPIN(t *testing.T) {
	tried := 0
	check := func(context.Context, string, string) (boxoffice.Staff, error) {
		tried++
		return boxoffice.Staff{}, &boxoffice.InvalidError{Words: "that is not the right name and PIN"}
	}
	m := setup.NewSignIn(look(), "Teatro Leal", []boxoffice.Staff{{ID: 1, Name: "Ana", PIN: "hash", Active: true}}, check)
	drive(m, "T0000F2801AG78PWRP↵")
	if view := m.View(); !strings.Contains(view, "Ana") || strings.Contains(view, "T0000") {
		t.Errorf("the scan filters the names:\n%s", view)
	}
	drive(m, "an↵]Q1T0000F2801AG78PWRP↵")
	if tried != 0 || !strings.Contains(m.View(), "That is a ticket's barcode, not a PIN.") {
		t.Errorf("tried %d times:\n%s", tried, m.View())
	}
	drive(m, "1234↵")
	if tried != 1 {
		t.Errorf("tried %d times", tried)
	}
}

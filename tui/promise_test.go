package tui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// TestTheOrderNumberIsNeverCut: of a sale of many places the places give way.
func TestTheOrderNumberIsNeverCut(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("B7-14\r", "4a\r", "\r", "1000\r")
	d.has("✓ Sold 12 tickets, Macbeth B7", "…, ", ", order 1042.")
}

// TestTheLinePromisesNothingOfAnEmptyBasket, before Enter.
func TestTheLinePromisesNothingOfAnEmptyBasket(t *testing.T) {
	d := openAt(t, 80, 24)
	for _, line := range []string{"park wait", "hold Vidal", "give Ben", "pay"} {
		d.press(line)
		d.has("✗ The basket is empty: take places first.", "⏎ nothing yet")
		d.press("esc")
	}
}

// TestEscTwiceInOneRead is Esc twice: a slow line brings both at once, which Bubble Tea
// takes for one key with alt.
func TestEscTwiceInOneRead(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("f3", "nobody")
	d.has("Orders", "esc all orders")
	d.send(tea.KeyMsg{Type: tea.KeyEsc, Alt: true})
	d.has("S T A G E")
}

package saleline_test

import (
	"strings"
	"testing"

	"wicket/tui/saleline"
)

// TestCompleteWhoIsTold: names have spaces, and end where the words begin.
func TestCompleteWhoIsTold(t *testing.T) {
	ctx := houses()["theatre"]
	ctx.Addressees = []string{"all", "window 1", "window 12", "ssh 1", "Marta Silva", "Ámbar"}
	for text, want := range map[string][2]string{
		"tell ":            {"tell ", "all|window 1|window 12|ssh 1|Marta Silva|Ámbar"},
		"tell w":           {"tell window 1", "window 1|window 12"},
		"tell window ":     {"tell window 1", "window 1|window 12"},
		"tell Window 12":   {"tell window 12 ", "window 12"},
		"tell mar":         {"tell Marta Silva ", "Marta Silva"},
		"tell marta s":     {"tell Marta Silva ", "Marta Silva"},
		"TELL am":          {"TELL Ámbar ", "Ámbar"},
		"tell window 12 s": {"tell window 12 s", ""},
		"tell all st":      {"tell all st", ""},
		"tell x":           {"tell x", ""},
	} {
		completed, candidates := saleline.Complete(text, ctx)
		if got := strings.Join(candidates, "|"); completed != want[0] || got != want[1] {
			t.Errorf("«%s» becomes «%s» of %s, want «%s» of %s", text, completed, got, want[0], want[1])
		}
	}
}

func TestComplete(t *testing.T) {
	all := houses()
	for _, c := range []struct{ house, text, completed, candidates string }{
		{"theatre", "", "", ""},
		{"theatre", "ord", "orders ", "orders"},
		{"theatre", "ORD", "orders ", "orders"},
		{"theatre", "pa", "pa", "park|parked|pay|paidin|paidout"},
		{"theatre", "paid", "paid", "paidin|paidout"},
		{"theatre", "qu", "quit", "quit"},
		{"theatre", "sta", "Stalls ", "Stalls"},
		{"theatre", "2a st", "2a Stalls ", "Stalls"},
		{"theatre", "2a ", "2a ", "Stalls|Circle|Boxes|Floor|z1|z2|z3"},
		{"theatre", "2a z", "2a z", "z1|z2|z3"},
		{"theatre", "2", "2", "2a|2c|2s|2st"},
		{"theatre", "2a1", "2a1", "2a1a|2a1c|2a1s|2a1st"},
		{"theatre", "2s", "2s", "2s|2st"},
		{"theatre", "2st", "2st ", "2st"},
		{"theatre", "macb", "Macbeth", "Macbeth"},
		{"theatre", "12 an", "12 Angry Men", "12 Angry Men"},
		{"theatre", "comed", "Comed", "Comedy Night|Comedians"},
		{"theatre", "stalls K2", "stalls K2", "K2|K20|K21|K22|K23|K24"},
		{"theatre", "K20-", "K20-2", "K20-21|K20-22|K20-23|K20-24"},
		{"theatre", "circle B1", "circle B1", "B1|B10|B11|B12|B13|B14|B15|B16"},
		{"theatre", "5", "5", "5a|5c|5s|5st"},
		{"theatre", "5-", "5-", "5-1|5-2|5-3|5-4"},
		{"theatre", "aa", "aa", "aa1|aa2|aa3|aa4|aa5|aa6|aa7|aa8|aa9|aa10"},
		{"theatre", "block ", "block ", "H|P|M|T"},
		{"theatre", "block h", "block H ", "H"},
		{"theatre", "block H cir", "block H Circle ", "Circle"},
		{"theatre", "type c circle A16", "type c circle A16", "A16"},
		{"theatre", "help bl", "help block ", "block"},
		{"theatre", "hold vid", "hold vid", ""},
		{"theatre", "xyzzy", "xyzzy", ""},
		{"paraninfo", "2 patio de", "2 Patio de Butacas ", "Patio de Butacas"},
		{"paraninfo", "2 pal", "2 Palco", "Palco Bajo|Palco Alto"},
		{"paraninfo", "2 palco b", "2 Palco Bajo ", "Palco Bajo"},
		{"paraninfo", "palco alto odd", "palco alto odd-", "odd-1|odd-3|odd-5|odd-7"},
		{"arena", "galeria", "Galería ", "Galería"},
		{"none", "2a ", "2a ", ""},
		{"none", "hel", "help ", "help"},
	} {
		completed, candidates := saleline.Complete(c.text, all[c.house])
		if completed != c.completed || strings.Join(candidates, "|") != c.candidates {
			t.Errorf("%s: «%s» completes to «%s» (%s), want «%s» (%s)", c.house, c.text, completed, strings.Join(candidates, "|"), c.completed, c.candidates)
		}
	}
}

package sqlite

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wicket/boxoffice"
)

// TestAnswersComeBackAsTheyWere keeps answers of every shape, the words of the short
// form among their texts.
func TestAnswersComeBackAsTheyWere(t *testing.T) {
	a := newAnswers()
	if len(answerCodes) != len(answerWords) {
		t.Fatalf("%d codes for %d words", len(answerCodes), len(answerWords))
	}
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom(answerWords[:]), rapid.StringMatching("[\x00-\x1f\"\\\\{,:]*"))
	rapid.Check(t, func(t *rapid.T) {
		taken := boxoffice.Taken{Performance: boxoffice.PerformanceID(rapid.Int64().Draw(t, "performance")), Why: text.Draw(t, "why")}
		for range rapid.IntRange(0, 4).Draw(t, "picks") {
			taken.Picks = append(taken.Picks, boxoffice.Pick{Place: boxoffice.PlaceNo(rapid.Int32().Draw(t, "place")), Type: boxoffice.PriceTypeID(rapid.Int64().Draw(t, "type"))})
		}
		for range rapid.IntRange(0, 3).Draw(t, "others") {
			taken.Others = append(taken.Others, boxoffice.Offer{Places: []boxoffice.PlaceNo{1, 2}, Why: text.Draw(t, "other")})
		}
		sale := boxoffice.Sale{Order: 1001, Total: 4800, Change: boxoffice.Money(rapid.Int64Range(0, 2).Draw(t, "change")), Tickets: 2}
		for _, answer := range []any{taken, sale, text.Draw(t, "text"), map[string]string{text.Draw(t, "key"): text.Draw(t, "value")}} {
			kept, err := a.write(answer)
			if err != nil {
				t.Fatal(err)
			}
			want, _ := json.Marshal(answer)
			var got json.RawMessage
			if err := a.read(kept, &got); err != nil || string(got) != string(want) {
				t.Fatalf("%s came back as %s, %v", want, got, err)
			}
			if err := a.read(string(want), &got); err != nil || string(got) != string(want) {
				t.Fatalf("%s, kept at length, came back as %s, %v", want, got, err)
			}
		}
	})
	kept, err := a.write(boxoffice.Taken{Performance: 1, Picks: []boxoffice.Pick{{Place: 11, Type: 1}, {Place: 12, Type: 1}}})
	if err != nil || strings.Contains(kept, `"`) || len(kept) > 24 {
		t.Errorf("two places take %d bytes: %q, %v", len(kept), kept, err)
	}
}

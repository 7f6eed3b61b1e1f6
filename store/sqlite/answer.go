package sqlite

import (
	"encoding/json"
	"fmt"
	"strings"

	"wicket/boxoffice"
)

// answerWords are what the kept answers of a sale are made of. Each is kept as one
// control character, which JSON itself never has: 4 is the first, and 9 to 13 are left
// out. A word keeps its place for ever, since answers are kept for ever.
var answerWords = [...]string{
	`{"Performance":`, `,"Picks":[`, `{"Place":`, `,"Type":`, `],"Why":"","Others":null}`, // 4 to 8
	`{"Order":`, `,"Total":`, `,"Given":`, `,"Change":0,"Tickets":`, `,"Change":`, `,"Tickets":`, // 14 to 19
	`],"Why":"`, `","Others":[{"Places":[`, `"},{"Places":[`, `"}]}`, `","Others":null}`, // 20 to 24
}

// answerCodes are the characters for the words.
const answerCodes = "\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18"

func answerPairs(short bool) []string {
	var pairs []string
	for i, word := range answerWords {
		code := answerCodes[i : i+1]
		if short {
			pairs = append(pairs, word, code)
		} else {
			pairs = append(pairs, code, word)
		}
	}
	return pairs
}

// answers shortens answers to what is kept of them, and brings them back.
type answers struct{ shorten, restore *strings.Replacer }

func newAnswers() answers {
	return answers{strings.NewReplacer(answerPairs(true)...), strings.NewReplacer(answerPairs(false)...)}
}

// write returns what is kept of an answer.
func (a answers) write(answer any) (string, error) {
	text, err := json.Marshal(answer)
	if err != nil {
		return "", fmt.Errorf("keep answer: %w", err)
	}
	return a.shorten.Replace(string(text)), nil
}

// read fills answer with what was kept of it.
func (a answers) read(text string, answer any) error {
	if err := json.Unmarshal([]byte(a.restore.Replace(text)), answer); err != nil {
		return fmt.Errorf("recall answer: %w", err)
	}
	return nil
}

// recall fills answer with what was kept under a command, if it was carried out.
func (w *writer) recall(cmd boxoffice.CommandID, answer any) (known bool, err error) {
	text, known, err := one(w.conn, func(r row) (string, error) { return r.text(0), nil }, "SELECT answer FROM command WHERE id = ?", cmd)
	if err != nil || !known || answer == nil || text == "" {
		return known, err
	}
	return true, w.answers.read(text, answer)
}

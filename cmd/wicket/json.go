package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"
	"unicode"
	"unicode/utf16"
)

// printJSON writes a value as indented JSON with a line end.
func printJSON(w io.Writer, value any) error { return encode(w, value, "  ") }

// printLine writes a value as one line of JSON.
func printLine(w io.Writer, value any) error { return encode(w, value, "") }

func encode(w io.Writer, value any, indent string) error {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	if err := enc.Encode(value); err != nil {
		return err
	}
	_, err := w.Write(escape(text.Bytes()))
	return err
}

// escape writes as \u… what JSON lets stand and a terminal obeys or draws by
// turning what is beside it: output is data, and is looked at, too.
func escape(text []byte) []byte {
	harmless := func(r rune) bool {
		return r == '\n' || !unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp)
	}
	if bytes.IndexFunc(text, func(r rune) bool { return !harmless(r) }) < 0 {
		return text
	}
	var out bytes.Buffer
	for _, r := range string(text) {
		if harmless(r) {
			out.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&out, `\u%04x`, unit)
		}
	}
	return out.Bytes()
}

// stamp writes an instant with the offset of the house's zone; nil for none.
func stamp(t time.Time, zone *time.Location) *string {
	if t.IsZero() {
		return nil
	}
	s := t.In(zone).Format(time.RFC3339)
	return &s
}

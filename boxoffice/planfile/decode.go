package planfile

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// foreign tells files that are something else altogether, in words; empty for
// what may be a plan.
func foreign(data []byte) string {
	text := bytes.TrimSpace(data)
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return "the file is a spreadsheet or an archive (zip)"
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return "the file is an old spreadsheet or document"
	case bytes.HasPrefix(data, []byte("%PDF")):
		return "the file is a PDF"
	case bytes.HasPrefix(text, []byte("<")):
		return "the file is XML, SVG or a web page"
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return ""
	case bytes.IndexByte(data, 0) >= 0:
		return "the file is not text"
	}
	return ""
}

// decode returns the file as UTF-8 without a byte order mark. Spreadsheets also
// save UTF-16 and Windows-1252.
func (r *Report) decode(data []byte) []byte {
	const topic = "another character set"
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		r.note(topic, "", "", "the file is UTF-16", "read as such")
		return fromUTF16(data[2:], 1, 0)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		r.note(topic, "", "", "the file is UTF-16", "read as such")
		return fromUTF16(data[2:], 0, 1)
	}
	if !utf8.Valid(data) {
		r.repair(topic, "", "", "the file is not UTF-8", "read as Windows-1252: look at the accents")
		return fromWindows1252(data)
	}
	return data
}

func fromUTF16(data []byte, high, low int) []byte {
	units := make([]uint16, 0, len(data)/2)
	for ; len(data) >= 2; data = data[2:] {
		units = append(units, uint16(data[high])<<8|uint16(data[low]))
	}
	return []byte(string(utf16.Decode(units)))
}

// windows1252 are the characters of 0x80 to 0x9F; the rest is Latin-1.
const windows1252 = "€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ"

func fromWindows1252(data []byte) []byte {
	table := []rune(windows1252)
	var b strings.Builder
	b.Grow(len(data) + len(data)/8)
	for _, c := range data {
		if c >= 0x80 && c <= 0x9F {
			b.WriteRune(table[c-0x80])
		} else {
			b.WriteRune(rune(c))
		}
	}
	return []byte(b.String())
}

package programmefile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"wicket/boxoffice"
)

// What a file may come to at most.
const (
	MaxBytes        = 1 << 20
	MaxDepth        = 12
	MaxKeys         = 1000 // in one mapping
	MaxPerformances = 5000
)

// Read reads a programme; name is the file's, for what it says. Times are in
// zone, amounts in cur. Where the file is no programme it returns a
// *boxoffice.InvalidError that names the lines; an error of the reader is
// returned wrapped.
func Read(name string, r io.Reader, zone *time.Location, cur boxoffice.Currency) (boxoffice.Programme, error) {
	name = boxoffice.Shorten(boxoffice.Clean(name), 60)
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return boxoffice.Programme{}, fmt.Errorf("read programme %s: %w", name, err)
	}
	if len(data) > MaxBytes {
		return boxoffice.Programme{}, refuse(name, "the file is larger than 1 MiB; check that it is the right file")
	}
	if line := notUTF8(data); line > 0 {
		return boxoffice.Programme{}, refuse(name, lineWords(line)+"the text is not UTF-8; save the file as UTF-8")
	}
	root, at, why := parse(string(bytes.TrimPrefix(data, []byte("\ufeff"))))
	if why != "" {
		return boxoffice.Programme{}, refuse(name, lineWords(at)+why)
	}
	d := &decoder{zone: zone, cur: cur, performances: map[string]int{}, events: map[string]int{}}
	p := d.programme(root)
	if len(d.wrong) > 0 {
		return boxoffice.Programme{}, refuse(name, d.wrong...)
	}
	return p, nil
}

// refuse says what is wrong with a file, the first few things of it.
func refuse(name string, wrong ...string) error {
	const few = 6
	words := "nothing was loaded: " + name + " is no programme: "
	if len(wrong) > 1 {
		words = fmt.Sprintf("nothing was loaded: %s has %d mistakes:\n  ", name, len(wrong))
	}
	if len(wrong) > few {
		wrong = append(wrong[:few:few], fmt.Sprintf("and %d more", len(wrong)-few))
	}
	return &boxoffice.InvalidError{Words: words + strings.Join(wrong, "\n  ")}
}

func lineWords(line int) string {
	if line == 0 {
		return ""
	}
	return fmt.Sprintf("line %d: ", line)
}

// parse returns the root of the file's one document, or why there is none and the
// line where.
func parse(text string) (root ast.Node, line int, why string) {
	tokens := lexer.Tokenize(text)
	if line, why := tooMuch(tokens); why != "" {
		return nil, line, why
	}
	file, err := parseTokens(tokens)
	if err != nil {
		var syntax yaml.Error
		if errors.As(err, &syntax) {
			if t := syntax.GetToken(); t != nil && t.Position != nil {
				line = t.Position.Line
			}
			if tabbed(text, line) {
				return nil, line, "it begins with a tab; YAML wants spaces there"
			}
			return nil, line, "it is not YAML here: " + boxoffice.Shorten(boxoffice.Clean(syntax.GetMessage()), 120)
		}
		return nil, 0, "it is not YAML: " + boxoffice.Shorten(boxoffice.Clean(err.Error()), 120)
	}
	var docs []ast.Node
	for _, doc := range file.Docs {
		if doc.Body != nil {
			docs = append(docs, doc.Body)
		}
	}
	switch len(docs) {
	case 0:
		return nil, 0, "the file is empty"
	case 1:
		return docs[0], 0, ""
	default:
		return nil, lineOf(docs[1]), "a second document begins; put everything under one events"
	}
}

// notUTF8 returns the first line that is not UTF-8, zero if all are.
func notUTF8(data []byte) int {
	if utf8.Valid(data) {
		return 0
	}
	for i, line := range bytes.Split(data, []byte("\n")) {
		if !utf8.Valid(line) {
			return i + 1
		}
	}
	return 0
}

// tabbed reports whether a line is indented with a tab.
func tabbed(text string, line int) bool {
	lines := strings.Split(text, "\n")
	if line < 1 || line > len(lines) {
		return false
	}
	indent := lines[line-1][:len(lines[line-1])-len(strings.TrimLeft(lines[line-1], " \t"))]
	return strings.Contains(indent, "\t")
}

// parseTokens parses; what the parser was not written for is an error like any
// other.
func parseTokens(tokens token.Tokens) (file *ast.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errors.New("the file cannot be parsed")
		}
	}()
	return parser.Parse(tokens, 0)
}

// lineOf returns the line that a node stands on.
func lineOf(n ast.Node) int {
	if n == nil {
		return 0
	}
	if m, ok := n.(*ast.MappingNode); ok && len(m.Values) > 0 {
		n = m.Values[0].Key
	}
	if t := n.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 0
}

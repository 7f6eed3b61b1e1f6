package main_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// house is the root of the module, seen from this package.
const house = "../.."

// A layer is a top-level folder of code and what it may know. An import path
// stands for itself and all below it.
type layer struct {
	ours   []string // folders of this module
	only   []string // if set, the modules outside the standard library it may use
	except []string // what it may not use, the standard library included
}

var (
	terminal = []string{
		"github.com/charmbracelet/bubbletea", "github.com/charmbracelet/bubbles", "github.com/charmbracelet/lipgloss",
		"github.com/charmbracelet/wish", "github.com/charmbracelet/ssh",
	}
	database = []string{"database/sql", "modernc.org", "github.com/jackc/pgx", "github.com/pressly/goose"}
	gateways = []string{"github.com/stripe/stripe-go"}
)

var layers = map[string]layer{
	"boxoffice": {
		ours: []string{"boxoffice"},
		only: []string{
			"github.com/charmbracelet/x/ansi", "github.com/rivo/uniseg", "golang.org/x/text",
			"github.com/goccy/go-yaml", "golang.org/x/crypto/argon2", "github.com/google/uuid",
		},
		except: []string{"database/sql", "net/http", "net/smtp", "os/exec"},
	},
	"store": {ours: []string{"boxoffice", "store"}, except: slices.Concat(terminal, gateways)},
	"sync":  {ours: []string{"boxoffice", "sync"}, except: slices.Concat(terminal, database)},
	"tui":   {ours: []string{"boxoffice", "tui"}, except: slices.Concat(database, gateways)},
	"cmd":   {ours: []string{"boxoffice", "store", "sync", "tui", "cmd"}},
}

// rooms are the only packages that may use these modules.
var rooms = map[string]string{
	"github.com/charmbracelet/wish": "tui/sshd",
	"github.com/charmbracelet/ssh":  "tui/sshd",
	"github.com/stripe/stripe-go":   "sync/payments/stripe",
	"modernc.org/sqlite":            "store/sqlite",
}

// forTests are the modules tests may use in any layer.
var forTests = []string{
	"pgregory.net/rapid", "go.uber.org/goleak", "github.com/rogpeppe/go-internal", "github.com/anishathalye/porcupine",
	"github.com/charmbracelet/x/exp", "github.com/hinshun/vt10x", "github.com/creack/pty", "github.com/hanwen/go-fuse",
}

// source is one Go file of the module.
type source struct {
	name   string // «store/sqlite/open.go»
	layer  string // «store»
	isTest bool
	file   *ast.File
	files  *token.FileSet
}

func (s source) at(p token.Pos) string {
	return fmt.Sprintf("%s:%d", s.name, s.files.Position(p).Line)
}

// within reports whether the import path is one of roots or lies below one.
func within(importPath string, roots ...string) bool {
	return slices.ContainsFunc(roots, func(root string) bool {
		return importPath == root || strings.HasPrefix(importPath, root+"/")
	})
}

// breaches returns what an import of a file breaks, in words; empty if nothing.
func breaches(s source, importPath string) string {
	l, ok := layers[s.layer]
	if !ok {
		return fmt.Sprintf("%s is no layer", s.layer)
	}
	if ours, ok := strings.CutPrefix(importPath, "wicket/"); ok {
		if !within(ours, l.ours...) && !(s.isTest && path.Dir(s.name) == "store/bench" && within(ours, "sync")) { // it measures both together
			return fmt.Sprintf("%s may not know %s", s.layer, ours)
		}
		return ""
	}
	for module, room := range rooms {
		if within(importPath, module) && !within(path.Dir(s.name), room) {
			return fmt.Sprintf("only %s may use %s", room, module)
		}
	}
	if within(importPath, l.except...) {
		return fmt.Sprintf("%s may not use %s", s.layer, importPath)
	}
	first, _, _ := strings.Cut(importPath, "/")
	isModule := strings.Contains(first, ".")
	if isModule && l.only != nil && !within(importPath, l.only...) && !(s.isTest && within(importPath, forTests...)) {
		return fmt.Sprintf("%s is none of the value libraries of %s", importPath, s.layer)
	}
	if !s.isTest && within(importPath, append([]string{"testing"}, forTests...)...) && !strings.HasSuffix(path.Dir(s.name), "test") && !strings.Contains(s.name, "test/") {
		return importPath + " is for tests"
	}
	return ""
}

func TestLayersKnowOnlyWhatTheyMay(t *testing.T) {
	for _, s := range sources(t) {
		for _, spec := range s.file.Imports {
			importPath, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if words := breaches(s, importPath); words != "" {
				t.Errorf("%s: %s", s.at(spec.Pos()), words)
			}
		}
	}
}

func TestLayerRulesCatchBreaches(t *testing.T) {
	for _, c := range []struct {
		name, imports string
		allowed       bool
	}{
		{"boxoffice/ticket.go", "time", true},
		{"boxoffice/text.go", "golang.org/x/text/unicode/norm", true},
		{"boxoffice/text_test.go", "pgregory.net/rapid", true},
		{"boxoffice/text.go", "pgregory.net/rapid", false},
		{"boxoffice/ticket.go", "wicket/store", false},
		{"boxoffice/ticket.go", "database/sql", false},
		{"boxoffice/ticket.go", "net/http", false},
		{"boxoffice/ticket.go", "github.com/charmbracelet/lipgloss", false},
		{"boxoffice/planfile/read.go", "wicket/boxoffice", true},
		{"store/sqlite/open.go", "modernc.org/sqlite", true},
		{"store/sqlite/open.go", "wicket/boxoffice/seating", true},
		{"store/sqlite/open.go", "wicket/sync/live", false},
		{"store/storetest/sell.go", "testing", true},
		{"store/open.go", "modernc.org/sqlite", false},
		{"store/open.go", "wicket/tui", false},
		{"store/bench/picture_test.go", "wicket/sync/live", true},
		{"store/bench/doc.go", "wicket/sync/live", false},
		{"sync/live/feed.go", "wicket/boxoffice", true},
		{"sync/live/feed.go", "wicket/store", false},
		{"sync/live/feed_test.go", "wicket/store", false},
		{"sync/live/feed.go", "wicket/tui/widget", false},
		{"sync/live/feed.go", "database/sql", false},
		{"sync/payments/worker.go", "github.com/stripe/stripe-go/v76", false},
		{"sync/payments/stripe/client.go", "github.com/stripe/stripe-go/v76/client", true},
		{"tui/counter/screen.go", "wicket/tui/widget", true},
		{"tui/counter/screen.go", "wicket/store", false},
		{"tui/counter/screen.go", "wicket/sync/live", false},
		{"tui/counter/screen.go", "database/sql", false},
		{"tui/counter/screen.go", "github.com/charmbracelet/wish", false},
		{"tui/sshd/server.go", "github.com/charmbracelet/wish/logging", true},
		{"cmd/wicket/serve.go", "wicket/store", true},
		{"cmd/wicket/serve.go", "github.com/charmbracelet/wish", false},
		{"tools/gen.go", "fmt", false},
	} {
		words := breaches(source{name: c.name, layer: top(c.name), isTest: strings.HasSuffix(c.name, "_test.go")}, c.imports)
		if c.allowed != (words == "") {
			t.Errorf("%s importing %s: allowed %v, but judged «%s»", c.name, c.imports, c.allowed, words)
		}
	}
}

// TestTimeIsAParameter: what reads the clock cannot be tested by tables; only the
// clock port of the box office reads it.
func TestTimeIsAParameter(t *testing.T) {
	for _, s := range sources(t) {
		if s.isTest || s.layer != "boxoffice" && s.layer != "tui" || s.name == "boxoffice/clock.go" {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				pkg, _ := sel.X.(*ast.Ident)
				if pkg != nil && pkg.Name == "time" && slices.Contains([]string{"Now", "Since", "Until", "Sleep"}, sel.Sel.Name) {
					t.Errorf("%s: time.%s; take the instant as a parameter", s.at(sel.Pos()), sel.Sel.Name)
				}
			}
			return true
		})
	}
}

// sqlClock matches the ways SQL has of reading its own clock.
var sqlClock = regexp.MustCompile(`(?i)datetime\('now|\bcurrent_(timestamp|date|time)\b|unixepoch\(|strftime\(|julianday\(|\b(clock_timestamp|now)\(\)`)

// TestStoreHasNoClockInSQL: the database's clock is not the one the tests, the
// journal and the expiry of holds go by.
func TestStoreHasNoClockInSQL(t *testing.T) {
	for _, s := range sources(t) {
		if s.layer != "store" {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if word := sqlClock.FindString(lit.Value); word != "" {
					t.Errorf("%s: %s in SQL; pass the instant", s.at(lit.Pos()), word)
				}
			}
			return true
		})
	}
	walk(t, func(name string) {
		if path.Ext(name) != ".sql" {
			return
		}
		for i, line := range strings.Split(read(t, name), "\n") {
			line, _, _ = strings.Cut(line, "--")
			if word := sqlClock.FindString(line); word != "" {
				t.Errorf("%s:%d: %s in SQL; pass the instant", name, i+1, word)
			}
		}
	})
}

// TestStylesComeFromTheTerminalsRenderer: a style of the global renderer has no
// colours over SSH.
func TestStylesComeFromTheTerminalsRenderer(t *testing.T) {
	for _, s := range sources(t) {
		if s.layer != "tui" || path.Dir(s.name) == "tui/theme" {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				pkg, _ := sel.X.(*ast.Ident)
				if pkg != nil && pkg.Name == "lipgloss" && (sel.Sel.Name == "NewStyle" || sel.Sel.Name == "SetColorProfile") {
					t.Errorf("%s: lipgloss.%s; styles come from tui/theme", s.at(sel.Pos()), sel.Sel.Name)
				}
			}
			return true
		})
	}
}

// TestTestsDoNotSleep: a test waits for the event, or lets testing/synctest move
// the clock.
func TestTestsDoNotSleep(t *testing.T) {
	for _, s := range sources(t) {
		if !s.isTest || usesSynctest(s.file) {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if pkg, _ := sel.X.(*ast.Ident); pkg != nil && pkg.Name == "time" && sel.Sel.Name == "Sleep" {
					t.Errorf("%s: time.Sleep; wait for the event", s.at(sel.Pos()))
				}
			}
			return true
		})
	}
}

func usesSynctest(f *ast.File) bool {
	return slices.ContainsFunc(f.Imports, func(i *ast.ImportSpec) bool { return i.Path.Value == `"testing/synctest"` })
}

// TestPackagesHaveNamesThatSayWhatTheyHold and files that can be read in one
// sitting.
func TestPackagesHaveNamesThatSayWhatTheyHold(t *testing.T) {
	for _, s := range sources(t) {
		switch strings.TrimSuffix(s.file.Name.Name, "_test") {
		case "util", "utils", "helper", "helpers", "common", "misc", "shared", "base":
			t.Errorf("%s: package %s says nothing of what it holds", s.name, s.file.Name.Name)
		case "sync":
			t.Errorf("%s: the folder sync holds sub-packages only, so that nobody has to rename the standard one", s.name)
		}
		if n := s.files.Position(s.file.FileEnd).Line; n > 500 {
			t.Errorf("%s has %d lines: would two nouns be happier apart?", s.name, n)
		}
	}
}

func TestTopLevelHoldsNothingElse(t *testing.T) {
	allowed := []string{
		"boxoffice", "cmd", "docs", "store", "sync", "tui", "go.mod", "go.sum",
		"Makefile", "README.md", "LICENSE", "CONTRIBUTING.md", "CHANGELOG.md",
	}
	ignored := strings.Fields(read(t, ".gitignore"))
	entries, err := os.ReadDir(house)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		isIgnored := slices.ContainsFunc(ignored, func(pattern string) bool {
			ok, _ := path.Match(strings.Trim(pattern, "/"), e.Name())
			return ok
		})
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(allowed, e.Name()) && !isIgnored {
			t.Errorf("%s stands at the top level; it belongs in one of the layers", e.Name())
		}
	}
}

// sources parses every Go file of the module.
func sources(t *testing.T) []source {
	t.Helper()
	var found []source
	walk(t, func(name string) {
		if path.Ext(name) != ".go" {
			return
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, filepath.Join(house, name), nil, 0)
		if err != nil {
			t.Fatalf("parse: %v", err)
		}
		found = append(found, source{
			name: name, layer: top(name), isTest: strings.HasSuffix(name, "_test.go"), file: file, files: files,
		})
	})
	if len(found) < 10 {
		t.Fatalf("%d Go files found: this test no longer looks at the module", len(found))
	}
	return found
}

// walk calls visit with the slashed name of every file that the go tool sees.
func walk(t *testing.T, visit func(name string)) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(house), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := path.Base(name)
		if e.IsDir() && name != "." && (base == "testdata" || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_")) {
			return fs.SkipDir
		}
		if !e.IsDir() {
			visit(name)
		}
		return nil
	})
	if err != nil {
		t.Fatalf("walk the module: %v", err)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(house, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func top(name string) string {
	first, _, _ := strings.Cut(name, "/")
	return first
}

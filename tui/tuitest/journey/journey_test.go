//go:build unix

package journey_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/rogpeppe/go-internal/testscript"

	"wicket/tui/tuitest/journey"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"echoes": echoes, "leaves": leaves})
}

func TestScripts(t *testing.T) {
	p := testscript.Params{Dir: "testdata"}
	journey.Add(&p)
	testscript.Run(t, p)
}

// TestScriptsFail: what has to fail does, with the screen in the log.
func TestScriptsFail(t *testing.T) {
	tests := map[string]struct{ script, says string }{
		"wait":            {"screen a start echoes\nscreen a wait -within 50ms never", "shows no «(?m)never» after 50ms"},
		"gone":            {"screen a start echoes\nscreen a wait keys\nscreen a gone -within 50ms keys", "still shows «(?m)keys»"},
		"wait, ended":     {"screen a start leaves 3\nscreen a wait never", "the program has ended (code 3)"},
		"the screen":      {"screen a start -size 20x3 leaves 3\nscreen a wait never", "│leaving             │"},
		"has":             {"screen a start leaves 3\nscreen a exit\n! screen a has leaving", "it shows «(?m)leaving»"},
		"exit code":       {"screen a start leaves 3\nscreen a exit 0", "it ended with code 3, want 0"},
		"exit":            {"screen a start echoes\nscreen a exit -within 50ms", "still runs after 50ms"},
		"no such screen":  {"screen a keys x", "there is no screen a"},
		"no such verb":    {"screen a start echoes\nscreen a dance", "a screen cannot dance"},
		"no such program": {"screen a start nothing-of-the-kind", "there is no program nothing-of-the-kind"},
		"no such key":     {"screen a start echoes\nscreen a keys ctrl+enter", "a terminal sends nothing for ctrl+enter"},
		"in use":          {"screen a start echoes\nscreen a start echoes", "screen a is in use"},
		"not":             {"screen a start echoes\n! screen a wait x", "! says nothing"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := t.TempDir() + "/fails.txtar"
			if err := os.WriteFile(file, []byte(test.script+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			p := testscript.Params{Files: []string{file}}
			journey.Add(&p)
			run := &failing{}
			func() {
				defer func() {
					if r := recover(); r != nil && r != any(run) {
						panic(r)
					}
				}()
				testscript.RunT(run, p)
			}()
			if !run.failed || !strings.Contains(run.log.String(), test.says) {
				t.Errorf("failed: %v, the log wants «%s»:\n%s", run.failed, test.says, run.log.String())
			}
		})
	}
}

// failing is a test that is meant to fail.
type failing struct {
	failed bool
	log    strings.Builder
}

func (f *failing) Skip(args ...any)                    { panic(f) }
func (f *failing) Fatal(args ...any)                   { f.Log(args...); f.FailNow() }
func (f *failing) Parallel()                           {}
func (f *failing) Log(args ...any)                     { fmt.Fprintln(&f.log, args...) }
func (f *failing) FailNow()                            { f.failed = true; panic(f) }
func (f *failing) Run(_ string, do func(testscript.T)) { do(f) }
func (f *failing) Verbose() bool                       { return false }

// leaves says something and goes.
func leaves() {
	fmt.Println("leaving")
	var code int
	if len(os.Args) > 1 {
		fmt.Sscan(os.Args[1], &code)
	}
	os.Exit(code)
}

// echoes shows the keys it gets, a message a line, as Bubble Tea reads them.
func echoes() {
	p := tea.NewProgram(model{}, tea.WithAltScreen())
	if _, err := p.Run(); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("bye")
}

type model struct {
	w, h int
	keys []string
	mark string
}

func (m model) Init() tea.Cmd { return tea.SetWindowTitle("echoes " + os.Getenv("WHO")) }

func (m model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
	case tea.KeyMsg:
		if msg.String() == "q" {
			return m, tea.Quit
		}
		m.keys = append(m.keys, fmt.Sprintf("<%s>", msg))
		if msg.String() == "enter" && len(os.Args) > 1 { // the first to come gets it
			if f, err := os.OpenFile(os.Args[1], os.O_CREATE|os.O_EXCL, 0o644); err == nil {
				f.Close()
				m.mark = "mine"
			} else {
				m.mark = "taken"
			}
		}
	}
	return m, nil
}

func (m model) View() string {
	lines := []string{
		fmt.Sprintf("\x1b[1;38;5;220mkeys\x1b[m of %s, %d×%d %s 東京", os.Getenv("WHO"), m.w, m.h, m.mark),
		"\x1b[2m" + strings.Repeat("─", max(0, m.w)) + "\x1b[m",
	}
	keys := m.keys
	if room := m.h - 3; len(keys) > room {
		keys = keys[len(keys)-max(0, room):]
	}
	lines = append(lines, keys...)
	for len(lines) < m.h-1 {
		lines = append(lines, "")
	}
	return strings.Join(append(lines, "\x1b[7mq\x1b[m quit"), "\n")
}

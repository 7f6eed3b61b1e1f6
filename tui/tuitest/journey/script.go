//go:build unix

package journey

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/sys/unix"
)

// defaultWithin is how long a script waits for a screen: long for a busy machine.
const defaultWithin = 20 * time.Second

// Add adds the commands screen and screens to a script's parameters. What Setup
// and Cmds hold already is kept.
func Add(p *testscript.Params) {
	setup := p.Setup
	p.Setup = func(env *testscript.Env) error {
		open := screens{}
		env.Values[screensKey{}] = open
		env.Defer(open.close)
		if setup != nil {
			return setup(env)
		}
		return nil
	}
	cmds := map[string]func(*testscript.TestScript, bool, []string){"screen": cmdScreen, "screens": cmdScreens}
	for name, cmd := range p.Cmds {
		cmds[name] = cmd
	}
	p.Cmds = cmds
}

// screens are the open screens of one script by name.
type screens map[string]*Screen

type screensKey struct{}

func (all screens) close() {
	for _, s := range all {
		s.Close()
	}
}

func cmdScreen(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: screen NAME VERB …")
	}
	if args[1] == "start" && !neg {
		start(ts, args[0], args[2:])
		return
	}
	cmdScreens(ts, neg, args)
}

func cmdScreens(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: screens NAME,NAME… VERB …")
	}
	var on []*Screen
	for name := range strings.SplitSeq(args[0], ",") {
		s := ts.Value(screensKey{}).(screens)[name]
		if s == nil {
			ts.Fatalf("there is no screen %s", name)
		}
		on = append(on, s)
	}
	verb, args := args[1], args[2:]
	if neg && verb != "has" {
		ts.Fatalf("! says nothing before screen … %s", verb)
	}
	if verb == "keys" {
		keys(ts, on, args)
		return
	}
	do, ok := verbs[verb]
	if !ok {
		ts.Fatalf("a screen cannot %s", verb)
	}
	for _, s := range on {
		if err := do(ts, s, !neg, args); err != nil {
			ts.Fatalf("screen %s %s: %v", s.name, verb, err)
		}
	}
}

// verbs are what one screen can be told; want is false after «!».
var verbs = map[string]func(ts *testscript.TestScript, s *Screen, want bool, args []string) error{
	"wait": func(_ *testscript.TestScript, s *Screen, _ bool, args []string) error {
		return await(s, true, args)
	},
	"gone": func(_ *testscript.TestScript, s *Screen, _ bool, args []string) error {
		return await(s, false, args)
	},
	"has": func(_ *testscript.TestScript, s *Screen, want bool, args []string) error {
		re, err := compile(args)
		if err != nil {
			return err
		}
		switch found := re.MatchString(s.Still().Text()); {
		case want && !found:
			return fmt.Errorf("it shows no «%s»\n%s", re, s.Picture())
		case !want && found:
			return fmt.Errorf("it shows «%s»\n%s", re, s.Picture())
		}
		return nil
	},
	"show": func(ts *testscript.TestScript, s *Screen, _ bool, _ []string) error {
		s.Still()
		ts.Logf("%s", s.Picture())
		return nil
	},
	"save": func(ts *testscript.TestScript, s *Screen, _ bool, args []string) error {
		screen := s.Still()
		text := screen.Text()
		if len(args) == 2 && args[0] == "-ansi" {
			text, args = screen.ANSI(), args[1:]
		}
		if len(args) != 1 {
			return fmt.Errorf("usage: save [-ansi] FILE")
		}
		return os.WriteFile(ts.MkAbs(args[0]), []byte(text+"\n"), 0o644)
	},
	"resize": func(_ *testscript.TestScript, s *Screen, _ bool, args []string) error {
		if len(args) != 1 {
			return fmt.Errorf("usage: resize WxH")
		}
		w, h, err := parseSize(args[0])
		if err != nil {
			return err
		}
		return s.Resize(w, h)
	},
	"kill": func(_ *testscript.TestScript, s *Screen, _ bool, args []string) error {
		sig := syscall.SIGTERM
		if len(args) > 0 {
			name := strings.TrimPrefix(args[0], "-")
			if n, err := strconv.Atoi(name); err == nil {
				sig = syscall.Signal(n)
			} else if sig = unix.SignalNum("SIG" + strings.TrimPrefix(name, "SIG")); sig == 0 {
				return fmt.Errorf("there is no signal %s", name)
			}
		}
		return s.Signal(sig)
	},
	"hangup": func(_ *testscript.TestScript, s *Screen, _ bool, _ []string) error { return s.Hangup() },
	"exit": func(_ *testscript.TestScript, s *Screen, _ bool, args []string) error {
		within, args, err := parseWithin(args)
		if err != nil {
			return err
		}
		code, err := s.Exit(within)
		if err != nil || len(args) == 0 {
			return err
		}
		if args[0] != strconv.Itoa(code) {
			return fmt.Errorf("it ended with code %d, want %s\n%s", code, args[0], s.Picture())
		}
		return nil
	},
}

func start(ts *testscript.TestScript, name string, args []string) {
	flags := flag.NewFlagSet("start", flag.ContinueOnError)
	flags.SetOutput(ts.Stderr())
	size := flags.String("size", "80x24", "")
	var more []string
	flags.Func("env", "", func(kv string) error { more = append(more, kv); return nil })
	if err := flags.Parse(args); err != nil || flags.NArg() == 0 {
		ts.Fatalf("usage: screen NAME start [-size 80x24] [-env K=V]… PROGRAM [ARGUMENT]…")
	}
	w, h, err := parseSize(*size)
	ts.Check(err)
	open := ts.Value(screensKey{}).(screens)
	if old := open[name]; old != nil {
		select {
		case <-old.done:
			old.Close()
		default:
			ts.Fatalf("screen %s is in use; end its program first", name)
		}
	}

	env := append([]string{"TERM=xterm-256color"}, environment(ts)...)
	cmd := exec.Command(flags.Arg(0), flags.Args()[1:]...)
	cmd.Env = append(env, more...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Path, cmd.Err = find(ts, flags.Arg(0))
	s, err := Start(name, cmd, w, h)
	ts.Check(err)
	open[name] = s
}

// environment returns the script's environment as it is now. Testscript shows
// only single variables, so a shell, which gets all of them, writes them down.
func environment(ts *testscript.TestScript) []string {
	file, err := os.CreateTemp("", "journey-env")
	ts.Check(err)
	defer os.Remove(file.Name())
	defer file.Close()
	stdout, stderr := ts.ReadFile("stdout"), ts.ReadFile("stderr")
	ts.Check(ts.Exec("/bin/sh", "-c", `exec env -0 > "$0"`, file.Name()))
	// What the command before wrote is still there to be looked at.
	io.WriteString(ts.Stdout(), stdout)
	io.WriteString(ts.Stderr(), stderr)
	b, err := io.ReadAll(file)
	ts.Check(err)
	return strings.Split(strings.TrimSuffix(string(b), "\x00"), "\x00")
}

// find returns the path of a program, on the script's PATH.
func find(ts *testscript.TestScript, program string) (string, error) {
	if strings.Contains(program, "/") {
		return ts.MkAbs(program), nil
	}
	for _, folder := range filepath.SplitList(ts.Getenv("PATH")) {
		file := filepath.Join(ts.MkAbs(folder), program)
		if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
			return file, nil
		}
	}
	return "", fmt.Errorf("there is no program %s on the PATH", program)
}

// keys types the same on all screens. Where there are several, each is written
// to by a goroutine of its own, all of them let go at once.
func keys(ts *testscript.TestScript, on []*Screen, args []string) {
	split := bursts
	if len(args) > 0 && args[0] == "-slow" {
		split, args = singles, args[1:]
	}
	if len(args) == 0 {
		ts.Fatalf("usage: screen NAME keys [-slow] KEY…")
	}
	all, err := split(args)
	ts.Check(err)
	errs := make([]error, len(on))
	gate := make(chan struct{})
	var ready, done sync.WaitGroup
	for i, s := range on {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-gate
			errs[i] = s.Type(all)
		})
	}
	ready.Wait()
	close(gate)
	done.Wait()
	for _, err := range errs {
		ts.Check(err)
	}
}

func await(s *Screen, want bool, args []string) error {
	within, args, err := parseWithin(args)
	if err != nil {
		return err
	}
	re, err := compile(args)
	if err != nil {
		return err
	}
	return s.Wait(re, want, within)
}

func compile(args []string) (*regexp.Regexp, error) {
	if len(args) != 1 {
		return nil, fmt.Errorf("one regular expression is wanted, quoted where it has spaces")
	}
	return regexp.Compile("(?m)" + args[0])
}

func parseWithin(args []string) (time.Duration, []string, error) {
	if len(args) < 2 || args[0] != "-within" {
		return defaultWithin, args, nil
	}
	within, err := time.ParseDuration(args[1])
	return within, args[2:], err
}

func parseSize(s string) (w, h int, err error) {
	if _, err := fmt.Sscanf(s, "%dx%d", &w, &h); err != nil || w < 1 || h < 1 || w > 1000 || h > 1000 {
		return 0, 0, fmt.Errorf("%s is no size; write columns and lines like 80x24", s)
	}
	return w, h, nil
}

// Wicket is a box office in a terminal: staff sell, hold and cancel tickets
// against one store that never sells a place twice.
//
// This package wires everything together, a file a subcommand; it decides
// nothing. What goes wrong ends the program with code 1, a line that cannot be
// understood with code 2.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // houses have a time zone; not every machine knows it

	"github.com/spf13/cobra"

	"wicket/boxoffice"
)

// How the program ends.
const (
	codeDone    = 0
	codeRefused = 1 // refused, or breaks were found
	codeUsage   = 2
)

func main() { os.Exit(run()) }

// run is the program on this machine's terminal.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGHUP)
	defer stop()
	ctx, stopAsked := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stopAsked()
	context.AfterFunc(ctx, stopAsked) // what does not heed the first one, the second one ends
	out := &answer{file: os.Stdout}
	p := &program{in: os.Stdin, out: out, err: os.Stderr, environ: os.Environ(), clock: boxoffice.SystemClock{}}
	return p.ended(p.run(ctx, os.Args[1:]), out)
}

// program is one run of Wicket: what it talks to, and the flags every command
// has.
type program struct {
	in       *os.File
	out, err io.Writer
	environ  []string
	clock    boxoffice.Clock

	house string // --house
	staff string // --staff
	guest *guest // nil for a command on this machine
}

// env returns a variable of the environment, empty where it is not set.
func (p *program) env(name string) string {
	for _, e := range p.environ {
		if value, ok := strings.CutPrefix(e, name+"="); ok {
			return value
		}
	}
	return ""
}

// usageError says that the command line cannot be understood.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }

// silentError ends the program with code 1; all has been said.
type silentError struct{}

func (silentError) Error() string { return "" }

func (p *program) run(ctx context.Context, args []string) int {
	root := p.root()
	if p.guest != nil {
		root = p.guestRoot()
	}
	p.polite(root)
	root.SetArgs(args)
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.err)
	cmd, err := root, error(nil)
	if p.guest != nil { // of a word that is no command, what looks like a flag is not the trouble
		err = knownWord(args)
	}
	if err == nil {
		cmd, err = root.ExecuteContextC(ctx)
	}
	var usage *usageError
	switch {
	case err == nil:
		return codeDone
	case errors.As(err, &silentError{}):
		return codeRefused
	case errors.As(err, &usage):
		p.complain(err.Error())
		if p.guest == nil {
			fmt.Fprintf(p.err, "try: %s --help\n", strings.TrimSuffix(cmd.CommandPath(), " help"))
		} else {
			fmt.Fprintln(p.err, "try: ssh HOST help")
		}
		return codeUsage
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		p.complain("stopped; what was done so far stands")
		return codeRefused
	default:
		p.complain(p.withAdvice(err))
		return codeRefused
	}
}

// withAdvice is an error in words; one of the store's own that says nothing of what to do
// names its reason, and who does.
func (p *program) withAdvice(err error) string {
	words := err.Error()
	var store *boxoffice.StoreError
	if p.guest == nil && errors.As(err, &store) && store.Err != nil && !strings.Contains(words, "\n") {
		words += fmt.Sprintf(" (%v)\n  see wicket doctor", store.Err)
	}
	return words
}

// complain writes what went wrong, a line at a time and clean.
func (p *program) complain(words string) {
	for i, line := range strings.Split(words, "\n") {
		indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
		if i == 0 {
			indent = "wicket: "
		}
		fmt.Fprintln(p.err, indent+boxoffice.Clean(line))
	}
}

// root is the command wicket itself: it opens the counter.
func (p *program) root() *cobra.Command {
	root := p.counterCommand()
	root.CompletionOptions.HiddenDefaultCmd = true
	flags := root.PersistentFlags()
	flags.StringVar(&p.house, "house", "", "the house's `FILE` (or set WICKET_HOUSE)")
	flags.StringVar(&p.staff, "staff", "", "who is at work, by `NAME`; commands act as the first manager without it")
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) error {
		if c.Flags().Changed("house") && p.house == "" { // of a variable that is not set: another house is not meant
			return &usageError{errors.New("--house names no file")}
		}
		return nil
	}
	root.AddCommand(
		p.demoCommand(), p.houseCommand(), p.staffCommand(), p.planCommand(), p.programmeCommand(), p.eventCommand(),
		p.performanceCommand(), p.orderCommand(), p.salesCommand(), p.serveCommand(), p.journalCommand(), p.verifyCommand(), p.backupCommand(), p.restoreCommand(), p.doctorCommand(), p.versionCommand(), saleLineTopic(),
	)
	return root
}

// polite lets a command tell what went wrong in the program's own way.
func (p *program) polite(root *cobra.Command) {
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &usageError{err} })
	root.InitDefaultHelpCmd()
	if help, _, err := root.Find([]string{"help"}); err == nil {
		help.Short, help.Args = "what a command does, and its flags", knownTopic
	}
}

// knownTopic refuses to tell of a command that there is not.
func knownTopic(c *cobra.Command, args []string) error {
	about, unknown, err := c.Root().Find(args)
	switch {
	case err != nil:
		unknown = args
	case len(unknown) == 0:
		return nil
	}
	return &usageError{fmt.Errorf("%s does not know «%s»", about.CommandPath(), unknown[0])}
}

// group is a command that only has others below it.
func group(use, short string, commands ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, Args: noArgs, RunE: func(c *cobra.Command, _ []string) error {
		return &usageError{fmt.Errorf("%s needs to know what to do", c.CommandPath())}
	}}
	c.AddCommand(commands...)
	return c
}

// noArgs refuses whatever is left of the line.
func noArgs(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return &usageError{fmt.Errorf("%s does not know «%s»", c.CommandPath(), args[0])}
	}
	return nil
}

// oneArg wants exactly one thing named.
func oneArg(what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) != 1 {
			return &usageError{fmt.Errorf("%s needs one %s", c.CommandPath(), what)}
		}
		return nil
	}
}

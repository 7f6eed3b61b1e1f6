package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"wicket/boxoffice"
	"wicket/boxoffice/planfile"
)

// few is how many findings of one kind are listed.
const few = 5

func (p *program) planCommand() *cobra.Command {
	return group("plan", "seating plans", p.planCheck(), p.planImport(), p.planList())
}

// readPlan reads a seating plan from a file, or one of our own by «builtin:NAME».
// What it found is written to the standard error.
func (p *program) readPlan(file string, quiet bool) (*boxoffice.Plan, *planfile.Report, error) {
	if name, ok := strings.CutPrefix(file, "builtin:"); ok {
		plan, err := planfile.Builtin(name)
		if err != nil {
			return nil, nil, fmt.Errorf("%w; there are %s", err, strings.Join(planfile.Builtins(), ", "))
		}
		return plan, &planfile.Report{Name: name}, nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, nil, fmt.Errorf("read seating plan: %w", err)
	}
	defer f.Close()
	plan, report, err := planfile.Read(file, f)
	if !quiet {
		for _, line := range report.Lines(few) {
			if err == nil || !strings.HasPrefix(line, string(planfile.Refused)) {
				fmt.Fprintln(p.err, line)
			}
		}
	}
	return plan, report, err
}

type planJSON struct {
	OK       bool              `json:"ok"`
	Format   string            `json:"format"`
	Plan     *planfile.Summary `json:"plan"`
	Findings []findingJSON     `json:"findings"`
}

type findingJSON struct {
	Severity string `json:"severity"`
	Topic    string `json:"topic"`
	Where    string `json:"where"`
	Place    string `json:"place"`
	Found    string `json:"found"`
	Done     string `json:"done"`
}

func (p *program) planCheck() *cobra.Command {
	var draw, asJSON bool
	c := &cobra.Command{
		Use: "check FILE", Short: "read a seating plan and say what is in it; nothing is kept", Args: oneArg("file"),
		Long: "Reads a seating plan (pretix JSON or CSV) and says what is in it and what was wrong.\nOur own plans are builtin:leal, builtin:sala, builtin:teatro-mixto and\nbuiltin:small-hall.",
	}
	c.Flags().BoolVar(&draw, "draw", false, "draw its levels, too")
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	c.RunE = func(_ *cobra.Command, args []string) error {
		plan, report, err := p.readPlan(args[0], asJSON)
		if asJSON && report != nil {
			out := planJSON{OK: err == nil, Format: string(report.Format), Findings: []findingJSON{}}
			if plan != nil {
				s := planfile.Summarise(plan)
				out.Plan = &s
			}
			for _, f := range report.Findings {
				out.Findings = append(out.Findings, findingJSON{string(f.Severity), f.Topic, f.Where, f.Place, f.Found, f.Done})
			}
			if errPrint := printJSON(p.out, out); errPrint != nil {
				return errPrint
			}
		}
		if err != nil {
			return err
		}
		if !asJSON {
			fmt.Fprint(p.out, planfile.Summarise(plan))
		}
		if draw && !asJSON {
			for i, l := range plan.Levels {
				fmt.Fprintf(p.out, "\n%s\n%s", l.Name, planfile.Draw(plan, i))
			}
		}
		return nil
	}
	return c
}

func (p *program) planImport() *cobra.Command {
	var name string
	c := &cobra.Command{
		Use: "import FILE", Short: "keep a seating plan in the house", Args: oneArg("file"),
		Long: "Keeps a seating plan in the house. The same plan again changes nothing; another one of the\nsame name is what new performances get, those on sale keep theirs.",
	}
	c.Flags().StringVar(&name, "name", "", "the `NAME` it has in the house (default: the file's own)")
	c.RunE = func(c *cobra.Command, args []string) error {
		return p.within(c.Context(), func(h *house, by boxoffice.Actor) error {
			plan, _, err := p.readPlan(args[0], false)
			if err != nil {
				return err
			}
			if name != "" {
				if plan.Name = boxoffice.Shorten(boxoffice.Clean(name), 60); plan.Name == "" {
					return &usageError{errors.New("the plan's name is empty")}
				}
			}
			got, err := h.office.ImportPlan(c.Context(), boxoffice.NewCommandID(), by, plan)
			if err != nil {
				return err
			}
			if !got.New {
				fmt.Fprintf(p.out, "%s is in the house already; nothing changed\n", plan.Name)
				return nil
			}
			fmt.Fprintf(p.out, "%s is in the house now: %d places\n", plan.Name, len(plan.Places))
			return nil
		})
	}
	return c
}

type planHeadJSON struct {
	ID     int64  `json:"id"`
	Name   string `json:"name"`
	Places int    `json:"places"`
}

func (p *program) planList() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{Use: "list", Short: "list the house's seating plans", Args: noArgs, RunE: func(c *cobra.Command, _ []string) error {
		return p.within(c.Context(), func(h *house, _ boxoffice.Actor) error {
			plans, err := h.office.Plans(c.Context())
			if err != nil {
				return err
			}
			out := make([]planHeadJSON, len(plans))
			for i, plan := range plans {
				out[i] = planHeadJSON{int64(plan.ID), plan.Name, plan.Places}
			}
			if asJSON {
				return printJSON(p.out, out)
			}
			for _, plan := range out {
				fmt.Fprintf(p.out, "%s  %6d places\n", boxoffice.Pad(boxoffice.Clean(plan.Name), 40), plan.Places)
			}
			return nil
		})
	}}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

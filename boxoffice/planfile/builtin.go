package planfile

import (
	"embed"
	"fmt"

	"wicket/boxoffice"
)

//go:embed plans/*.csv
var plans embed.FS

// builtins are the plans of our own, and what their houses are called.
var builtins = []struct{ name, title string }{
	{"leal", "Teatro Leal"},          // a theatre: stalls, circle, boxes
	{"sala", "Sala"},                 // a hall, standing only
	{"teatro-mixto", "Teatro Mixto"}, // a seated balcony over a standing floor
	{"small-hall", "Small Hall"},     // 200 seats, for a house to begin with
}

// Builtins returns the names that [Builtin] knows.
func Builtins() []string {
	names := make([]string, len(builtins))
	for i, b := range builtins {
		names[i] = b.name
	}
	return names
}

// Builtin returns the plan of our own with the name: leal, sala, teatro-mixto
// or small-hall. Any other name is a *boxoffice.NotFoundError.
func Builtin(name string) (*boxoffice.Plan, error) {
	for _, b := range builtins {
		if b.name != name {
			continue
		}
		file, err := plans.Open("plans/" + name + ".csv")
		if err != nil {
			return nil, fmt.Errorf("open built-in plan %s: %w", name, err)
		}
		defer file.Close()
		plan, _, err := Read(b.title, file)
		return plan, err
	}
	return nil, boxoffice.NotFound("built-in plan", name)
}

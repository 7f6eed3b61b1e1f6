//go:build !unix

package journey

import "github.com/rogpeppe/go-internal/testscript"

// Add adds the commands screen and screens to a script's parameters; here they
// fail, for want of a pseudo-terminal.
func Add(p *testscript.Params) {
	cmds := map[string]func(*testscript.TestScript, bool, []string){}
	for _, name := range []string{"screen", "screens"} {
		cmds[name] = func(ts *testscript.TestScript, _ bool, _ []string) {
			ts.Fatalf("screens need the pseudo-terminal of a Unix; begin the script with «[!unix] skip»")
		}
	}
	for name, cmd := range p.Cmds {
		cmds[name] = cmd
	}
	p.Cmds = cmds
}

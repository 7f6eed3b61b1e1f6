package storetest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"wicket/boxoffice"
)

// noPlaces are the use cases of [boxoffice.Office] that write, and leave every
// place as it is: the machine need not know them.
var noPlaces = []string{
	"CreateHouse", "SaveHouse", "ImportPlan", "LoadProgramme",
	"EnterDesk", "LeaveDesk", "LeaveDesks", "Tell", "Withdraw", "Heard",
	"ChangeStaff", "SetPIN", "Permit", "AddKey", "RevokeKey", "TrustAuthority", "DistrustAuthority", "SetPrincipals",
}

// TestMachineKnowsEveryUseCase: a use case that is new is done by the machine too,
// or stands in noPlaces.
func TestMachineKnowsEveryUseCase(t *testing.T) {
	done := map[string]bool{}
	files, err := filepath.Glob("machine*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			// m.Office.Sell(…)
			if method, ok := n.(*ast.SelectorExpr); ok {
				if office, ok := method.X.(*ast.SelectorExpr); ok && office.Sel.Name == "Office" {
					done[method.Sel.Name] = true
				}
			}
			return true
		})
	}
	command := reflect.TypeFor[boxoffice.CommandID]()
	office := reflect.TypeFor[*boxoffice.Office]()
	seen := 0
	for i := range office.NumMethod() {
		m := office.Method(i)
		writes := m.Name == "Sweep"
		for j := range m.Type.NumIn() {
			writes = writes || m.Type.In(j) == command
		}
		if !writes {
			continue
		}
		seen++
		if exempt := slices.Contains(noPlaces, m.Name); done[m.Name] == exempt {
			t.Errorf("%s: the machine does it: %v; it stands among those that leave places alone: %v", m.Name, done[m.Name], exempt)
		}
	}
	if seen < 25 {
		t.Errorf("the office has %d use cases that write", seen)
	}
}

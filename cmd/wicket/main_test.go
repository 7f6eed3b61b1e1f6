package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets scripts run this very binary as «wicket».
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"wicket": main, "wicket-profiled": profiledMain, "wicket-sells": sellsMain})
}

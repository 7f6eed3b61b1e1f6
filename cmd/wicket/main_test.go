package main

import (
	"net/http"
	_ "net/http/pprof"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets scripts run this very binary as «wicket».
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"wicket": main, "wicket-profiled": profiledMain, "wicket-sells": sellsMain})
}

// profiledMain is wicket with its profiles open to who started it.
func profiledMain() {
	go func() { _ = http.ListenAndServe(os.Getenv("WICKET_BENCH_PPROF"), nil) }()
	main()
}

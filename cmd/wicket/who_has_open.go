package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"wicket/boxoffice"
)

// process is another process that has a house open.
type process struct {
	id      int
	command string
}

// whoHasOpen lists other processes that have the house at path open, as far as the
// system tells this account: Linux does, of the account's own or to root.
func whoHasOpen(path string) []process {
	own, err := os.Stat(path)
	if err != nil {
		return nil
	}
	links, _ := filepath.Glob("/proc/[0-9]*/fd/*") // none elsewhere
	found := map[int]process{}
	for _, link := range links {
		parts := strings.Split(link, "/")
		id, err := strconv.Atoi(parts[2])
		if err != nil || id == os.Getpid() || found[id].id != 0 {
			continue
		}
		info, err := os.Stat(link) // the file itself, whatever it is called by now
		if err != nil || !os.SameFile(own, info) {
			continue
		}
		line, _ := os.ReadFile(filepath.Join("/proc", parts[2], "cmdline")) // it may have ended
		words := strings.TrimSpace(strings.ReplaceAll(string(line), "\x00", " "))
		found[id] = process{id, boxoffice.Shorten(boxoffice.Clean(words), 60)}
	}
	var all []process
	for _, p := range found {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b process) int { return a.id - b.id })
	return all
}

// processWords names processes in a line.
func processWords(all []process) string {
	var words []string
	for _, p := range all {
		words = append(words, fmt.Sprintf("%d %s", p.id, p.command))
	}
	return strings.Join(words, ", ")
}

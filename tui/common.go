package tui

import (
	"runtime"

	"wicket/tui/screen"
)

// Common is what the terminals of one process have in common: where hundreds look at
// the same house, they take turns in drawing what others changed, so that whoever
// presses a key is not kept waiting by everybody's screens; and what is made of its
// plan they share.
type Common struct {
	turns chan struct{}
	shelf screen.Shelf
}

// NewCommon returns what terminals can share.
func NewCommon() *Common {
	return &Common{turns: make(chan struct{}, runtime.GOMAXPROCS(0))}
}

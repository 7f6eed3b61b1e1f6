package tui

import (
	"bytes"
	"context"
	"io"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"go.uber.org/goleak"

	"wicket/tui/screen/screentest"
	"wicket/tui/theme"
)

// TestRunSellsWhatOneReadBrings runs the whole program: bytes in, a sale out,
// nothing left running.
func TestRunSellsWhatOneReadBrings(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	h := screentest.New(t)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	h.OnSale = stop
	app := New(Options{
		Office: h, Feed: h, Actor: h.Actor(), Staff: h.Staff(), House: h.Settings(), Clock: h.Clock,
		Theme: theme.New(io.Discard, theme.Look{}),
	})
	app.w, app.h = 80, 24
	if err := app.Run(ctx, tea.WithInput(bytes.NewReader([]byte("2a\r\r\r"))), tea.WithOutput(io.Discard), tea.WithoutSignalHandler()); err != nil {
		t.Fatal(err)
	}
	if o := h.Orders(); len(o) != 1 || len(o[0].Lines) != 2 || o[0].Order.Tenders[0].Change != 0 {
		t.Errorf("sold %+v", o)
	}
}

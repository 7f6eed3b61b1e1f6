package tui

import (
	"testing"

	"wicket/boxoffice"
)

const fullWords = "the disk is full: free some space, selling goes on by itself"

// fillDisk makes the terminal's store one whose disk is full; free mends it.
func (d *desk) fillDisk() (free func()) {
	words := fullWords
	d.app.desk.State = func() string { return words }
	d.h.Fail = &boxoffice.StoreError{Words: fullWords}
	d.send(tickMsg{})
	return func() {
		words, d.h.Fail = "", nil
		d.send(tickMsg{})
	}
}

// TestAFullDiskIsSaidForAsLongAsItLasts: what is wrong, what stands and what to do
// stand above the screen, whatever is pressed; the basket and its money stay; once
// there is room that is said, and selling goes on with the same keys.
func TestAFullDiskIsSaidForAsLongAsItLasts(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("2a\r")
	d.hasNot("disk")
	free := d.fillDisk()
	says := []string{"! the disk is full", "✗ The disk is full: free some space, selling goes on by itself.", "Take no money until then; what is in the basket stands.", "48.00"}
	d.has(says...)
	d.press("\r\r")
	d.has(append(says, "The disk is full")...)
	d.press("esc", "esc")
	d.has(says...)
	if n := len(d.sold()); n != 0 {
		t.Errorf("%d orders", n)
	}
	free()
	d.hasNot("disk is full: free")
	d.has("✓ The store can be read and written again: selling goes on.", "48.00")
	d.press("\r\r")
	if n := len(d.sold()); n != 1 {
		t.Errorf("%d orders once there is room:\n%s", n, d.text())
	}
}

// TestWhatIsNotInTheWayStaysInTheHeader: a house without its barcode key sells.
func TestWhatIsNotInTheWayStaysInTheHeader(t *testing.T) {
	d := openAt(t, 80, 24)
	d.app.desk.State = func() string { return "no barcode key" }
	d.send(tickMsg{})
	d.has("! no barcode key")
	d.hasNot("Take no money")
}

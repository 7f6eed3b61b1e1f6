package journey

import (
	"slices"
	"testing"
)

func TestKeyCodes(t *testing.T) {
	tests := map[string]string{
		"enter": "\r", "=enter": "enter", "B12": "B12", "2 x adult": "2 x adult", "ctrl+n": "\x0e", "ctrl+space": "\x00",
		"alt+x": "\x1bx", "alt+enter": "\x1b\r", "shift+right": "\x1b[1;2C", "ctrl+shift+up": "\x1b[1;6A",
		"f10": "\x1b[21~", "paste=a b": "\x1b[200~a b\x1b[201~", "a+b": "a+b", "ctrl+": "ctrl+", "+": "+",
	}
	for key, want := range tests {
		if got, err := keyCode(key); err != nil || got != want {
			t.Errorf("%s is sent as %q, %v, want %q", key, got, err, want)
		}
	}
	if _, err := keyCode("ctrl+enter"); err == nil {
		t.Error("ctrl+enter is sent as something")
	}
}

func TestBursts(t *testing.T) {
	got, err := bursts([]string{"ab", "enter", "esc", "c", "up"})
	if want := []string{"ab\r\x1b", "c\x1b[A"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("bursts are %q, %v, want %q", got, err, want)
	}
	got, err = singles([]string{"aé", "up", "enter"})
	if want := []string{"a", "é", "\x1b[A", "\r"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("single keys are %q, %v, want %q", got, err, want)
	}
}

package journey

import (
	"fmt"
	"strings"
)

// keyCodes are what an xterm sends for a key.
var keyCodes = map[string]string{
	"enter": "\r", "tab": "\t", "esc": "\x1b", "space": " ", "backspace": "\x7f", "delete": "\x1b[3~", "insert": "\x1b[2~",
	"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
	"home": "\x1b[H", "end": "\x1b[F", "pgup": "\x1b[5~", "pgdn": "\x1b[6~", "shift+tab": "\x1b[Z",
	"f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~", "f6": "\x1b[17~",
	"f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~", "f11": "\x1b[23~", "f12": "\x1b[24~",
}

// modified are the keys that say which modifiers are held, by their last byte.
var modified = map[string]string{"up": "A", "down": "B", "right": "C", "left": "D", "home": "H", "end": "F"}

// keyCode returns what a terminal sends for a key as a script names it.
func keyCode(key string) (string, error) {
	if code, ok := keyCodes[key]; ok {
		return code, nil
	}
	if text, ok := strings.CutPrefix(key, "="); ok {
		return text, nil
	}
	if text, ok := strings.CutPrefix(key, "paste="); ok {
		return "\x1b[200~" + text + "\x1b[201~", nil
	}
	held, base, ok := cutModifiers(key)
	if !ok {
		return key, nil
	}
	switch final, known := modified[base]; {
	case known:
		return fmt.Sprintf("\x1b[1;%d%s", 1+held, final), nil
	case held == ctrl && base == "space":
		return "\x00", nil
	case held == ctrl && len(base) == 1 && 'a' <= base[0] && base[0] <= 'z':
		return string(base[0] - 'a' + 1), nil
	case held == ctrl && len(base) == 1 && strings.Contains(`\]^_`, base):
		return string(base[0] & 0x1f), nil
	case held == alt:
		code, err := keyCode(base)
		return "\x1b" + code, err
	}
	return "", fmt.Errorf("a terminal sends nothing for %s", key)
}

// What xterm adds up to say which modifiers are held.
const (
	shift = 1
	alt   = 2
	ctrl  = 4
)

// cutModifiers splits «ctrl+shift+right», and reports whether it is such a key.
func cutModifiers(key string) (held int, base string, ok bool) {
	base = key
	for {
		name, rest, found := strings.Cut(base, "+")
		bit := map[string]int{"shift": shift, "alt": alt, "ctrl": ctrl}[name]
		if !found || bit == 0 || rest == "" {
			return held, base, held > 0
		}
		held |= bit
		base = rest
	}
}

// bursts returns what to send for keys: one burst, ended early after each esc.
func bursts(keys []string) ([]string, error) {
	var all []string
	var burst strings.Builder
	for i, key := range keys {
		code, err := keyCode(key)
		if err != nil {
			return nil, err
		}
		burst.WriteString(code)
		if key == "esc" || i == len(keys)-1 {
			all = append(all, burst.String())
			burst.Reset()
		}
	}
	return all, nil
}

// singles returns what to send for keys one by one: text a rune at a time.
func singles(keys []string) ([]string, error) {
	var all []string
	for _, key := range keys {
		code, err := keyCode(key)
		if err != nil {
			return nil, err
		}
		if strings.HasPrefix(code, "\x1b") {
			all = append(all, code)
			continue
		}
		for _, r := range code {
			all = append(all, string(r))
		}
	}
	return all, nil
}

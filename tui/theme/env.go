package theme

import (
	"io"
	"os"
	"runtime"
	"strings"

	"golang.org/x/term"
)

// FromEnv returns the theme of a terminal that is written to through w, by the
// environment its user came with. Output that goes to a file or a pipe is plain.
func FromEnv(environ []string, w io.Writer) *Theme {
	look := LookOf(environ)
	if f, ok := w.(*os.File); ok && !term.IsTerminal(int(f.Fd())) {
		look.Depth = Plain
	}
	return New(w, look)
}

// LookOf reads from an environment what the terminal can show:
//
//   - NO_COLOR, set to anything, leaves bold, faint and reverse.
//   - TERM and COLORTERM say how many colours there are. A terminal with more
//     than 256 is shown 256: the picture is the same on all of them.
//   - WICKET_THEME is light or dark. Without it COLORFGBG, which some terminals
//     set, decides; without that it is dark.
//   - WICKET_ASCII, set to anything, draws in ASCII, as do a locale that names a
//     character set other than UTF-8 and the Linux console.
//
// It asks the terminal nothing: one that does not answer would hold up the start
// and swallow the first key.
func LookOf(environ []string) Look {
	return lookOf(environ, runtime.GOOS)
}

func lookOf(environ []string, system string) Look {
	env := map[string]string{}
	for _, e := range environ {
		if name, value, ok := strings.Cut(e, "="); ok {
			env[name] = value
		}
	}
	look := Look{
		Depth: depthOf(env, system),
		ASCII: env["WICKET_ASCII"] != "" || env["TERM"] == "linux" || otherCharset(env),
	}
	switch strings.ToLower(env["WICKET_THEME"]) {
	case "light":
		look.Light = true
	case "dark":
	default:
		look.Light = lightBackground(env["COLORFGBG"])
	}
	return look
}

func depthOf(env map[string]string, system string) Depth {
	name := strings.ToLower(env["TERM"])
	depth := Colours16
	switch {
	case name == "" && system == "windows": // its console sets none
		depth = Colours256
	case name == "", name == "dumb", name == "unknown":
		return Plain
	case strings.HasPrefix(name, "vt"):
		depth = Mono
	case strings.Contains(name, "256color"), strings.Contains(name, "direct"), strings.Contains(name, "truecolor"):
		depth = Colours256
	case env["COLORTERM"] != "":
		depth = Colours256
	default:
		for _, modern := range []string{"alacritty", "contour", "foot", "ghostty", "iterm", "kitty", "rio", "wezterm"} {
			if strings.Contains(name, modern) {
				depth = Colours256
			}
		}
	}
	if env["NO_COLOR"] != "" {
		depth = min(depth, Mono)
	}
	return depth
}

// otherCharset reports whether the locale names a character set, and one that is
// not UTF-8. The bare locales C and POSIX name none: containers have them, in
// front of terminals that know better.
func otherCharset(env map[string]string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if env[name] == "" {
			continue
		}
		_, charset, named := strings.Cut(env[name], ".")
		charset, _, _ = strings.Cut(strings.ToLower(charset), "@")
		return named && charset != "utf-8" && charset != "utf8"
	}
	return false
}

// lightBackground reads COLORFGBG, «0;15» or «0;default;15»: foreground and
// background among the sixteen colours.
func lightBackground(colorfgbg string) bool {
	_, last, ok := strings.Cut(colorfgbg, ";")
	if _, l, more := strings.Cut(last, ";"); more {
		last = l
	}
	return ok && (last == "7" || last == "15")
}

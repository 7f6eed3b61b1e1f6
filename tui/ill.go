package tui

import (
	"strings"

	"wicket/boxoffice"
	"wicket/tui/screen"
)

// illWords says that the store is ill; empty while it is well. What is wrong without being in the way is for the header alone: it has no colon.
func (a *App) illWords() string {
	words := boxoffice.Clean(a.desk.State())
	if !strings.Contains(words, ":") {
		return ""
	}
	return screen.Sentence(words)
}

// illLines draws that above the screen, with what stands and what to do, for as long as
// it lasts.
func (a *App) illLines(w int) []string {
	words := a.illWords()
	if words == "" {
		return nil
	}
	d, th := a.desk, a.desk.Theme
	return []string{
		" " + th.Error.Paint(th.Glyphs.Error) + " " + th.Strong.Paint(boxoffice.Shorten(d.Plain(words), w-4)),
		"   " + th.Text.Paint(boxoffice.Shorten("Take no money until then; what is in the basket stands.", w-4)),
	}
}

// watchStore says when an ill store is well again.
func (a *App) watchStore() {
	isIll := a.illWords() != ""
	if a.ill && !isIll {
		a.note(notice{brief: true, words: "The store can be read and written again: selling goes on."})
	}
	a.ill = isIll
}

package svg_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"strings"
	"testing"

	"wicket/tui/theme"
	"wicket/tui/tuitest"
	"wicket/tui/tuitest/emulator"
	"wicket/tui/tuitest/svg"
)

// sample is a view with everything a picture has to get right.
func sample(look theme.Look) string {
	th := theme.New(io.Discard, look)
	g := &th.Glyphs
	var p theme.Pen
	rule := strings.Repeat(g.Line, 49)
	p.Write(th.Strong, "Teatro Leal")
	p.Write("", "   Macbeth · Fri 27 Nov 20:00   ")
	p.Write(th.Dim, "Ana · window 2")
	p.Line()
	p.Write("", "412 sold   9 held   158 open  "+g.BarLeft)
	p.Raw(th.Bar(0.68, 21))
	p.Write("", g.BarRight+" 68 %")
	p.Line()
	p.Write(th.Rule, rule[:len(g.Line)*36]+g.LineDown+rule[:len(g.Line)*21])
	p.Line()
	side := []string{"Basket         48.00", "B12 Stalls   A 24.00", "B13 Stalls   A 24.00", "", "yours for      07:42"}
	for row, zone := range []int{0, 0, 1, 2, 3} {
		p.Write(th.Dim, " "+string(rune('A'+row)))
		p.Gap(3)
		for seat := range 14 {
			switch {
			case seat == 4 || seat == 9:
				p.Gap(2)
			default:
				p.Gap(1)
			}
			switch {
			case row == 2 && seat == 7:
				p.Write(th.Cursor, g.Open)
			case row == 1 && (seat == 6 || seat == 7):
				p.Write(th.Mine, g.Mine)
			case row == 1 && seat == 8:
				p.Write(th.Others, g.Others)
			case row == 3 && seat > 9:
				p.Write(th.Blocked, "H")
			case row == 4 && seat == 5:
				p.Write(th.Killed, g.Killed)
			case (row+1)*seat%5 == 3 || row == 0 && seat < 4:
				p.Write(th.Sold, g.Sold)
			case row == 4 && seat == 0:
				p.Write(th.Zone(zone), g.Wheelchair)
			default:
				p.Write(th.Zone(zone), g.Open)
			}
		}
		p.Gap(1)
		p.Write(th.Rule, g.Wall)
		p.Gap(1)
		switch row {
		case 0:
			p.Write(th.Strong, side[row])
		case 4:
			p.Write("", side[row][:15])
			p.Write(th.Warn, side[row][15:])
		default:
			p.Write("", side[row])
		}
		p.Line()
	}
	p.Write(th.Rule, rule[:len(g.Line)*36]+g.LineUp+rule[:len(g.Line)*21])
	p.Line()
	for zone := range 8 {
		p.Write(th.Zone(zone), g.Open+" "+g.Open+" "+"z ")
	}
	p.Line()
	p.Write("", "12 "+g.Axis+" "+g.Levels[1]+g.Levels[2]+g.Levels[4]+g.Levels[8]+g.Levels[8]+g.Levels[6]+g.Levels[3]+"  ")
	p.Write(th.Good, g.Good+" sold ")
	p.Write(th.Warn, g.Warn+" soon ")
	p.Write(th.Error, g.Error+" B13 is gone ")
	p.Write("", "東京 "+g.MoreDown+" 9 more")
	p.Line()
	p.Write(th.Accent, g.Prompt+" ")
	p.Write("", "2 "+g.Times+" Adult b12-13")
	p.Write(th.Cursor, " ")
	p.Line()
	p.Write(th.Accent, g.Enter)
	p.Write("", " pay 48.00   ")
	p.Write(th.Accent, g.Arrows)
	p.Write(th.Dim, " walk   ")
	p.Write(th.Accent, g.Tab)
	p.Write(th.Dim, " complete"+g.Ellipsis+"   F1 help")
	return p.String()
}

func TestDraw(t *testing.T) {
	for name, look := range map[string]theme.Look{
		"dark":  {Depth: theme.Colours256},
		"light": {Depth: theme.Colours256, Light: true},
		"named": {Depth: theme.Colours16},
		"mono":  {Depth: theme.Mono},
		"ascii": {Depth: theme.Colours256, ASCII: true},
	} {
		t.Run(name, func(t *testing.T) {
			screen := tuitest.Screen(t, sample(look), 60, 13)
			got := svg.Draw(screen, svg.Options{Light: look.Light, Title: "Wicket · the counter"})
			if err := wellFormed(got); err != nil {
				t.Errorf("the picture is no XML: %v", err)
			}
			if len(got) > 16<<10 {
				t.Errorf("the picture has %d bytes", len(got))
			}
			file := "testdata/" + name + ".svg"
			if flag.Lookup("update").Value.String() == "true" {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want, err := os.ReadFile(file); err != nil || !bytes.Equal(want, got) {
				t.Errorf("%s is out of date (%v); look at it and run with -update", file, err)
			}
		})
	}
}

// TestDrawEverything: whatever stands on a screen, the picture is good XML.
func TestDrawEverything(t *testing.T) {
	var view strings.Builder
	for r := rune(' '); r < 0x3000; r++ {
		view.WriteRune(r)
		if r%64 == 0 {
			view.WriteString("\x1b[4;7;9mx\x1b[m\n")
		}
	}
	if err := wellFormed(svg.Draw(emulator.Parse(view.String(), 70, 200), svg.Options{Title: "<&>"})); err != nil {
		t.Error(err)
	}
}

func wellFormed(b []byte) error {
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// Command pictures draws the documentation's pictures from golden views: the
// bytes the tests hold are the bytes the pictures show.
//
// It reads a list, a picture a line, and writes each picture beside the list:
//
//	# picture    view, from the repository's root       size   ground title
//	counter.svg  tui/counter/testdata/counter.golden    80x24  dark   Wicket · the counter
//
// With -check it writes nothing and fails when a picture is not what its view
// gives. With -png it also draws each picture as a PNG to look at, with
// rsvg-convert.
//
//	go run ./tui/tuitest/pictures [-list docs/pictures/list.txt] [-check] [-png folder]
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"wicket/tui/tuitest/emulator"
	"wicket/tui/tuitest/svg"
)

func main() {
	list := flag.String("list", filepath.Join("docs", "pictures", "list.txt"), "the list of pictures")
	check := flag.Bool("check", false, "write nothing; fail when a picture is out of date")
	png := flag.String("png", "", "also draw PNGs into this folder")
	flag.Parse()
	if err := run(*list, *check, *png); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

// picture is one line of the list.
type picture struct {
	file, view string
	w, h       int
	options    svg.Options
}

func run(list string, check bool, png string) error {
	b, err := os.ReadFile(list)
	if err != nil {
		return fmt.Errorf("read list: %w", err)
	}
	pictures, err := parseList(string(b))
	if err != nil {
		return fmt.Errorf("%s: %w", list, err)
	}
	var stale error
	for _, p := range pictures {
		view, err := os.ReadFile(filepath.FromSlash(p.view))
		if err != nil {
			return fmt.Errorf("read view: %w", err)
		}
		text := strings.TrimSuffix(strings.ReplaceAll(string(view), "\r\n", "\n"), "\n")
		drawn := svg.Draw(emulator.Parse(text, p.w, p.h), p.options)
		file := filepath.Join(filepath.Dir(list), p.file)
		if check {
			if old, err := os.ReadFile(file); err != nil || !bytes.Equal(bytes.ReplaceAll(old, []byte("\r\n"), []byte("\n")), drawn) {
				stale = errors.Join(stale, fmt.Errorf("%s is not what %s gives; run make pictures", file, p.view))
			}
			continue
		}
		if err := os.WriteFile(file, drawn, 0o644); err != nil {
			return fmt.Errorf("write picture: %w", err)
		}
		if png != "" {
			if err := rasterize(file, png); err != nil {
				return err
			}
		}
	}
	return stale
}

func parseList(text string) ([]picture, error) {
	var pictures []picture
	for i, line := range strings.Split(text, "\n") {
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		bad := fmt.Errorf("line %d: write «picture.svg view.golden 80x24 dark title»", i+1)
		if len(fields) < 4 || fields[3] != "dark" && fields[3] != "light" {
			return nil, bad
		}
		p := picture{file: fields[0], view: fields[1]}
		if _, err := fmt.Sscanf(fields[2], "%dx%d", &p.w, &p.h); err != nil || p.w < 1 || p.h < 1 {
			return nil, bad
		}
		p.options = svg.Options{Light: fields[3] == "light", Title: strings.Join(fields[4:], " ")}
		pictures = append(pictures, p)
	}
	return pictures, nil
}

// rasterize draws an SVG at twice its size into a folder.
func rasterize(file, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	out := filepath.Join(folder, strings.TrimSuffix(filepath.Base(file), ".svg")+".png")
	if b, err := exec.Command("rsvg-convert", "-z", "2", "-o", out, file).CombinedOutput(); err != nil {
		return fmt.Errorf("draw %s with rsvg-convert (librsvg2-bin): %w %s", out, err, b)
	}
	return nil
}

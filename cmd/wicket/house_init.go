package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wicket/boxoffice"
)

func (p *program) houseCommand() *cobra.Command {
	c := p.ticketCountCommand()
	c.Short += "; set up the house"
	c.AddCommand(p.houseCreate(), p.houseShow(), p.houseSet(), p.houseKey())
	return c
}

func (p *program) houseCreate() *cobra.Command {
	var name, code, zone, manager string
	c := &cobra.Command{
		Use: "create", Short: "make a house and its first manager", Args: noArgs,
		Long: "Makes a house in a new file. The manager's PIN is asked for, or taken from WICKET_PIN.",
	}
	c.Flags().StringVar(&name, "name", "", "the `NAME` of the house")
	c.Flags().StringVar(&code, "currency", "EUR", "the `CODE` of its currency (ISO 4217)")
	c.Flags().StringVar(&zone, "zone", defaultZone(), "its time `ZONE`, like Europe/Madrid")
	c.Flags().StringVar(&manager, "manager", "", "the `NAME` of its first manager")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if name == "" || manager == "" {
			return &usageError{errors.New("a house needs --name and --manager")}
		}
		currency, err := boxoffice.ParseCurrency(code)
		if err != nil {
			return err
		}
		settings := boxoffice.House{Name: name, Currency: currency, TimeZone: zone, Holds: boxoffice.DefaultHoldTimes()}
		if err := settings.Check(); err != nil {
			return err
		}
		pin, err := p.newPIN(c.Context(), manager)
		if err != nil {
			return err
		}
		by, err := p.createHouse(c.Context(), settings, manager, pin, false)
		if err != nil {
			return err
		}
		path, err := p.housePath()
		if err != nil {
			return err
		}
		fmt.Fprintf(p.out, "%s is set up in %s; %s is its manager\n", boxoffice.Clean(settings.Name), path, by.Name)
		fmt.Fprintln(p.out, "next: wicket plan import FILE and wicket programme load FILE, or wicket programme example; then wicket")
		return nil
	}
	return c
}

// defaultZone is the machine's own time zone where it says so.
func defaultZone() string {
	if name := time.Local.String(); name != "Local" && name != "" {
		return name
	}
	if link, err := os.Readlink("/etc/localtime"); err == nil {
		if _, name, ok := strings.Cut(link, "zoneinfo/"); ok {
			return name
		}
	}
	return "UTC"
}

// createHouse makes the house, with the example if that is wished, and returns its
// manager. Where it is refused, no file is left behind that was not there before.
func (p *program) createHouse(ctx context.Context, settings boxoffice.House, name, pin string, withExample bool) (manager boxoffice.Staff, err error) {
	path, err := p.housePath()
	if err != nil {
		return manager, err
	}
	_, errStat := os.Stat(path)
	isNew := errors.Is(errStat, fs.ErrNotExist)
	if _, err := os.Stat(keyPath(path)); isNew && err == nil {
		return manager, fmt.Errorf("%s is there, the key of another house's barcodes; move it to where that house is", keyPath(path))
	}
	if beside := remains(path); isNew && beside != "" { // SQLite would delete it
		return manager, fmt.Errorf("%s is there, with what another house sold last: no house was made\n  put that house back beside it, or name another file with --house", beside)
	}
	folders := missingFolders(path)
	defer func() {
		if err != nil && isNew {
			removeHouse(path)
			for _, folder := range folders {
				_ = os.Remove(folder) // not where something is in it
			}
		}
	}()
	h, err := p.openStore(ctx, path)
	if err != nil {
		return manager, err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	if manager, err = h.office.CreateHouse(ctx, boxoffice.NewCommandID(), settings, name, pin); err != nil || !withExample {
		return manager, err
	}
	_, _, err = p.bringExample(ctx, h, seat{}.actor(manager))
	return manager, err
}

// missingFolders returns the folders that are to be made for path, the innermost
// first.
func missingFolders(path string) (missing []string) {
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) || dir == filepath.Dir(dir) {
			return missing
		}
		missing = append(missing, dir)
	}
}

// removeHouse removes the files of a house.
func removeHouse(path string) {
	for _, ext := range []string{"", "-wal", "-shm", ".log", ".key"} {
		_ = os.Remove(path + ext) // most are not there
	}
}

type houseJSON struct {
	Name     string              `json:"name"`
	Currency string              `json:"currency"`
	Zone     string              `json:"zone"`
	File     string              `json:"file"`
	Holds    map[string]holdJSON `json:"holds"`
}

type holdJSON struct {
	TTL string `json:"ttl"`
	Max string `json:"max"`
}

var channels = []boxoffice.Channel{boxoffice.Window, boxoffice.Phone, boxoffice.Group, boxoffice.Web}

func (p *program) houseShow() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{Use: "show", Short: "show the house's settings", Args: noArgs, RunE: func(c *cobra.Command, _ []string) error {
		return p.within(c.Context(), func(h *house, _ boxoffice.Actor) error {
			s, err := h.office.House(c.Context())
			if err != nil {
				return err
			}
			if asJSON {
				out := houseJSON{s.Name, s.Currency.Code, s.TimeZone, h.path, map[string]holdJSON{}}
				for _, ch := range channels {
					out.Holds[string(ch)] = holdJSON{s.Holds.For(ch).TTL.String(), s.Holds.For(ch).Max.String()}
				}
				return printJSON(p.out, out)
			}
			fmt.Fprintf(p.out, "%s, %s, %s\nin %s\n", boxoffice.Clean(s.Name), s.Currency.Code, s.TimeZone, h.path)
			for _, ch := range channels {
				fmt.Fprintf(p.out, "holds by %-7s last %s, %s at most\n", ch, s.Holds.For(ch).TTL, s.Holds.For(ch).Max)
			}
			return nil
		})
	}}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

func (p *program) houseSet() *cobra.Command {
	var name, zone string
	var ttl, longest map[string]string
	c := &cobra.Command{Use: "set", Short: "change the house's settings", Args: noArgs}
	c.Flags().StringVar(&name, "name", "", "the `NAME` of the house")
	c.Flags().StringVar(&zone, "zone", "", "its time `ZONE`")
	c.Flags().StringToStringVar(&ttl, "ttl", nil, "how long holds last, by channel: `window=8m`")
	c.Flags().StringToStringVar(&longest, "max", nil, "how long at most, over all renewals: `window=30m`")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if name == "" && zone == "" && len(ttl) == 0 && len(longest) == 0 {
			return &usageError{errors.New("say what to change: --name, --zone, --ttl or --max")}
		}
		return p.within(c.Context(), func(h *house, by boxoffice.Actor) error {
			s, err := h.office.House(c.Context())
			if err != nil {
				return err
			}
			if name != "" {
				s.Name = name
			}
			if zone != "" {
				s.TimeZone = zone
			}
			times := boxoffice.HoldTimes{}
			for _, ch := range channels {
				times[ch] = s.Holds.For(ch)
			}
			if err := setTimes(times, ttl, func(t *boxoffice.HoldTime) *time.Duration { return &t.TTL }); err != nil {
				return err
			}
			if err := setTimes(times, longest, func(t *boxoffice.HoldTime) *time.Duration { return &t.Max }); err != nil {
				return err
			}
			s.Holds = times
			if err := h.office.SaveHouse(c.Context(), boxoffice.NewCommandID(), by, s); err != nil {
				return err
			}
			fmt.Fprintln(p.out, "changed; holds that stand keep their time until they are renewed")
			return nil
		})
	}
	return c
}

// setTimes puts durations like «8m» by channel into one field of the hold times.
func setTimes(times boxoffice.HoldTimes, words map[string]string, field func(*boxoffice.HoldTime) *time.Duration) error {
	for name, text := range words {
		ch := boxoffice.Channel(strings.ToLower(name))
		t, ok := times[ch]
		if !ok {
			return &usageError{fmt.Errorf("there is no channel %s; there are window, phone, group and web", boxoffice.Clean(name))}
		}
		d, err := time.ParseDuration(text)
		if err != nil {
			return &usageError{fmt.Errorf("«%s» is no time; write it like 8m or 1h30m", boxoffice.Clean(text))}
		}
		*field(&t) = d
		times[ch] = t
	}
	return nil
}

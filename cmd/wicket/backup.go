package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"wicket/boxoffice"
	"wicket/tui/screen"
)

// backupOptions is what can be said of a backup on the command line.
type backupOptions struct {
	keys bool
	to   []string
	keep keeping
}

// flags adds the options, each name with something before it.
func (o *backupOptions) flags(f *pflag.FlagSet, before string, keep int) {
	f.BoolVar(&o.keys, before+"keys", false, "put the house's keys in, though nothing is encrypted")
	f.StringArrayVar(&o.to, before+"to", nil, "encrypt to this age `RECIPIENT` (age1…) or a file of them; the keys go in")
	f.IntVar(&o.keep.count, before+"keep", keep, "keep the newest `N`; 0 is no matter of number")
	f.IntVar(&o.keep.days, before+"keep-days", 0, "keep those younger than `N` days; 0 is no matter of age")
}

// backup checks the options and returns what makes backups by them.
func (o backupOptions) backup(clock boxoffice.Clock) (b backup, err error) {
	if o.keep.count < 0 || o.keep.days < 0 {
		return b, &usageError{errors.New("less than no backup cannot be kept")}
	}
	to, err := recipients(o.to)
	if err != nil {
		return b, &usageError{err}
	}
	return backup{clock: clock, keys: o.keys, to: to, keep: o.keep}, nil
}

func (p *program) backupCommand() *cobra.Command {
	var o backupOptions
	c := &cobra.Command{
		Use: "backup [FOLDER|FILE]", Short: "copy the house while it sells, and open the copy to see that it is right",
		Long: `Makes a backup of the house while counters and servers sell: one file, whole, of one
instant. It is opened and recounted, and compared with the house, before it counts.
In a folder it is named by house and instant (UTC). Without a folder it goes to the
one beside the house, house.wicket.backups: that does not outlive its disk.

The keys of the house (of its barcodes, and of its server) are secrets: they are in
a backup that is encrypted (--to), and in a plain one only with --keys. Without them
keep copies elsewhere: no printed ticket can be scanned without its key.

Nothing is removed unless --keep or --keep-days is said; what either keeps stays.
Only sound backups of this very house go, and only after the new one was found right.`,
		Example: "  wicket backup /mnt/backup --keep 14\n  wicket backup /mnt/usb --to age1… --keep-days 30\n  wicket backup before-the-update.wicket",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 1 || len(args) == 1 && args[0] == "" {
				return &usageError{errors.New("wicket backup makes one backup: name one folder or file")}
			}
			return nil
		},
	}
	o.flags(c.Flags(), "", 0)
	c.RunE = func(c *cobra.Command, args []string) error {
		b, err := o.backup(p.clock)
		if err != nil {
			return err
		}
		where := ""
		if len(args) == 1 {
			where = args[0]
		}
		return p.backup(c.Context(), b, where)
	}
	return c
}

// backupsBeside is the folder of the backups that nobody said a folder for.
func backupsBeside(house string) string { return house + ".backups" }

func (p *program) backup(ctx context.Context, b backup, where string) (err error) {
	h, err := p.openHouse(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	beside := where == ""
	if beside {
		where = backupsBeside(h.path)
		if err := os.MkdirAll(where, 0o700); err != nil {
			return cannotCopy(filepath.Dir(where), err)
		}
	}
	folder, file, err := backupPlace(where)
	if err != nil {
		return err
	}
	m, err := b.make(ctx, h, folder, file)
	if m.size == 0 {
		return err
	}
	p.sayBackup(h, b, m)
	if beside {
		fmt.Fprintln(p.out, "  it lies on the disk of the house: copy it elsewhere, or name a folder on another disk")
	}
	if err == nil && len(m.breaks) > 0 {
		return fmt.Errorf("the house itself has %s, and so has this backup; nothing older was removed\n  see them: wicket verify", screen.Count(len(m.breaks), "break"))
	}
	return err
}

// sayBackup says what was made.
func (p *program) sayBackup(h *house, b backup, m made) {
	fmt.Fprintf(p.out, "%s: %s, %s\n", boxoffice.Clean(m.house.Name), boxoffice.Clean(m.path), byteCount(m.size))
	fmt.Fprintf(p.out, "  it goes to entry %d of %s, and was opened and recounted\n", m.reach.Seq, instant(m.reach.At, m.house))
	switch {
	case m.keyless != "":
		fmt.Fprintf(p.out, "  the key of the barcodes is not in it: %s is missing\n", m.keyless)
	case m.keys && len(b.to) == 0:
		fmt.Fprintln(p.out, "  the house's keys are in it, in the clear: who has it can make tickets")
	case m.keys:
		fmt.Fprintln(p.out, "  the house's keys are in it, encrypted")
	case h.keyless:
		fmt.Fprintf(p.out, "  the house's keys are not in it, and %s is missing: see wicket doctor\n", keyPath(h.path))
	default:
		fmt.Fprintf(p.out, "  the house's keys are not in it: keep a copy of %s elsewhere\n", keyPath(h.path))
	}
	if len(m.removed) > 0 {
		fmt.Fprintf(p.out, "  removed %s\n", screen.Count(len(m.removed), "older one"))
	}
}

// instant writes an instant in the house's own time.
func instant(at time.Time, h boxoffice.House) string {
	return at.In(h.Location()).Format("2006-01-02 15:04:05 MST")
}

// byteCount writes a number of bytes for people: «1.2 MB».
func byteCount(n int64) string {
	f, unit := float64(n), "B"
	for _, next := range []string{"kB", "MB", "GB", "TB"} {
		if f < 1000 {
			break
		}
		f, unit = f/1000, next
	}
	if unit == "B" {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%.1f %s", f, unit)
}

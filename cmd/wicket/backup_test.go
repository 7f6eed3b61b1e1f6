//go:build unix

package main

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"filippo.io/age"

	"wicket/boxoffice"
)

// rush is a house that two counters sell from all the time.
type rush struct {
	*commonHouse
	ends []func()
}

func newRush(t *testing.T) *rush {
	t.Helper()
	h := newRushHouse(t)
	r := &rush{commonHouse: h}
	for _, name := range []string{"Ana", "Ben"} {
		cmd := exec.Command("wicket-sells", name)
		cmd.Dir, cmd.Env = h.dir, h.env
		in, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		if !lines.Scan() || !strings.HasPrefix(lines.Text(), "sold ") {
			t.Fatalf("%s does not sell: %s", name, lines.Text())
		}
		over := make(chan error, 1)
		go func() {
			last, n := lines.Text(), 1
			for lines.Scan() {
				last = lines.Text()
				n++
			}
			err := cmd.Wait()
			if err != nil || n < 2 {
				err = fmt.Errorf("%s sold %d, in the end: %s (%w)", name, n, last, err)
			}
			over <- err
		}()
		ended := false
		end := func() {
			if ended {
				return
			}
			ended = true
			_ = in.Close()
			select {
			case err := <-over:
				if err != nil {
					t.Error(err)
				}
			case <-time.After(time.Minute):
				t.Errorf("%s does not stop", name)
				_ = cmd.Process.Kill()
			}
		}
		t.Cleanup(end)
		r.ends = append(r.ends, end)
	}
	return r
}

// stop lets both counters close.
func (r *rush) stop() {
	for _, end := range r.ends {
		end()
	}
}

func newRushHouse(t *testing.T) *commonHouse {
	t.Helper()
	return openHouse(t, 1, 19_999)
}

// refused runs wicket and returns what it complained of; it must end with code 1.
func (h *commonHouse) refused(t *testing.T, args ...string) string {
	t.Helper()
	out, err := h.command(args...).CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != codeRefused {
		t.Errorf("wicket %v was not refused: %v\n%s", args, err, out)
	}
	return string(out)
}

func (h *commonHouse) at(name string) string { return filepath.Join(h.dir, name) }

// TestBackupDrill: while two counters sell, backups are made, plain, packed and
// encrypted; each comes back to another place, adds up, and ends at an entry that
// the house has, too.
func TestBackupDrill(t *testing.T) {
	r := newRush(t)
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	stranger, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	r.write(t, "age.key", id.String()+"\n")
	r.write(t, "other.key", stranger.String()+"\n")
	r.run(t, "backup", "plain.wicket")
	r.run(t, "backup", "packed.tar", "--keys")
	r.run(t, "backup", "sealed.age", "--to", id.Recipient().String())
	if text, err := os.ReadFile(r.at("sealed.age")); err != nil || bytes.Contains(text, []byte("SQLite")) {
		t.Errorf("the encrypted one is not: %v", err)
	}

	if said := r.refused(t, "restore", "sealed.age", "--house", "x.wicket"); !strings.Contains(said, "--identity") {
		t.Errorf("without an identity: %s", said)
	}
	if said := r.refused(t, "restore", "sealed.age", "--house", "x.wicket", "-i", "other.key"); !strings.Contains(said, "somebody else") {
		t.Errorf("with another's identity: %s", said)
	}
	if said := r.refused(t, "restore", "plain.wicket"); !strings.Contains(said, "a house stands at") || !strings.Contains(said, "not in it: ") {
		t.Errorf("over a house: %s", said)
	}
	if said := r.refused(t, "restore", "plain.wicket", "--replace"); !strings.Contains(said, "open in another process") {
		t.Errorf("over a house that is open: %s", said)
	}
	for _, c := range []struct {
		backup string
		more   []string
		keys   bool
	}{{"plain.wicket", nil, false}, {"packed.tar", nil, true}, {"sealed.age", []string{"-i", "age.key"}, true}} {
		place := filepath.Join("back from "+c.backup, "house.wicket")
		said := r.run(t, append([]string{"restore", c.backup, "--house", place}, c.more...)...)
		found := regexp.MustCompile(`entry (\d+) of`).FindStringSubmatch(said)
		if found == nil {
			t.Fatalf("%s: it does not say how far it goes: %s", c.backup, said)
		}
		if said := r.run(t, "--house", place, "verify"); !strings.HasPrefix(said, "clean: 20000 tickets, "+found[1]+" entries") {
			t.Errorf("%s: %s", c.backup, said)
		}
		if here, there := r.entry(t, "house.wicket", found[1]), r.entry(t, place, found[1]); here != there {
			t.Errorf("%s: entry %s is\n%s, in the house it is\n%s", c.backup, found[1], there, here)
		}
		key, err := os.ReadFile(r.at(place + ".key"))
		if want, _ := os.ReadFile(r.at("house.wicket.key")); c.keys && !bytes.Equal(key, want) || !c.keys && err == nil {
			t.Errorf("%s: the key came back as %x (%v)", c.backup, key, err)
		}
	}
	r.stop()
	r.run(t, "verify")
	if left, _ := filepath.Glob(r.at(partName + "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// entry returns the journal entry with this number as the program prints it.
func (h *commonHouse) entry(t *testing.T, house, seq string) string {
	t.Helper()
	n, ok := new(big.Int).SetString(seq, 10)
	if !ok {
		t.Fatalf("%s is no number", seq)
	}
	said := h.run(t, "--house", house, "journal", "--json", "--since", n.Sub(n, big.NewInt(1)).String())
	line, _, _ := strings.Cut(said, "\n")
	return line
}

// TestKilledBackup: whatever the moment, a backup that was killed leaves a whole one
// or nothing that looks like one.
func TestKilledBackup(t *testing.T) {
	h := newRushHouse(t)
	dir := h.at("backups")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	parts := 0
	for i := 0; i < 8 || parts == 0 && i < 200; i++ {
		cmd := h.command("backup", dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		over := make(chan error, 1)
		go func() { over <- cmd.Wait() }()
		for begun := false; !begun; { // until it has something in the folder
			select {
			case err := <-over:
				begun = true
				over <- err
			default:
				files, _ := filepath.Glob(filepath.Join(dir, partName+"*"))
				begun = len(files) > 0 && size(files[0]) >= int64(i%8)*40_000
			}
		}
		_ = cmd.Process.Signal(syscall.SIGKILL)
		<-over
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for n, f := range files {
			path := filepath.Join(dir, f.Name())
			switch _, ok := parseBackupName(f.Name()); {
			case strings.HasPrefix(f.Name(), partName):
				parts++
			case ok:
				h.run(t, "restore", path, "--house", fmt.Sprintf("again-%d-%d.wicket", i, n))
			case !strings.HasSuffix(f.Name(), ".wicket.sha256"):
				t.Errorf("a killed backup left %s", f.Name())
			}
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
	}
	if parts == 0 {
		t.Error("none was killed while it was being made: this test looks at nothing")
	}
	if said := h.run(t, "verify"); !strings.HasPrefix(said, "clean: ") {
		t.Error(said)
	}
}

func size(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// TestOneBitInABackup: a backup with one bit turned is refused, by its sum, and
// without that by what it says.
func TestOneBitInABackup(t *testing.T) {
	h := openHouse(t, 1, 1_999)
	h.run(t, "backup", "plain.wicket")
	text, err := os.ReadFile(h.at("plain.wicket"))
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		at, err := rand.Int(rand.Reader, big.NewInt(int64(len(text))))
		if err != nil {
			t.Fatal(err)
		}
		bad := bytes.Clone(text)
		bad[at.Int64()] ^= 4
		h.write(t, "plain.wicket", string(bad))
		if said := h.refused(t, "restore", "plain.wicket", "--house", "x.wicket"); !strings.Contains(said, "its sum is another one") {
			t.Errorf("byte %v: %s", at, said)
		}
	}
	hash := strings.SplitAfter(h.entry(t, "house.wicket", "3"), `"hash":"`)[1][:64]
	var raw []byte
	if _, err := fmt.Sscanf(hash, "%x", &raw); err != nil {
		t.Fatal(err)
	}
	bad := bytes.Clone(text)
	bad[bytes.Index(bad, raw)+7] ^= 1
	h.write(t, "moved.wicket", string(bad))
	if said := h.refused(t, "restore", "moved.wicket", "--house", "x.wicket"); !strings.Contains(said, "does not add up") || !strings.Contains(said, "nothing was changed") {
		t.Errorf("without its sum: %s", said)
	}
	if _, err := os.Stat(h.at("x.wicket")); err == nil {
		t.Error("something was put in place")
	}
	h.run(t, "restore", "moved.wicket", "--house", "x.wicket", "--with-breaks")
}

// TestBackupOfAHouseThatIsGone says what to do about it, and nothing of disks.
func TestBackupOfAHouseThatIsGone(t *testing.T) {
	gone := &boxoffice.StoreError{Words: "the file house.wicket was moved or deleted: put it back, and selling goes on"}
	want := "no backup was made, older ones are as they were: " + gone.Words
	if err := cannotCopy(t.TempDir(), fmt.Errorf("copy store: %w", gone)); err.Error() != want {
		t.Errorf("got «%v», want «%s»", err, want)
	}
}

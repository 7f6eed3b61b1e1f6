//go:build unix

package journey

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"wicket/tui/tuitest/emulator"
)

// Screen is a program in a terminal of its own.
type Screen struct {
	name string
	cmd  *exec.Cmd
	tty  *os.File      // our end of the pseudo-terminal
	read chan struct{} // closed when everything the program wrote is shown
	done chan struct{} // closed when the program has ended, too

	mu      sync.Mutex
	term    *emulator.Terminal
	wrote   chan struct{} // closed at the next output, then replaced
	exitErr error
}

// Start runs a program in a new terminal of w × h cells. The command's input,
// output and session are the terminal's.
func Start(name string, cmd *exec.Cmd, w, h int) (*Screen, error) {
	if signal.Ignored(syscall.SIGHUP) { // as under nohup: the program would not hear its line drop
		signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP)
	}
	blocking, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)})
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	tty, err := nonBlocking(blocking)
	if err != nil {
		cmd.Process.Kill()
		cmd.Wait()
		return nil, fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	s := &Screen{
		name: name, cmd: cmd, tty: tty, term: emulator.New(w, h),
		read: make(chan struct{}), done: make(chan struct{}), wrote: make(chan struct{}),
	}
	go s.show()
	go s.wait()
	return s, nil
}

// nonBlocking returns the same file, closing the one it was given. Closing a
// blocking one would wait for the read under way: no terminal could hang up.
func nonBlocking(f *os.File) (*os.File, error) {
	defer f.Close()
	fd, err := unix.FcntlInt(f.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	if err := unix.SetNonblock(fd, true); err != nil {
		return nil, errors.Join(err, unix.Close(fd))
	}
	return os.NewFile(uintptr(fd), f.Name()), nil
}

// show feeds the terminal with what the program writes, and the program with
// what the terminal answers, until the program's end is closed.
func (s *Screen) show() {
	defer close(s.read)
	var answers bytes.Buffer
	s.term.Answers = &answers
	buf := make([]byte, 32<<10)
	for {
		n, err := s.tty.Read(buf)
		if n > 0 {
			s.mu.Lock()
			s.term.Write(buf[:n])
			close(s.wrote)
			s.wrote = make(chan struct{})
			s.mu.Unlock()
			s.tty.Write(answers.Bytes()) // a program that has gone needs no answer
			answers.Reset()
		}
		if err != nil { // EIO on Linux, EOF elsewhere
			return
		}
	}
}

// lastWords is how long a program's output may still come after its end: only
// where it left a child behind that keeps the terminal open.
const lastWords = time.Second

func (s *Screen) wait() {
	err := s.cmd.Wait()
	select {
	case <-s.read:
	case <-time.After(lastWords):
	}
	s.mu.Lock()
	s.exitErr = err
	s.mu.Unlock()
	close(s.done)
}

// Now returns what stands on the screen.
func (s *Screen) Now() *emulator.Screen {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.term.Screen()
}

// look returns what stands on the screen, and a channel that closes when the
// program next writes.
func (s *Screen) look() (*emulator.Screen, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.term.Screen(), s.wrote
}

// Still returns the screen once the program has written nothing for a moment, or
// as it is after a second of writing.
func (s *Screen) Still() *emulator.Screen {
	const moment = 30 * time.Millisecond
	limit := time.After(time.Second)
	for {
		screen, wrote := s.look()
		select {
		case <-wrote:
		case <-time.After(moment):
			return screen
		case <-s.done:
			return s.Now()
		case <-limit:
			return screen
		}
	}
}

// Wait waits until the screen's text matches, or no longer matches where want is
// false. Its error shows the screen.
func (s *Screen) Wait(re *regexp.Regexp, want bool, within time.Duration) error {
	deadline := time.NewTimer(within)
	defer deadline.Stop()
	ended := s.done
	for {
		screen, wrote := s.look()
		if re.MatchString(screen.Text()) == want {
			return nil
		}
		what := "shows no"
		if !want {
			what = "still shows"
		}
		select {
		case <-wrote:
		case <-ended:
			if ended == nil {
				continue
			}
			// Look once more: the last words may have come since.
			if re.MatchString(s.Now().Text()) == want {
				return nil
			}
			return fmt.Errorf("it %s «%s», and the program has ended (%s)\n%s", what, re, s.exit(), s.Picture())
		case <-deadline.C:
			return fmt.Errorf("it %s «%s» after %s\n%s", what, re, within, s.Picture())
		}
	}
}

// Send types bytes as they are.
func (s *Screen) Send(keys string) error {
	if _, err := s.tty.WriteString(keys); err != nil {
		return fmt.Errorf("type on screen %s: %w", s.name, err)
	}
	return nil
}

// answerTime is how long a program may take to answer a key before the next one
// is typed; many keys are answered by nothing.
const answerTime = 300 * time.Millisecond

// Type sends bursts of keys, each when the program has answered the one before.
// It also waits after the last one where that was esc.
func (s *Screen) Type(bursts []string) error {
	for i, burst := range bursts {
		_, wrote := s.look()
		if err := s.Send(burst); err != nil {
			return err
		}
		if i == len(bursts)-1 && !strings.HasSuffix(burst, "\x1b") {
			return nil
		}
		select {
		case <-wrote:
		case <-s.done:
		case <-time.After(answerTime):
		}
	}
	return nil
}

// Resize changes the terminal's size and tells the program.
func (s *Screen) Resize(w, h int) error {
	s.mu.Lock()
	s.term.Resize(w, h)
	s.mu.Unlock()
	tty, err := s.tty.SyscallConn() // pty.Setsize would make it blocking again
	if err == nil {
		var failed error
		err = tty.Control(func(fd uintptr) {
			failed = unix.IoctlSetWinsize(int(fd), unix.TIOCSWINSZ, &unix.Winsize{Col: uint16(w), Row: uint16(h)})
		})
		err = errors.Join(err, failed)
	}
	if err != nil {
		return fmt.Errorf("resize screen %s: %w", s.name, err)
	}
	return nil
}

// Signal sends the program a signal.
func (s *Screen) Signal(sig syscall.Signal) error { return s.cmd.Process.Signal(sig) }

// Hangup closes the terminal under the program.
func (s *Screen) Hangup() error { return s.tty.Close() }

// Exit waits for the program's end and returns its code: 128+N for signal N.
func (s *Screen) Exit(within time.Duration) (int, error) {
	select {
	case <-s.done:
		return s.exitCode(), nil
	case <-time.After(within):
		return 0, fmt.Errorf("it still runs after %s\n%s", within, s.Picture())
	}
}

func (s *Screen) exitCode() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	var exit *exec.ExitError
	if !errors.As(s.exitErr, &exit) {
		return 0
	}
	if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	return exit.ExitCode()
}

// exit says how the program ended.
func (s *Screen) exit() string { return fmt.Sprintf("code %d", s.exitCode()) }

// Close kills the program, and everything it started in its terminal, and waits
// for its end.
func (s *Screen) Close() {
	select {
	case <-s.done:
	default:
		syscall.Kill(-s.cmd.Process.Pid, syscall.SIGKILL)
		<-s.done
	}
	s.tty.Close()
	<-s.read
}

// Picture returns the screen's text in a frame, to be read in a log.
func (s *Screen) Picture() string {
	s.mu.Lock()
	screen, unknown := s.term.Screen(), s.term.Unknown()
	var b strings.Builder
	rule := strings.Repeat("─", screen.W)
	fmt.Fprintf(&b, "┌%s┐\n", rule)
	for y := range screen.H {
		line := ""
		for x := range screen.W {
			line += screen.At(x, y).Text
		}
		fmt.Fprintf(&b, "│%s│\n", line)
	}
	fmt.Fprintf(&b, "└%s┘ %s, %d×%d\n", rule, s.name, screen.W, screen.H)
	if len(unknown) > 0 {
		fmt.Fprintf(&b, "sequences the emulator does not know: %v\n", unknown)
	}
	s.mu.Unlock()
	return b.String()
}

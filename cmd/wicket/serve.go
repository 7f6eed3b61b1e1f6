package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"wicket/boxoffice"
	"wicket/store/heap"
	"wicket/tui"
	"wicket/tui/screen"
	"wicket/tui/sshd"
)

// serveOptions is how a house is served.
type serveOptions struct {
	listen     string
	hostKey    string
	channel    string
	drain      time.Duration
	look       tuiOptions
	metrics    string
	metricsAll bool // metrics for whoever can reach them
	log        string

	backups     string // a folder; none, no backups
	backupEvery time.Duration
	backup      backupOptions
}

func (p *program) serveCommand() *cobra.Command {
	var o serveOptions
	c := &cobra.Command{
		Use: "serve", Short: "let staff in over SSH, each by their key", Args: noArgs,
		Long: `Opens the house to staff over SSH. Who somebody is, is their key: enrol people by
wicket staff add NAME --key FILE. Counters on this machine may have the house
open meanwhile.

The server's own key is made on first start, beside the house. A first SIGTERM or
SIGINT drains: newcomers are refused, everybody is told, sales in progress may be
finished until --drain is over. A second one ends at once. Nothing is lost either
way: baskets are in the house.`,
		Example: "  wicket serve\n  wicket serve --listen :2323 --metrics 127.0.0.1:9323\n  ssh -p 2323 box-office.example",
	}
	f := c.Flags()
	f.StringVar(&o.listen, "listen", "127.0.0.1:2323", "the `ADDRESS` to listen on; :2323 is every network")
	f.StringVar(&o.hostKey, "host-key", "", "the `FILE` of the server's own key (default: beside the house)")
	f.StringVar(&o.channel, "channel", string(boxoffice.Window), "the `CHANNEL` of sales over SSH: window, phone or group")
	f.DurationVar(&o.drain, "drain", 30*time.Second, "how long sales may take to finish when the server ends")
	o.look.lockFlag(f)
	f.StringVar(&o.metrics, "metrics", "", "serve Prometheus metrics, /healthz and /readyz on this `ADDRESS`")
	f.BoolVar(&o.metricsAll, "metrics-public", false, "let --metrics be an address that other machines reach")
	f.StringVar(&o.log, "log", "", "the `FILE` for the log, - for standard error (default: beside the house)")
	f.StringVar(&o.backups, "backup", "", "make backups in this `FOLDER` while serving")
	f.DurationVar(&o.backupEvery, "backup-every", 6*time.Hour, "how often")
	o.backup.flags(f, "backup-", 28)
	c.RunE = func(c *cobra.Command, _ []string) error {
		if err := errors.Join(o.check(), noFolderFor(f)); err != nil {
			return &usageError{err}
		}
		return p.serve(c.Context(), o)
	}
	return c
}

// noFolderFor returns an error where something is said of backups, and not where they go.
func noFolderFor(f *pflag.FlagSet) (err error) {
	f.Visit(func(said *pflag.Flag) {
		if strings.HasPrefix(said.Name, "backup-") && !f.Changed("backup") {
			err = fmt.Errorf("--%s makes no backups without --backup FOLDER", said.Name)
		}
	})
	return err
}

// check says what makes no sense.
func (o serveOptions) check() error {
	switch boxoffice.Channel(o.channel) {
	case boxoffice.Window, boxoffice.Phone, boxoffice.Group:
	default:
		return fmt.Errorf("there is no channel %s for people; there are window, phone and group", boxoffice.Clean(o.channel))
	}
	if o.drain < 0 {
		return errors.New("--drain cannot be negative")
	}
	if o.backups != "" && o.backupEvery < time.Second {
		return errors.New("--backup-every is at least a second")
	}
	if o.metrics == "" || o.metricsAll {
		return nil
	}
	host, _, err := net.SplitHostPort(o.metrics)
	if err != nil {
		return fmt.Errorf("--metrics: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("%s would show the house's numbers to other machines; use 127.0.0.1, or say --metrics-public", boxoffice.Clean(o.metrics))
	}
	return nil
}

// tidy is by how many per cent the memory of a server may grow until it is tidied up, a
// little memory aside: its terminals keep little and throw a lot away.
const tidy = 50

// serve serves the house until ctx ends, then drains.
func (p *program) serve(ctx context.Context, o serveOptions) (err error) {
	signal.Ignore(syscall.SIGPIPE) // whoever read the output may go, the server stays
	h, err := p.openToSell(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	log, closeLog, err := p.serveLog(o.log, h)
	if err != nil {
		return err
	}
	defer closeLog()
	people, err := comers(ctx, h.office)
	if err != nil {
		return err
	}
	if people == 0 {
		return errors.New("nobody could come in: nobody who works here has a key\n  enrol somebody: wicket staff add NAME --key FILE, or wicket staff key add NAME FILE")
	}
	settings, err := h.office.House(ctx)
	if err != nil {
		return err
	}
	backups, err := o.backup.backup(p.clock)
	if err != nil {
		return err
	}
	s := &service{program: p, house: h, channel: boxoffice.Channel(o.channel), common: tui.NewCommon(), look: o.look, log: log}
	folder, err := serverFolder(h.path)
	if err != nil {
		return err
	}
	if s.post, err = takePost(folder); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.post.leave()) }()
	if err := s.tidy(ctx); err != nil {
		return err
	}
	s.ssh, err = sshd.New(sshd.Options{
		HostKey: cmp.Or(o.hostKey, filepath.Join(folder, "host_ed25519")), Terminals: s.post.terminals(), Directory: directory{h.office}, Clock: p.clock, Logger: log, Open: s.open, Command: s.command,
	})
	if err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	var listen net.ListenConfig
	listener, err := listen.Listen(ctx, "tcp", o.listen)
	if err != nil {
		return fmt.Errorf("serve: %w\n  %s", err, otherAddress(err, o.listen, "--listen"))
	}
	heap.Tidy(tidy)
	h.work(ctx, p.clock)
	if o.backups != "" {
		defer s.keepBackups(ctx, &schedule{backup: backups, house: h, folder: o.backups, every: o.backupEvery, log: log})()
	}
	stopMeters, meters, err := s.meter(ctx, o.metrics)
	if err != nil {
		return errors.Join(fmt.Errorf("serve metrics: %w\n  %s", err, otherAddress(err, o.metrics, "--metrics")), listener.Close())
	}
	defer stopMeters()

	fmt.Fprintf(p.out, "%s is open on %s\n", boxoffice.Clean(settings.Name), listener.Addr())
	fmt.Fprintf(p.out, "  the server's key is %s\n", s.ssh.Fingerprint())
	fmt.Fprintf(p.out, "  %s of staff can come in\n", screen.Count(people, "member"))
	if meters != "" {
		fmt.Fprintf(p.out, "  metrics on http://%s/metrics\n", meters)
	}
	if s.backups != nil {
		fmt.Fprintf(p.out, "  backups in %s every %s\n", boxoffice.Clean(o.backups), o.backupEvery)
		if err := isFolder(o.backups); err != nil { // it may be mounted later
			p.complain(err.Error())
		}
	}
	log.Info("server started", "address", listener.Addr().String(), "key", s.ssh.Fingerprint(), "people", people, "version", version())
	return s.run(ctx, listener, o.drain)
}

// otherAddress says what to do about an address that cannot be listened on.
func otherAddress(err error, address, flag string) string {
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Sprintf("is another server on %s? choose another address with %s", boxoffice.Clean(address), flag)
	}
	return fmt.Sprintf("choose another address with %s: one like 127.0.0.1:2323", flag)
}

// run serves until ctx ends, then drains. A second signal ends the draining.
func (s *service) run(ctx context.Context, listener net.Listener, patience time.Duration) error {
	life, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	go s.watch(life)
	served := make(chan error, 1)
	go func() { served <- s.ssh.Serve(life, listener) }()
	s.notify("READY=1")
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}

	again := make(chan os.Signal, 1)
	signal.Notify(again, syscall.SIGINT, syscall.SIGTERM)
	defer signal.Stop(again)
	s.draining.Store(true)
	s.notify("STOPPING=1")
	s.log.Info("server closes", "here", len(s.ssh.Sessions()), "within", patience.String())
	fmt.Fprintf(s.program.out, "closing: %s here, ended in %s at the latest; once more ends at once\n",
		screen.Count(len(s.ssh.Sessions()), "terminal"), patience)
	drain, cancel := context.WithTimeout(life, patience)
	defer cancel()
	go func() {
		select {
		case <-again:
			end()
		case <-drain.Done():
		}
	}()
	left := s.ssh.Drain(drain)
	end()
	err := <-served
	if left != nil {
		s.log.Warn("server closed", "left", left.Error())
		fmt.Fprintf(s.program.out, "closed: %s; their baskets stay until their holds end\n", left)
		return err
	}
	s.log.Info("server closed")
	fmt.Fprintln(s.program.out, "closed")
	return err
}

// serveLog is the log of the server: the house's own, a file, or standard error.
func (p *program) serveLog(path string, h *house) (*slog.Logger, func(), error) {
	switch path {
	case "":
		return h.log, func() {}, nil
	case "-":
		return slog.New(slog.NewJSONHandler(p.err, nil)), func() {}, nil
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("open the log: %w", err)
	}
	return slog.New(slog.NewJSONHandler(file, nil)), func() { _ = file.Close() }, nil
}

// serverFolder is where a server keeps what is its own: beside the house, made if
// need be, for its owner alone to read.
func serverFolder(house string) (string, error) {
	folder := house + ".ssh"
	if err := os.Mkdir(folder, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("make a folder for the server's key: %w", err)
	}
	return folder, nil
}

// comers counts the people who could come in, by a key or by a certificate.
func comers(ctx context.Context, office *boxoffice.Office) (int, error) {
	keys, err := office.Keys(ctx)
	if err != nil {
		return 0, err
	}
	can := map[boxoffice.StaffID]bool{}
	for _, k := range keys {
		if k.Key.Active() && k.Owner.Active {
			can[k.Owner.ID] = true
		}
	}
	authorities, err := office.Authorities(ctx)
	if err != nil || len(authorities) == 0 {
		return len(can), err
	}
	principals, err := office.Principals(ctx)
	if err != nil {
		return 0, err
	}
	for _, p := range principals {
		who, err := office.Person(ctx, p.Staff)
		if err != nil {
			return 0, err
		}
		if who.Active {
			can[who.ID] = true
		}
	}
	return len(can), nil
}

// notify tells systemd how the server stands, where systemd asked to be told.
func (s *service) notify(state string) {
	socket := s.program.env("NOTIFY_SOCKET")
	if socket == "" {
		return
	}
	if strings.HasPrefix(socket, "@") {
		socket = "\x00" + socket[1:]
	}
	conn, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err == nil {
		_, err = conn.Write([]byte(state))
		err = errors.Join(err, conn.Close())
	}
	if err != nil {
		s.log.Warn("systemd not told", "state", state, "error", err)
	}
}

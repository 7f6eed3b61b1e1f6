package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"wicket/boxoffice"
)

// meter serves metrics and health checks on address, nothing where it is empty. It
// returns where, and how to stop.
func (s *service) meter(ctx context.Context, address string) (stop func(), where string, err error) {
	if address == "" {
		return func() {}, "", nil
	}
	var listen net.ListenConfig
	l, err := listen.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, "", err
	}
	watch := s.house.feed.Subscribe()
	server := &http.Server{Handler: s.meters(watch), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second}
	go func() {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			s.log.Error("metrics ended", "error", err)
		}
	}()
	return func() {
		_ = server.Close()
		watch.Close()
	}, l.Addr().String(), nil
}

// meters answers /metrics, /healthz (is it alive) and /readyz (may it be sent
// people).
func (s *service) meters(feed boxoffice.Subscription) http.Handler {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), &gauges{s, feed})
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, "alive")
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if why := s.unready(feed); len(why) > 0 {
			http.Error(w, strings.Join(why, "\n"), http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ready")
		if s.backups == nil {
			return
		}
		if b := s.backups.state(); b.trouble != nil { // people are welcome all the same
			words, _, _ := strings.Cut(b.trouble.Error(), "\n")
			fmt.Fprintln(w, "backup: "+boxoffice.Clean(words))
		}
	})
	return mux
}

// unready says why nobody should be sent here now.
func (s *service) unready(feed boxoffice.Subscription) (why []string) {
	if err := s.house.store.Health(); err != nil {
		why = append(why, "store: "+boxoffice.Clean(err.Error()))
	}
	if err := feed.Err(); err != nil {
		why = append(why, "feed: "+boxoffice.Clean(err.Error()))
	}
	if s.draining.Load() {
		why = append(why, "closing")
	}
	return why
}

// gauges reads how the server and the house stand, whenever they are asked for.
type gauges struct {
	service *service
	feed    boxoffice.Subscription
}

func metric(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("wicket_"+name, help, labels, nil)
}

// Describe implements [prometheus.Collector]: what there is depends on nothing, but
// is named in one place only.
func (g *gauges) Describe(ch chan<- *prometheus.Desc) { prometheus.DescribeByCollect(g, ch) }

// Collect implements [prometheus.Collector].
func (g *gauges) Collect(ch chan<- prometheus.Metric) {
	now := func(name, help string, n float64) {
		ch <- prometheus.MustNewConstMetric(metric(name, help), prometheus.GaugeValue, n)
	}
	total := func(name, help string, n int64) {
		ch <- prometheus.MustNewConstMetric(metric(name, help), prometheus.CounterValue, float64(n))
	}
	yes := func(b bool) float64 {
		if b {
			return 1
		}
		return 0
	}
	now("store_up", "1 while the store can sell.", yes(g.service.house.store.Health() == nil))
	now("feed_in_step", "1 while screens follow the store.", yes(g.feed.Err() == nil))
	now("closing", "1 while the server drains.", yes(g.service.draining.Load()))
	st := g.service.ssh.Stats()
	now("ssh_connections", "Connections open.", float64(st.Connections))
	now("ssh_handshakes", "Connections open without a key proved.", float64(st.Handshakes))
	now("ssh_terminals", "Terminals open.", float64(st.Terminals))
	now("ssh_commands", "Commands being carried out.", float64(st.Commands))
	total("ssh_auth_failures_total", "Connections that proved no key.", st.AuthFailures)
	total("ssh_unknown_keys_total", "Keys offered that nobody here has.", st.UnknownKeys)
	total("ssh_handshake_failures_total", "Connections that came to nothing before a key was offered.", st.HandshakeFailures)
	total("ssh_crowded_out_total", "Connections closed to make room for others.", st.Crowded)
	total("ssh_panics_total", "Mistakes of our own that ended a terminal.", st.Panics)
	for direction, n := range map[string]int64{"in": st.BytesIn, "out": st.BytesOut} {
		ch <- prometheus.MustNewConstMetric(metric("ssh_bytes_total", "Bytes on the wire.", "direction"), prometheus.CounterValue, float64(n), direction)
	}
	for reason, n := range st.Refused {
		ch <- prometheus.MustNewConstMetric(metric("ssh_refused_total", "Connections and visits refused.", "reason"), prometheus.CounterValue, float64(n), reason)
	}
	if g.service.backups != nil {
		b := g.service.backups.state()
		now("backup_ok", "1 while the last backup that was due was made and found right.", yes(b.trouble == nil))
		total("backup_failures_total", "Backups that failed.", b.failures)
		if b.any {
			now("backup_age_seconds", "Age of the last good backup.", b.age.Seconds())
		}
	}
	// A store that cannot be read says so in store_up.
	_ = g.service.house.store.View(context.Background(), func(r boxoffice.Reader) error {
		seq, _, err := r.Head()
		if err == nil {
			total("journal_entries_total", "Entries of the house's journal.", seq)
		}
		return err
	})
}

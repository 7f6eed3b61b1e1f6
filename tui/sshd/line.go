package sshd

import (
	"context"
	"encoding/binary"
	"sync/atomic"

	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// What a client may send with its session.
const (
	maxEnv     = 16
	maxEnvSize = 512
	maxRequest = 4096 // bytes of a pty-req or a command
)

// line is the one session channel of a connection, with what may be asked on it.
type line struct {
	gossh.Channel
	limits Limits

	ctx     context.Context // ends with the channel, whatever becomes of the connection
	hungUp  context.CancelFunc
	size    atomic.Uint64 // the latest: width<<32 | height
	resized chan struct{} // has one when size is new
}

type lineKey struct{}

func lineOf(ctx ssh.Context) *line {
	l, _ := ctx.Value(lineKey{}).(*line)
	return l
}

// session takes the one session channel of a connection.
func (s *Server) session(srv *ssh.Server, conn *gossh.ServerConn, asked gossh.NewChannel, ctx ssh.Context) {
	c := callOf(ctx)
	defer func() {
		if r := recover(); r != nil {
			s.mistake(r, "from", c.from)
			c.drop("a mistake of ours")
		}
	}()
	if !c.taken.CompareAndSwap(false, true) {
		_ = asked.Reject(gossh.Prohibited, "one session a connection")
		return
	}
	l := &line{limits: s.o.Limits, resized: make(chan struct{}, 1)}
	l.ctx, l.hungUp = context.WithCancel(ctx)
	defer l.hungUp()
	ctx.SetValue(lineKey{}, l)
	ssh.DefaultSessionHandler(srv, conn, sifted{asked, l}, ctx)
}

// sifted is a new channel that becomes line when it is accepted.
type sifted struct {
	gossh.NewChannel
	line *line
}

// Accept opens the channel. Of its requests only those come through that a
// terminal or a command needs.
func (n sifted) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	channel, asked, err := n.NewChannel.Accept()
	if err != nil {
		return nil, nil, err
	}
	n.line.Channel = channel
	let := make(chan *gossh.Request)
	go n.line.sift(asked, let)
	return n.line, let, nil
}

// sift passes on what may be asked, until the channel is closed. Sizes it keeps:
// the library would wait for somebody to read them, for ever if nobody does, and
// would go on reading them from a closed channel.
func (l *line) sift(asked <-chan *gossh.Request, let chan<- *gossh.Request) {
	defer close(let)
	defer l.hungUp()
	env := 0
	for r := range asked {
		ok := false
		switch r.Type {
		case "pty-req", "exec":
			ok = len(r.Payload) <= maxRequest
		case "shell":
			ok = true
		case "env":
			env++
			ok = env <= maxEnv && len(r.Payload) <= maxEnvSize
		case "window-change":
			if len(r.Payload) >= 8 {
				l.resize(int(binary.BigEndian.Uint32(r.Payload)), int(binary.BigEndian.Uint32(r.Payload[4:])))
			}
			_ = r.Reply(true, nil)
			continue
		}
		if !ok {
			_ = r.Reply(false, nil)
			continue
		}
		select {
		case let <- r:
		case <-l.ctx.Done(): // nobody takes requests any more
			_ = r.Reply(false, nil)
		}
	}
}

// resize notes the latest size, within what is drawn here. A client that knows
// none says 0: it gets the size everything is made to fit.
func (l *line) resize(w, h int) {
	if w <= 0 || h <= 0 {
		w, h = 80, 24
	}
	w, h = min(w, l.limits.MaxWidth), min(h, l.limits.MaxHeight)
	l.size.Store(uint64(w)<<32 | uint64(h))
	select {
	case l.resized <- struct{}{}:
	default:
	}
}

func (l *line) dimensions() (w, h int) {
	size := l.size.Load()
	return int(size >> 32), int(size & 0xffffffff)
}

package sshd

import (
	"encoding/binary"
	"io"
	"net"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// crowded is why a connection was closed that made room for another.
const crowded = "crowded out"

// farewells is how many refusals are said at once; past it the line is just closed.
const farewells = 16

var refusals = map[string]string{
	refusedClosing:  "Wicket is closing. Try again in a few minutes.",
	refusedFull:     "Wicket has as many connections as it takes. Try again in a moment.",
	refusedAddress:  "There are too many connections from your address. Close one, or try again in a moment.",
	refusedFailures: "There were too many failed logins from your address. Try again in a moment.",
}

// refuse says why, as far as the client listens, and closes.
func (s *Server) refuse(conn net.Conn, reason string) {
	s.count.refuse(reason)
	defer conn.Close()
	select {
	case s.farewells <- struct{}{}:
		defer func() { <-s.farewells }()
	default:
		return
	}
	_ = conn.SetDeadline(machineTime().Add(time.Second))
	if _, err := conn.Write(disconnect(refusals[reason])); err != nil {
		return
	}
	if half, ok := conn.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite()
	}
	// Closed with something unread, the words would be lost with it.
	_, _ = io.Copy(io.Discard, io.LimitReader(conn, 8<<10))
}

// disconnect is a whole conversation: the version line and, in the clear since no
// keys are agreed on, the message that ends it (RFC 4253, 4.2, 6 and 11.1).
func disconnect(words string) []byte {
	payload := gossh.Marshal(struct {
		Reason   uint32 `sshtype:"1"`
		Message  string
		Language string
	}{12, words, ""}) // 12: too many connections
	const block, least = 8, 4
	padding := block - (5+len(payload))%block
	if padding < least {
		padding += block
	}
	b := []byte("SSH-2.0-" + version + "\r\n")
	b = binary.BigEndian.AppendUint32(b, uint32(1+len(payload)+padding))
	b = append(b, byte(padding))
	b = append(b, payload...)
	return append(b, make([]byte, padding)...)
}

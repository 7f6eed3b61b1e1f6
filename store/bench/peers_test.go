//go:build linux

package bench_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// peers are what one would use instead, each nil where it is not to be had.
type peers struct {
	postgres *postgres
	redis    *redisServer
}

// startPeers starts the others, each privately, with its files on the disk that is
// measured.
func startPeers(t *testing.T, b *bench) *peers {
	p := &peers{}
	if !b.full {
		return p
	}
	var err error
	if p.postgres, err = startPostgres(t, filepath.Join(b.dir, "postgres")); err != nil {
		b.table.note("No figure of PostgreSQL: %v.", err)
	} else {
		b.table.note("PostgreSQL %s, private, over a socket of the file system, its files on the same disk; pgx with prepared statements, at most %d connections; %s.",
			p.postgres.version, mostConnections, strings.Join(settings, ", "))
	}
	if p.redis, err = startRedis(t, filepath.Join(b.dir, "redis")); err != nil {
		b.table.note("No figure of Redis: %v.", err)
	} else {
		b.table.note("Redis %s, private, over a socket of the file system, appendonly yes, appendfsync always; go-redis with at most %d connections. It keeps the places and the holds: no orders, no journal, no refusals.", p.redis.version, mostRedis)
	}
	return p
}

// findProgram returns where a program is; where it is missing and this is a Debian that
// lets us, its package is installed first.
func findProgram(name, debian string, places ...string) (string, error) {
	look := func() string {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
		for _, pattern := range places {
			found, _ := filepath.Glob(pattern)
			if len(found) > 0 {
				return slices.Max(found)
			}
		}
		return ""
	}
	if path := look(); path != "" {
		return path, nil
	}
	if os.Getuid() != 0 {
		return "", fmt.Errorf("%s is not installed (Debian: apt-get install %s)", name, debian)
	}
	if _, err := exec.LookPath("apt-get"); err != nil {
		return "", fmt.Errorf("%s is not installed, and there is no apt-get to install %s with", name, debian)
	}
	install := exec.Command("apt-get", "install", "-y", "--no-install-recommends", debian)
	install.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	if out, err := install.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%s could not be installed: apt-get install %s: %w: %s", name, debian, err, lastLine(out))
	}
	if path := look(); path != "" {
		return path, nil
	}
	return "", fmt.Errorf("%s is not there after apt-get install %s", name, debian)
}

// lastLine is the last line of what a program said.
func lastLine(out []byte) string {
	lines := bytes.Split(bytes.TrimSpace(out), []byte("\n"))
	return string(lines[len(lines)-1])
}

// asUser returns how a command is run: as the user of this name where this process is
// root, as our own where there is no name.
func asUser(name string) (*syscall.SysProcAttr, error) {
	// Who kills this process kills its peers.
	attr := &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if os.Getuid() != 0 || name == "" {
		return attr, nil
	}
	who, err := user.Lookup(name)
	if err != nil {
		return nil, err
	}
	uid, errUID := strconv.Atoi(who.Uid)
	gid, errGID := strconv.Atoi(who.Gid)
	attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return attr, errors.Join(errUID, errGID)
}

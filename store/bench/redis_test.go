//go:build linux

package bench_test

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"wicket/boxoffice"
)

// keeper is Redis as the keeper of places.
const keeper = "Redis, a Lua script"

//go:embed testdata/hold.lua
var holdScript string

//go:embed testdata/best.lua
var bestScript string

// mostRedis is how many connections callers share at most.
const mostRedis = 64

// redisServer is a server of our own, on a socket of the file system.
type redisServer struct {
	socket  string
	version string
}

// startRedis starts a server that keeps its files in dir.
func startRedis(t *testing.T, dir string) (*redisServer, error) {
	program, err := findProgram("redis-server", "redis-server")
	if err != nil {
		return nil, err
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		return nil, err
	}
	r := &redisServer{socket: filepath.Join(dir, "socket")}
	server := exec.Command(program, "--port", "0", "--unixsocket", r.socket, "--dir", dir, "--save", "", "--appendonly", "yes", "--appendfsync", "always")
	if server.SysProcAttr, err = asUser(""); err != nil {
		return nil, err
	}
	if err := server.Start(); err != nil {
		return nil, err
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	c := r.connect(1)
	defer c.Close()
	for deadline := time.Now().Add(time.Minute); ; <-time.After(50 * time.Millisecond) {
		err := c.Ping(context.Background()).Err()
		if err == nil {
			info := c.InfoMap(context.Background(), "server")
			r.version = info.Item("Server", "redis_version")
			return r, nil
		}
		if time.Now().After(deadline) {
			return nil, fmt.Errorf("the server does not come up: %w", err)
		}
	}
}

func (r *redisServer) connect(callers int) *redis.Client {
	return redis.NewClient(&redis.Options{Network: "unix", Addr: r.socket, PoolSize: min(callers, mostRedis), PoolTimeout: time.Minute})
}

// open empties the server, puts so many performances' seats into it, and connects.
func (r *redisServer) open(s *section, performances, seats, callers int) (*redis.Client, func()) {
	s.Helper()
	ctx := context.Background()
	c := r.connect(callers)
	s.must(c.FlushAll(ctx).Err())
	for p := range performances {
		free := make([]redis.Z, seats)
		for i := range free {
			free[i] = redis.Z{Score: float64(i + 1), Member: i + 1}
		}
		s.must(c.ZAdd(ctx, fmt.Sprintf("free:%d", p), free...).Err())
	}
	return c, func() { _ = c.Close() }
}

// keepers are Redis, if it is there, running a script that holds two seats: those from
// first on, or the best two of a performance.
func (s *section) keepers(n, performances, seats, most int, script string, args func(i int) (performance int, first boxoffice.PlaceNo)) []contender {
	r := s.peers.redis
	if r == nil {
		return nil
	}
	hold := redis.NewScript(script)
	return []contender{{keeper, func() (job, int, func()) {
		c, done := r.open(s, performances, seats, n)
		return func(_, i int) error {
			performance, first := args(i)
			now, until := instants()
			keys := []string{fmt.Sprintf("free:%d", performance), fmt.Sprintf("seats:%d", performance)}
			taken, err := hold.Run(context.Background(), c, keys, string(boxoffice.NewCommandID()), i+1, now, until, int(first)).Int()
			if err == nil && taken != 2 {
				err = errors.New("taken")
			}
			return err
		}, most, done
	}}}
}

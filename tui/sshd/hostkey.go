package sshd

import (
	"fmt"
	"os"
	"runtime"

	"github.com/charmbracelet/ssh"
	"github.com/charmbracelet/wish"
)

// hostKey uses the key at path, and makes it if there is none. A key that others
// can read is nobody's proof any more: it is refused.
func hostKey(path string) ssh.Option {
	return func(srv *ssh.Server) error {
		if err := wish.WithHostKeyPath(path)(srv); err != nil {
			return fmt.Errorf("read the host key %s: %w", path, err)
		}
		info, err := os.Stat(path)
		if err != nil {
			return fmt.Errorf("read the host key: %w", err)
		}
		if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
			return fmt.Errorf("others can read the host key %s; allow it to its owner only: chmod 600 %s", path, path)
		}
		return nil
	}
}

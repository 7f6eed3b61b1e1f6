//go:build !linux

package sqlite

import "errors"

// feeler would feel when a file is written: on this system it cannot.
type feeler struct{ felt chan struct{} }

func feel(string) (*feeler, error) { return nil, errors.ErrUnsupported }

func (f *feeler) listen() error { return errors.ErrUnsupported }

func (f *feeler) close() {}

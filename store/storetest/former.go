package storetest

import (
	"compress/gzip"
	"io"
	"os"
	"testing"
)

// Unpack lays a house of an earlier schema, as the program of its time made it and as it
// is kept packed in a file, at path.
func Unpack(t testing.TB, file, path string) {
	t.Helper()
	packed, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	r, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	house, err := io.ReadAll(r)
	if err == nil {
		err = os.WriteFile(path, house, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

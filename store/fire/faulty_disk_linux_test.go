package fire_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// call is what a store asks of its disk: what to do, and in which of its files.
type call struct {
	op   string // open, read, write, sync, cut (to a length) or drop (the file)
	file string // store, log or index (the file «…-shm»)
	by   uint32 // the thread that asks
	fits bool   // a write within the length of the file
	only bool   // the file is opened only to read
}

// meets reports whether the call can fail so: a full disk has room for what is written
// over what is there.
func (c call) meets(f fault) bool { return f.errno != syscall.ENOSPC || !c.fits }

// of reports whether a process asks.
func (c call) of(p *os.Process) bool {
	_, err := os.Stat(fmt.Sprintf("/proc/%d/task/%d", p.Pid, c.by))
	return err == nil
}

// fault is what becomes of a call that fails.
type fault struct {
	errno syscall.Errno
	// torn has half of a write done before it fails.
	torn bool
	// lost drops what was written since the last sync that was answered: what the
	// kernel does with pages whose writing back failed.
	lost bool
}

// faultyDisk shows a folder as a file system whose calls fail as they are told to.
// Only other processes may have a store on it: a page of the index that this process
// waits for would be waited for by the disk itself.
type faultyDisk struct {
	folder string // where the files are indeed
	mount  string // where they are seen

	mu       sync.Mutex
	rule     func(call) *fault
	rules    int  // how many there were
	hit      bool // a call has failed by the last one
	hits     int
	moved    *sync.Cond
	unsynced map[string][]written
	lost     map[string]int // how often, by file
}

// written is what a write went over.
type written struct {
	at   int64
	was  []byte
	size int64 // of the file before it
}

// mountFaultyDisk shows folder until the test ends. Where this machine cannot, it
// says so and skips the test.
func mountFaultyDisk(t *testing.T, folder string) *faultyDisk {
	t.Helper()
	if f, err := os.OpenFile("/dev/fuse", os.O_RDWR, 0); err != nil {
		t.Skipf("a faulty disk needs FUSE: %v", err)
	} else {
		_ = f.Close()
	}
	mount, err := os.MkdirTemp("", "wicket-fuse-")
	if err != nil {
		t.Fatal(err)
	}
	d := &faultyDisk{folder: folder, mount: mount, unsynced: map[string][]written{}, lost: map[string]int{}}
	d.moved = sync.NewCond(&d.mu)
	root := &fs.LoopbackRoot{Path: folder}
	//lint:ignore SA1019 what it is to use instead is not told the name
	root.NewNode = func(root *fs.LoopbackRoot, _ *fs.Inode, name string, _ *syscall.Stat_t) fs.InodeEmbedder {
		return &faultyNode{LoopbackNode: fs.LoopbackNode{RootData: root}, disk: d, name: name}
	}
	top := &faultyNode{LoopbackNode: fs.LoopbackNode{RootData: root}, disk: d}
	root.RootNode = top
	atOnce := time.Duration(0) // a size that a torn write left is seen
	server, err := fs.Mount(mount, top, &fs.Options{
		AttrTimeout: &atOnce, MountOptions: fuse.MountOptions{
			DirectMount: true, FsName: "faulty", Name: "wicket",
			// The index is shared memory: its pages stay, and are not read again from
			// the disk because the disk has a newer date.
			ExplicitDataCacheControl: true,
		},
	})
	if err != nil {
		_ = os.Remove(mount)
		t.Skipf("a faulty disk cannot be mounted here: %v", err)
	}
	keepFuse(t)
	t.Cleanup(func() {
		if err := server.Unmount(); err != nil {
			t.Errorf("unmount the faulty disk: %v", err)
			// Nobody may be left who waits for it.
			_ = syscall.Unmount(mount, syscall.MNT_FORCE|syscall.MNT_DETACH)
		}
		if err := os.Remove(mount); err != nil {
			t.Error(err)
		}
	})
	return d
}

// keepFuse keeps this process's connections to FUSE from the programs it starts: with one
// of them they would outlive it, and whoever looks at the disk would hang.
func keepFuse(t *testing.T) {
	t.Helper()
	open, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range open {
		number, err := strconv.Atoi(f.Name())
		if to, _ := os.Readlink("/proc/self/fd/" + f.Name()); err == nil && to == "/dev/fuse" {
			syscall.CloseOnExec(number)
		}
	}
}

// fail makes calls fail from now on as rule says; none for a nil rule. It returns the
// number of the rule.
func (d *faultyDisk) fail(rule func(call) *fault) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.rule = rule
	d.rules++
	d.hit = false
	d.moved.Broadcast()
	return d.rules
}

// mendUnlessHit takes a rule away, if it is still the one and nothing failed by it.
func (d *faultyDisk) mendUnlessHit(number int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.rules == number && !d.hit {
		d.rule = nil
		d.moved.Broadcast()
	}
}

// nth returns a rule that fails the n-th call like c with f, and then no more. An
// empty op or file is any.
func nth(n int, c call, f fault) func(call) *fault {
	return func(got call) *fault {
		if c.op != "" && c.op != got.op || c.file != "" && c.file != got.file || !got.meets(f) {
			return nil
		}
		if n--; n == 0 {
			return &f
		}
		return nil
	}
}

// Hits returns how many calls failed so far.
func (d *faultyDisk) Hits() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.hits
}

// await waits until n calls have failed, or the rule is taken away.
func (d *faultyDisk) await(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for d.hits < n && d.rule != nil {
		d.moved.Wait()
	}
}

// meet says what becomes of a call: nil for one that goes well.
func (d *faultyDisk) meet(ctx context.Context, op, name string) *fault {
	return d.meetCall(ctx, name, call{op: op})
}

// meetWrite is meet for a write up to a length of a file.
func (d *faultyDisk) meetWrite(ctx context.Context, name string, end int64) *fault {
	info, err := os.Stat(filepath.Join(d.folder, name))
	return d.meetCall(ctx, name, call{op: "write", fits: err == nil && end <= info.Size()})
}

func (d *faultyDisk) meetCall(ctx context.Context, name string, c call) *fault {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.rule == nil {
		return nil
	}
	c.file = fileOf(name)
	if caller, ok := fuse.FromContext(ctx); ok {
		c.by = caller.Pid
	}
	f := d.rule(c)
	if f != nil && !c.meets(*f) {
		return nil
	}
	if f != nil {
		d.hits, d.hit = d.hits+1, true
		d.moved.Broadcast()
		if f.lost {
			d.lose(name)
		}
	}
	return f
}

func fileOf(name string) string {
	switch {
	case strings.HasSuffix(name, "-wal"):
		return "log"
	case strings.HasSuffix(name, "-shm"):
		return "index"
	}
	return "store"
}

// lose brings a file back to what it was at its last sync. What was since cut off or
// dropped stays so.
func (d *faultyDisk) lose(name string) {
	path := filepath.Join(d.folder, name)
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return
	}
	defer f.Close()
	all := d.unsynced[name]
	for i := len(all) - 1; i >= 0; i-- {
		_, _ = f.WriteAt(all[i].was, all[i].at)
		_ = f.Truncate(all[i].size)
	}
	delete(d.unsynced, name)
	d.lost[name]++
}

// losses returns how often what was written to a file was lost.
func (d *faultyDisk) losses(name string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.lost[name]
}

func (d *faultyDisk) forget(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.unsynced, name)
}

// faultyNode is a file of the disk, or its folder.
type faultyNode struct {
	fs.LoopbackNode
	disk *faultyDisk
	name string
}

func (n *faultyNode) file(inner fs.FileHandle) (fs.FileHandle, uint32) {
	var flags uint32 = fuse.FOPEN_DIRECT_IO // each call comes here
	if fileOf(n.name) == "index" {
		flags = fuse.FOPEN_KEEP_CACHE // it is mapped into memory
	}
	return &faultyFile{inner: inner.(*fs.LoopbackFile), disk: n.disk, name: n.name, told: n.disk.losses(n.name)}, flags
}

func (n *faultyNode) Open(ctx context.Context, flags uint32) (fs.FileHandle, uint32, syscall.Errno) {
	if f := n.disk.meetCall(ctx, n.name, call{op: "open", only: flags&syscall.O_ACCMODE == syscall.O_RDONLY}); f != nil {
		return nil, 0, f.errno
	}
	inner, _, errno := n.LoopbackNode.Open(ctx, flags)
	if errno != 0 {
		return nil, 0, errno
	}
	file, opened := n.file(inner)
	return file, opened, 0
}

func (n *faultyNode) Create(ctx context.Context, name string, flags, mode uint32, out *fuse.EntryOut) (*fs.Inode, fs.FileHandle, uint32, syscall.Errno) {
	if f := n.disk.meet(ctx, "open", name); f != nil {
		return nil, nil, 0, f.errno
	}
	node, inner, _, errno := n.LoopbackNode.Create(ctx, name, flags, mode, out)
	if errno != 0 {
		return nil, nil, 0, errno
	}
	file, opened := node.Operations().(*faultyNode).file(inner)
	return node, file, opened, 0
}

func (n *faultyNode) Unlink(ctx context.Context, name string) syscall.Errno {
	if f := n.disk.meet(ctx, "drop", name); f != nil {
		return f.errno
	}
	n.disk.forget(name)
	return n.LoopbackNode.Unlink(ctx, name)
}

func (n *faultyNode) Setattr(ctx context.Context, file fs.FileHandle, in *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	if _, cut := in.GetSize(); cut {
		if f := n.disk.meet(ctx, "cut", n.name); f != nil {
			return f.errno
		}
		n.disk.forget(n.name)
	}
	return n.LoopbackNode.Setattr(ctx, file, in, out)
}

// faultyFile is an open file of the disk.
type faultyFile struct {
	inner *fs.LoopbackFile
	disk  *faultyDisk
	name  string
	told  int // losses of the file that a sync by this handle has failed for
}

func (f *faultyFile) Read(ctx context.Context, buf []byte, at int64) (fuse.ReadResult, syscall.Errno) {
	if fault := f.disk.meet(ctx, "read", f.name); fault != nil {
		return nil, fault.errno
	}
	return f.inner.Read(ctx, buf, at)
}

func (f *faultyFile) Write(ctx context.Context, data []byte, at int64) (uint32, syscall.Errno) {
	// The system writes pages of the index when it likes, and no process learns how that
	// went: only what makes it longer, a byte at a time, is asked of the disk.
	if fileOf(f.name) == "index" && len(data) > 1 {
		return f.inner.Write(ctx, data, at)
	}
	fault := f.disk.meetWrite(ctx, f.name, at+int64(len(data)))
	if fault != nil && !fault.torn {
		return 0, fault.errno
	}
	if fault != nil {
		data = data[:len(data)/2]
	}
	f.disk.note(f.name, at, len(data))
	n, errno := f.inner.Write(ctx, data, at)
	if fault != nil {
		return 0, fault.errno
	}
	return n, errno
}

// note keeps what a write goes over until the next sync.
func (d *faultyDisk) note(name string, at int64, n int) {
	if fileOf(name) == "index" {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	file, err := os.Open(filepath.Join(d.folder, name))
	if err != nil {
		return
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return
	}
	was := make([]byte, n)
	n, _ = file.ReadAt(was, at)
	d.unsynced[name] = append(d.unsynced[name], written{at, was[:n], info.Size()})
}

func (f *faultyFile) Fsync(ctx context.Context, flags uint32) syscall.Errno {
	if fault := f.disk.meet(ctx, "sync", f.name); fault != nil {
		f.told = f.disk.losses(f.name)
		return fault.errno
	}
	// What is lost is told once to each who has the file open, as Linux does.
	if lost := f.disk.losses(f.name); lost != f.told {
		f.told = lost
		return syscall.EIO
	}
	f.disk.forget(f.name)
	return f.inner.Fsync(ctx, flags)
}

func (f *faultyFile) Flush(ctx context.Context) syscall.Errno   { return f.inner.Flush(ctx) }
func (f *faultyFile) Release(ctx context.Context) syscall.Errno { return f.inner.Release(ctx) }
func (f *faultyFile) Getattr(ctx context.Context, out *fuse.AttrOut) syscall.Errno {
	return f.inner.Getattr(ctx, out)
}

func (f *faultyFile) Setattr(ctx context.Context, in *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	return f.inner.Setattr(ctx, in, out)
}

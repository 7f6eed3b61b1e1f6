// Package fire holds the tests that try to break the store as a whole: processes that
// are killed, disks that fail, files that are damaged. It has no code of its own; what
// makes and judges the sales is in storetest.
package fire

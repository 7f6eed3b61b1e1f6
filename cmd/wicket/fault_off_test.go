//go:build !faults

package main

const builtForFaults = false

//go:build !race

package fire_test

const underRace = false

package planfile

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// Random houses, each dirtier than any real one: every one that is accepted keeps
// every promise, in whatever way its blocks lie on each other.
func TestRandomHouses(t *testing.T) {
	accepted := 0
	const houses = 400
	for seed := range uint64(houses) {
		text := randomHouse(rand.New(rand.NewPCG(seed, 7)))
		plan, _, err := Read(fmt.Sprintf("house %d", seed), strings.NewReader(text))
		if err != nil {
			continue
		}
		accepted++
		mustRead(t, fmt.Sprintf("house %d", seed), text)
		for i := range plan.Levels {
			Draw(plan, i)
		}
	}
	if accepted < houses*9/10 {
		t.Errorf("only %d of %d houses were accepted", accepted, houses)
	}
}

func randomHouse(r *rand.Rand) string {
	h := newHouse()
	for range 1 + r.IntN(8) {
		section := []string{"S", "T", "U", ""}[r.IntN(4)]
		sin, cos := math.Sincos(r.Float64() * 2 * math.Pi * float64(r.IntN(2)))
		cx, cy := r.Float64()*600, r.Float64()*600
		bend := r.Float64() * 0.01 * float64(r.IntN(2))
		step := []float64{0, 5, 20, 20, 20, 35}[r.IntN(6)]
		for i := range 1 + r.IntN(6) {
			row := []string{letter(i), letter(i), fmt.Sprint(i + 1), "A", ""}[r.IntN(5)]
			for j := range 1 + r.IntN(12) {
				u := float64(j)*step + float64(r.IntN(8)/7)*60
				v := float64(i)*22 + bend*u*u
				n := j + 1
				if r.IntN(20) == 0 {
					n = 1
				}
				h.seat(section, row, n, cx+u*cos-v*sin, cy+u*sin+v*cos)
			}
		}
	}
	return h.String()
}

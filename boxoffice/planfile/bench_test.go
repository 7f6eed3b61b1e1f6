package planfile

import (
	"fmt"
	"strings"
	"testing"
)

// tenThousandJSON is an arena of 40 blocks of 10 rows of 25 seats.
func tenThousandJSON() string {
	var zones []string
	for b := range 40 {
		var rows []string
		for r := range 10 {
			var seats []string
			for s := range 25 {
				seats = append(seats, pretixSeat(fmt.Sprintf("%d-%d-%d", b, r, s), fmt.Sprint(s+1), float64(b%8)*560+float64(s)*20, float64(b/8)*280+float64(r)*22, "One"))
			}
			rows = append(rows, pretixRow(letter(r), seats...))
		}
		zones = append(zones, fmt.Sprintf(`{"name":"Block %d","position":{"x":0,"y":0},"rows":[%s]}`, b+1, strings.Join(rows, ",")))
	}
	return `{"name":"Arena","categories":[{"name":"One"}],"zones":[` + strings.Join(zones, ",") + `]}`
}

func tenThousandCSV() string {
	h := newHouse()
	for b := range 40 {
		h.block(fmt.Sprintf("Block %d", b+1), 10, 25, float64(b%8)*560, float64(b/8)*280, still)
	}
	return h.String()
}

// tenThousandOfOneName is the worst case: one section, every block numbered alike.
func tenThousandOfOneName() string {
	h := newHouse()
	for b := range 40 {
		h.block("Arena", 10, 25, float64(b%8)*560, float64(b/8)*280, still)
	}
	return h.String()
}

func BenchmarkRead(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"10000 seats, JSON", tenThousandJSON()},
		{"10000 seats, CSV", tenThousandCSV()},
		{"10000 seats, blocks of one name", tenThousandOfOneName()},
		{"100000 seats, CSV", manyLines("section,row,seat\n", "S,A,%d\n", MaxPlaces)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := Read("arena", strings.NewReader(c.text)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

package sqlite

import (
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

// crc24 is the CRC of OpenPGP (polynomial 0x864CFB, its bits turned round): a row's sum
// costs three bytes, and no flip of a single bit, nor any within 24 bits, leaves it as it
// was. Of worse damage one in 16 million does.
var crc24 = crc32.MakeTable(0xDF3261)

// sum adds up values of rows, in their order.
type sum struct {
	crc  uint32
	text []byte
}

// add takes values as they are bound or read. Each tells its kind and its length, so that
// none can take from its neighbour.
func (s *sum) add(values ...any) {
	text := s.text[:0]
	if text == nil {
		text = make([]byte, 0, 192)
	}
	for _, value := range values {
		switch v := plain(value).(type) {
		case nil:
			text = append(text, 0)
		case int64:
			text = binary.BigEndian.AppendUint64(append(text, 1), uint64(v)) //nolint:gosec // its bits
		case string:
			text = append(binary.AppendUvarint(append(text, 2), uint64(len(v))), v...)
		case []byte:
			if len(v) == 0 { // as the driver may read NULL, and may not
				text = append(text, 0)
				continue
			}
			text = append(binary.AppendUvarint(append(text, 3), uint64(len(v))), v...)
		}
	}
	s.crc = crc32.Update(s.crc, crc24, text)
	s.text = text
}

// addRow takes the values of a row that was read. A damaged one may have any.
func (s *sum) addRow(values []driver.Value) {
	for _, value := range values {
		switch v := value.(type) {
		case nil, int64, string, []byte:
			s.add(v)
		default:
			s.add(fmt.Sprintf("%T %v", v, v))
		}
	}
}

// number is the sum as it is kept: in three bytes, whatever its highest bit.
func (s *sum) number() int64 {
	return int64(s.crc&0xFFFFFF^0x800000) - 0x800000
}

// summed returns the values of a row, in the order of its table's columns, with their sum
// behind them.
func summed(values ...any) []any {
	var s sum
	s.add(values...)
	return append(values, s.number())
}

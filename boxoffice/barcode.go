package boxoffice

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"strings"
)

// BarcodeKeySize is how many bytes the house's key for barcodes has.
const BarcodeKeySize = 32

// How many bits of a barcode say what: 80 in all.
const (
	barcodeTicketBits = 38
	barcodeCopyBits   = 6
	barcodeSealBits   = 36
)

// barcodeLength is «T», sixteen characters and their check character.
const barcodeLength = 1 + 16 + 1

// crockford is Crockford's alphabet: without I, L, O and U, so that nothing in a
// code can be read as something else.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

var crockford32 = base32.NewEncoding(crockford).WithPadding(base32.NoPadding)

// Barcodes makes the barcodes of a house's tickets and reads them. Nothing of a
// barcode is kept anywhere: it says which ticket and which copy, and carries a
// seal that only the house's key can make. The zero value has no key, makes none
// and reads none.
//
// A barcode is «T», then 80 bits in Crockford's base 32, then a check character:
// 38 bits the ticket's id, 6 bits its copy less one, and 36 bits of HMAC-SHA-256
// over both. The check character is that of ISO/IEC 7064's hybrid systems (MOD
// 11,10 and MOD 37,36) for 32 characters: it finds any one wrong character and
// nearly all that changed places.
type Barcodes struct{ key []byte }

// NewBarcodes returns the barcodes of the house with this key, of BarcodeKeySize
// bytes.
func NewBarcodes(key []byte) (Barcodes, error) {
	if len(key) != BarcodeKeySize {
		return Barcodes{}, invalid("a key for barcodes has %d bytes, this one has %d", BarcodeKeySize, len(key))
	}
	return Barcodes{append([]byte(nil), key...)}, nil
}

// Of returns the barcode of a ticket's copy, counted from 1: 18 upper-case letters
// and digits. It is empty without a key, and for a ticket or a copy beyond what a
// barcode can say (copy 65).
func (b Barcodes) Of(id TicketID, copy int) string {
	if len(b.key) == 0 || id < 1 || id >= 1<<barcodeTicketBits || copy < 1 || copy > 1<<barcodeCopyBits {
		return ""
	}
	body := crockford32.EncodeToString(b.seal(uint64(id)<<barcodeCopyBits | uint64(copy-1)))
	return "T" + body + string(crockford[checkValue(body)])
}

// Read returns the ticket and the copy that a code stands for. It accepts a code
// as SpellBarcode does, and returns a *BarcodeError for what is no barcode of this
// house.
func (b Barcodes) Read(code string) (TicketID, int, error) {
	spelt, err := SpellBarcode(code)
	if err != nil {
		return 0, 0, err
	}
	if len(b.key) == 0 {
		return 0, 0, wrongState("the key of this house's barcodes is missing; until it is back from the backup, find the ticket by its order")
	}
	packed, err := crockford32.DecodeString(spelt[1 : barcodeLength-1])
	if err != nil {
		return 0, 0, &BarcodeError{BarcodeNone}
	}
	said := binary.BigEndian.Uint64(packed) >> (64 - barcodeTicketBits - barcodeCopyBits)
	if !hmac.Equal(packed, b.seal(said)) {
		return 0, 0, &BarcodeError{BarcodeForeign}
	}
	return TicketID(said >> barcodeCopyBits), int(said&(1<<barcodeCopyBits-1)) + 1, nil
}

// seal returns what a barcode says and, behind it, what only this house can add.
func (b Barcodes) seal(said uint64) []byte {
	h := hmac.New(sha256.New, b.key)
	h.Write([]byte("wicket ticket 1\x00")) // another version or use has another seal
	h.Write(binary.BigEndian.AppendUint64(nil, said))
	mac := binary.BigEndian.Uint64(h.Sum(nil)) >> (64 - barcodeSealBits)
	packed := binary.BigEndian.AppendUint16(nil, uint16(said>>(64-barcodeSealBits)))
	return binary.BigEndian.AppendUint64(packed, said<<barcodeSealBits|mac)
}

// checkValue returns the check character of a code's body, as its place in the
// alphabet.
func checkValue(body string) int {
	p := 32
	for i := range len(body) {
		if p = (p + strings.IndexByte(crockford, body[i])) % 32; p == 0 {
			p = 32
		}
		p = p * 2 % 33
	}
	return (33 - p) % 32
}

// SpellBarcode returns a barcode as it is printed from what was typed, pasted or
// scanned: in either case, with spaces and hyphens, with O for 0 and I or L for 1,
// behind a scanner's symbology identifier (AIM: «]Q1», «]C0») or without. It returns a *BarcodeError for what has not the form of one or the wrong check
// character. Whether the barcode is of this house takes the key: Barcodes.Read.
func SpellBarcode(typed string) (string, error) {
	spelt := make([]byte, 0, barcodeLength)
	if typed = strings.TrimSpace(typed); len(typed) > 3 && typed[0] == ']' {
		typed = typed[3:]
	}
	for i := range len(typed) {
		c := typed[i]
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		switch c {
		case ' ', '-':
			continue
		case 'O':
			c = '0'
		case 'I', 'L':
			c = '1'
		}
		if strings.IndexByte(crockford, c) < 0 || len(spelt) == barcodeLength {
			return "", &BarcodeError{BarcodeNone}
		}
		spelt = append(spelt, c)
	}
	if len(spelt) != barcodeLength || spelt[0] != 'T' {
		return "", &BarcodeError{BarcodeNone}
	}
	code := string(spelt)
	if crockford[checkValue(code[1:barcodeLength-1])] != code[barcodeLength-1] {
		return "", &BarcodeError{BarcodeMistyped}
	}
	return code, nil
}

// GroupBarcode writes a barcode as people read and type it:
// «T-0000-0CHK-4V2M-9QZR-7». What is no barcode stays as it is.
func GroupBarcode(code string) string {
	if spelt, err := SpellBarcode(code); err != nil || spelt != code {
		return code
	}
	return strings.Join([]string{code[:1], code[1:5], code[5:9], code[9:13], code[13:17], code[17:]}, "-")
}

package boxoffice

// BlockCode is the one letter under which the house keeps places back; the empty
// code means it does not. The code stays with a ticket that is sold out of its
// block, so that the place returns to its block and not to open sale; until the
// block ends.
type BlockCode string

// KillCode marks a place that cannot be sold for this performance: a broken
// chair, a camera. It is out of capacity.
const KillCode BlockCode = "X"

// blockWords are the trade's usual meanings; a house may use any other letter.
var blockWords = map[BlockCode]string{
	"H": "house", "P": "promoter", "M": "media", "T": "technical", KillCode: "killed",
}

// Words says what the code means: «media»; the letter itself where the trade has
// no usual meaning for it.
func (c BlockCode) Words() string {
	if w, ok := blockWords[c]; ok {
		return w
	}
	return string(c)
}

// Check returns an *InvalidError unless c is one capital letter.
func (c BlockCode) Check() error {
	if len(c) != 1 || c[0] < 'A' || c[0] > 'Z' {
		return invalid("%q is no block code: use one letter A–Z (H house, P promoter, M media, T technical)", Shorten(Clean(string(c)), 10))
	}
	return nil
}

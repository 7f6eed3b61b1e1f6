// Package words says in a line for a clerk what an entry of the journal says for
// ever: «Ana sold 2, Macbeth B12 B13, 48.00, order 1042».
//
// What it returns is clean in the sense of boxoffice.Clean.
package words

package boxoffice

import "strings"

// maxKey is how long a key may be.
const maxKey = 40

// ReadKey returns the key of an event or a performance as the house keeps it: what a
// person can type, in small letters. It is an *InvalidError unless s has letters a–z,
// digits and hyphens only, and at most 40 of them.
func ReadKey(s string) (string, error) {
	key := strings.ToLower(strings.TrimSpace(s))
	if key == "" || len(key) > maxKey || strings.Trim(key, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return "", invalid("the key «%s» should be letters a–z, digits and hyphens, like macbeth-1127, %d at most", Shorten(Clean(s), maxKey), maxKey)
	}
	return key, nil
}

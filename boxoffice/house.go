package boxoffice

import (
	"strings"
	"sync"
	"time"
)

// House is the theatre itself and its settings. A store keeps one house.
type House struct {
	Name     string
	Currency Currency
	// TimeZone is an IANA zone name; times are shown in it and stored in UTC.
	TimeZone string
	Holds    HoldTimes
	Version  int64

	zone *zone // looked up once, if at all, for all copies
}

// zone is a time zone that is looked up when it is first needed: each look-up reads a
// file of the machine's.
type zone struct {
	name string
	find sync.Once
	loc  *time.Location
}

// Kept returns the house for being kept and asked again and again: its copies look up
// its time zone once.
func (h House) Kept() House {
	h.zone = &zone{name: h.TimeZone}
	return h
}

// HoldTimes is how long holds last, by channel: settings of the house.
type HoldTimes map[Channel]HoldTime

// HoldTime bounds one channel's holds.
type HoldTime struct {
	TTL time.Duration // from the last thing the clerk did with the basket
	Max time.Duration // from the basket's first place, over all renewals
}

// DefaultHoldTimes returns what a new house starts with.
func DefaultHoldTimes() HoldTimes {
	return HoldTimes{
		Window: {TTL: 8 * time.Minute, Max: 30 * time.Minute},
		Phone:  {TTL: 15 * time.Minute, Max: 60 * time.Minute},
		Group:  {TTL: 3 * 24 * time.Hour, Max: 14 * 24 * time.Hour},
		Web:    {TTL: 10 * time.Minute, Max: 30 * time.Minute},
	}
}

// For returns the times of a channel, the window's where it has none of its own.
func (t HoldTimes) For(c Channel) HoldTime {
	if own, ok := t[c]; ok {
		return own
	}
	return t[Window]
}

// Channel is the way a sale comes in.
type Channel string

// The channels.
const (
	Window Channel = "window"
	Phone  Channel = "phone"
	Group  Channel = "group"
	Web    Channel = "web"
)

// Channels lists every channel.
var channels = []Channel{Window, Phone, Group, Web}

// Location returns the house's time zone; UTC where the machine does not know it.
func (h House) Location() *time.Location {
	if h.zone == nil || h.zone.name != h.TimeZone {
		return location(h.TimeZone)
	}
	h.zone.find.Do(func() { h.zone.loc = location(h.zone.name) })
	return h.zone.loc
}

func location(name string) *time.Location {
	if loc, err := time.LoadLocation(name); err == nil {
		return loc
	}
	return time.UTC
}

// Check says what is wrong with the house's own settings, as an *InvalidError.
func (h House) Check() error {
	if strings.TrimSpace(h.Name) == "" {
		return invalid("the house needs a name")
	}
	if _, err := ParseCurrency(h.Currency.Code); err != nil {
		return err
	}
	if _, err := time.LoadLocation(h.TimeZone); err != nil || h.TimeZone == "" || h.TimeZone == "Local" {
		return invalid("%q is no time zone; write it like Europe/Madrid", Clean(h.TimeZone))
	}
	for _, c := range channels {
		t := h.Holds.For(c)
		if t.TTL < time.Second || t.Max < t.TTL {
			return invalid("holds by %s need a time of at least a second, and a maximum not below it", c)
		}
	}
	return nil
}

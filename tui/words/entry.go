package words

import (
	"fmt"
	"strings"
	"time"

	"wicket/boxoffice"
)

// Book is what is needed to name what an entry only numbers. All of it may be
// missing.
type Book struct {
	Currency boxoffice.Currency
	Zone     *time.Location
	Names    map[boxoffice.StaffID]string
	// Performance returns a performance's title and its plan, as far as known.
	Performance func(boxoffice.PerformanceID) (title string, plan *boxoffice.Plan)
	// Label names places where the plan is not at hand.
	Label func(boxoffice.PerformanceID, boxoffice.PlaceNo) string
}

// maxSaid is how much of a note is said, in cells.
const maxSaid = 60

// maxLabels is how many places are named; of more, how many there are is said.
const maxLabels = 8

// said is what each verb says: %[1]s is who, %[2]s how many places, %[3]s where.
var said = map[boxoffice.Verb]string{
	boxoffice.VerbHold:        "%s took %s%s",
	boxoffice.VerbRelease:     "%s gave back %s%s",
	boxoffice.VerbReprice:     "%s changed the price of %s%s",
	boxoffice.VerbSell:        "%s sold %s%s",
	boxoffice.VerbVoid:        "%s voided %s%s",
	boxoffice.VerbCancel:      "%s cancelled %s%s",
	boxoffice.VerbBlock:       "%s blocked %s%s",
	boxoffice.VerbUnblock:     "%s unblocked %s%s",
	boxoffice.VerbKill:        "%s killed %s%s",
	boxoffice.VerbRevive:      "%s revived %s%s",
	boxoffice.VerbName:        "%s put a basket by for somebody%[3]s",
	boxoffice.VerbPickUp:      "%s picked up a named hold%[3]s",
	boxoffice.VerbPark:        "%s parked a basket%[3]s",
	boxoffice.VerbResume:      "%s took a parked basket up%[3]s",
	boxoffice.VerbHandOver:    "%s handed a basket over%[3]s",
	boxoffice.VerbRenew:       "%s renewed a basket%[3]s",
	boxoffice.VerbOpen:        "%s opened sales%[3]s",
	boxoffice.VerbStop:        "%s stopped sales%[3]s",
	boxoffice.VerbCall:        "%s cancelled the performance%[3]s",
	boxoffice.VerbPerformance: "%s changed the performance%[3]s",
	boxoffice.VerbPrices:      "%s changed the prices%[3]s",
	boxoffice.VerbStaff:       "%s changed who works here",
	boxoffice.VerbPlan:        "%s brought a seating plan",
	boxoffice.VerbEvent:       "%s changed the programme",
	boxoffice.VerbSetUp:       "%s set the house up",
	boxoffice.VerbKey:         "%s added a key",
	boxoffice.VerbRevokeKey:   "%s revoked a key",
	boxoffice.VerbTrust:       "%s trusts certificates of one more authority",
	boxoffice.VerbDistrust:    "%s trusts an authority's certificates no longer",
	boxoffice.VerbPermit:      "%s changed who may do what",
	boxoffice.VerbSignIn:      "%s came to work",
	boxoffice.VerbSignOut:     "%s left",
	boxoffice.VerbLockOut:     "%s locked the sign-in",
	boxoffice.VerbTakeOver:    "%s took a basket over",
	boxoffice.VerbFree:        "%s freed a basket%[3]s",
	boxoffice.VerbAsk:         "%s asks for leave",
	boxoffice.VerbAllow:       "%s allowed what was asked for",
	boxoffice.VerbRefuse:      "%s refused what was asked for",
	boxoffice.VerbWithdraw:    "%s asks for leave no longer",
	boxoffice.VerbUnanswered:  "%s heard no answer to a request",
	boxoffice.VerbHear:        "%s read the answer to a request",
	boxoffice.VerbTell:        "%s told somebody something",
}

// Entry says an entry in words. It is empty for an entry that says nothing to a
// clerk.
func Entry(e boxoffice.Entry, b Book) string {
	who := boxoffice.Clean(b.Names[e.Actor.Staff])
	switch {
	case e.Actor.Staff == 0:
		who = "the house"
	case who == "":
		who = "somebody"
	}
	note := boxoffice.Clean(e.Note)
	if line, ok := fromNote(e, who, note); ok {
		return line
	}
	title, plan := "", (*boxoffice.Plan)(nil)
	if e.Performance != 0 && b.Performance != nil {
		title, plan = b.Performance(e.Performance)
		title = boxoffice.Clean(title)
	}
	places := make([]boxoffice.PlaceNo, len(e.Changes))
	for i, c := range e.Changes {
		places[i] = c.Place
	}
	labels := Places(plan, places)
	if labels == "" && b.Label != nil && len(places) <= maxLabels {
		var known []string
		for _, no := range places {
			if l := boxoffice.Clean(b.Label(e.Performance, no)); l != "" {
				known = append(known, l)
			}
		}
		labels = strings.Join(known, " ")
	}
	where := ""
	if at := strings.TrimSpace(title + " " + labels); at != "" {
		where = ", " + at
	}
	n := fmt.Sprint(len(places))

	var line string
	if e.Verb == boxoffice.VerbLapse {
		line = "a basket's time was over" + where
		if len(places) > 0 && labels == "" {
			line += ", " + n + " went back"
		}
	} else if e.Verb == boxoffice.VerbRelease && len(places) == 0 {
		line = who + " forgot a basket whose time was over" + where
	} else if form, ok := said[e.Verb]; ok {
		line = strings.ReplaceAll(form, "%[3]s", "%.0s%s")
		if strings.Count(line, "%") == 1 {
			line = fmt.Sprintf(line, who)
		} else {
			line = fmt.Sprintf(line, who, n, where)
		}
	} else {
		line = strings.TrimSpace(who + ": " + boxoffice.Clean(string(e.Verb)) + where)
	}
	if e.Amount != 0 {
		line += ", " + b.Currency.Format(e.Amount)
	}
	if e.Order != 0 {
		line += fmt.Sprintf(", order %d", e.Order)
	}
	// The note of a named hold is a digest of the customer: words for nobody.
	if note != "" && e.Verb != boxoffice.VerbName {
		line += ": " + boxoffice.Shorten(note, maxSaid)
	}
	return line
}

// Places names places by label; many of them by section and number.
func Places(plan *boxoffice.Plan, places []boxoffice.PlaceNo) string {
	if plan == nil || len(places) == 0 {
		return ""
	}
	if len(places) <= maxLabels {
		return boxoffice.Clean(plan.Labels(places))
	}
	sections := map[int]int{}
	var order []int
	for _, no := range places {
		if place, ok := plan.Place(no); ok {
			if sections[place.Section]++; sections[place.Section] == 1 {
				order = append(order, place.Section)
			}
		}
	}
	said := make([]string, len(order))
	for i, s := range order {
		said[i] = strings.TrimPrefix(fmt.Sprintf("%d %s", sections[s], plan.Sections[s].Name), "1 ")
	}
	return boxoffice.Clean(strings.Join(said, " "))
}

// Lines names the places of baskets and holds: «Macbeth: B12 B13, Comedy Night:
// 3 Floor».
func Lines(lines []boxoffice.BasketLine) string {
	var groups []string
	for rest := lines; len(rest) > 0; {
		perf := rest[0].Performance
		here := make([]boxoffice.BasketLine, 0, len(rest))
		var others []boxoffice.BasketLine
		for _, l := range rest {
			if l.Performance == perf {
				here = append(here, l)
			} else {
				others = append(others, l)
			}
		}
		groups = append(groups, here[0].Title+": "+Labels(here))
		rest = others
	}
	return boxoffice.Clean(strings.Join(groups, ", "))
}

// Labels names the places of lines, those without a seat by section and number:
// «B12 B13», «3 Floor».
func Labels(lines []boxoffice.BasketLine) string {
	var said []string
	area, at := map[string]int{}, map[string]int{}
	for _, l := range lines {
		if l.Label != "" {
			said = append(said, l.Label)
			continue
		}
		if area[l.Section]++; area[l.Section] == 1 {
			at[l.Section], said = len(said), append(said, l.Section)
		} else {
			said[at[l.Section]] = fmt.Sprintf("%d %s", area[l.Section], l.Section)
		}
	}
	return boxoffice.Clean(strings.Join(said, " "))
}

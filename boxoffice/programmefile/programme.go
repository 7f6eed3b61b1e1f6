package programmefile

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"wicket/boxoffice"
)

func (d *decoder) programme(root ast.Node) boxoffice.Programme {
	var p boxoffice.Programme
	for _, f := range d.fields(root, "a programme") {
		if !d.known(f, "a programme", "price-types", "events") {
			continue
		}
		if f.key == "price-types" {
			p.PriceTypes = d.priceTypes(f)
			continue
		}
		for _, n := range d.items(f, "events") {
			p.Events = append(p.Events, d.event(n))
		}
	}
	if len(p.Events) == 0 && len(p.PriceTypes) == 0 && len(d.wrong) == 0 {
		d.say(root, "it has neither events nor price-types")
	}
	return p
}

func (d *decoder) priceTypes(f field) []boxoffice.PriceType {
	if f.node == nil {
		return nil
	}
	var types []boxoffice.PriceType
	for _, t := range d.fields(f.node, "price-types") {
		code := d.code(t)
		typ := d.priceType(t)
		if typ.Name == "" {
			d.say(t.at, "the price type «%s» needs a name, like «%s: Adult»", brief(t.key), brief(t.key))
		}
		typ.Code, typ.Rank = code, len(types)+1
		types = append(types, typ)
	}
	return types
}

// priceType returns a price type given by its name alone, or by «name» and
// «guarded».
func (d *decoder) priceType(f field) boxoffice.PriceType {
	switch f.node.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
	default:
		return boxoffice.PriceType{Name: d.text(f, 30)}
	}
	var typ boxoffice.PriceType
	for _, g := range d.fields(f.node, "a price type") {
		if !d.known(g, "a price type", "name", "guarded") {
			continue
		}
		switch g.key {
		case "name":
			typ.Name = d.text(g, 30)
		case "guarded":
			typ.Guarded = d.yes(g)
		}
	}
	return typ
}

// code returns a field's key as a price code.
func (d *decoder) code(f field) string {
	code := strings.ToLower(f.key)
	if len(code) < 1 || len(code) > 2 || strings.Trim(code, "abcdefghijklmnopqrstuvwxyz") != "" {
		d.say(f.at, "the price code «%s» should be one or two letters", brief(f.key))
	}
	return code
}

func (d *decoder) event(n ast.Node) boxoffice.ProgrammeEvent {
	e := boxoffice.ProgrammeEvent{Line: lineOf(n), TaxIncluded: true}
	for _, f := range d.fields(n, "an event") {
		if !d.known(f, "an event", "key", "title", "subtitle", "plan", "tax", "tax-added", "prices", "performances") {
			continue
		}
		switch f.key {
		case "key":
			e.Key = d.keyOf(f)
		case "title":
			e.Title = d.text(f, 60)
		case "subtitle":
			e.Subtitle = d.text(f, 80)
		case "plan":
			e.Plan, e.PlanLine = d.text(f, 80), lineOf(f.at)
		case "tax":
			e.TaxPPM = d.tax(f)
		case "tax-added":
			e.TaxIncluded = !d.yes(f)
		case "prices":
			e.Prices = d.prices(f)
		case "performances":
			for _, p := range d.items(f, "performances") {
				e.Performances = append(e.Performances, d.performance(p, e.Key))
			}
		}
	}
	if e.Key == "" || e.Title == "" {
		d.say(n, "an event needs a key and a title")
	}
	d.once(n, "event", e.Key, d.events)
	return e
}

// once notes a key that another event or performance of the file has.
func (d *decoder) once(n ast.Node, what, key string, seen map[string]int) {
	if key == "" {
		return
	}
	if first, twice := seen[key]; twice {
		d.say(n, "the %s %s stands in the file twice, first in line %d", what, key, first)
		return
	}
	seen[key] = lineOf(n)
}

func (d *decoder) performance(n ast.Node, event string) boxoffice.ProgrammePerformance {
	p := boxoffice.ProgrammePerformance{Line: lineOf(n)}
	var curtain, doors, ends field
	for _, f := range d.fields(n, "a performance") {
		if !d.known(f, "a performance", "key", "curtain", "doors", "ends", "on-sale", "plan", "prices") {
			continue
		}
		switch f.key {
		case "key":
			p.Key = d.keyOf(f)
		case "curtain":
			curtain = f
		case "doors":
			doors = f
		case "ends":
			ends = f
		case "on-sale":
			p.OnSale = d.yes(f)
		case "plan":
			p.Plan, p.PlanLine = d.text(f, 80), lineOf(f.at)
		case "prices":
			p.Prices = d.prices(f)
		}
	}
	if curtain.node == nil {
		d.say(n, "a performance needs a curtain, like «curtain: 2026-11-27 20:00»")
		return p
	}
	p.Curtain = d.instant(curtain)
	if !p.Curtain.IsZero() {
		p.Doors, p.Ends = d.before(doors, p.Curtain), d.after(ends, p.Curtain)
	}
	if p.Key == "" {
		d.say(n, "a performance needs a key, like «key: %s-%s»", event, p.Curtain.In(d.zone).Format("0102"))
	}
	d.once(n, "performance", p.Key, d.performances)
	if len(d.performances) == MaxPerformances+1 {
		d.say(n, "a programme has at most %d performances; load it in parts", MaxPerformances)
	}
	return p
}

func (d *decoder) prices(f field) []boxoffice.ProgrammePrice {
	if f.node == nil {
		return nil
	}
	var prices []boxoffice.ProgrammePrice
	for _, zone := range d.fields(f.node, "prices") {
		name := boxoffice.Clean(zone.key)
		if zone.node == nil || name == "" {
			d.say(zone.at, "the zone «%s» needs prices, like «%s: {a: 24.00}»", brief(name), brief(name))
			continue
		}
		for _, price := range d.fields(zone.node, "the prices of a zone") {
			code := d.code(price)
			words, ok := scalar(price.node)
			if !ok {
				d.say(price.at, "the price of «%s» should be an amount", brief(price.key))
				continue
			}
			amount, err := Amount(words, d.cur)
			if err != nil {
				d.sayErr(price.at, err)
				continue
			}
			prices = append(prices, boxoffice.ProgrammePrice{Line: lineOf(price.at), Zone: name, Type: code, Amount: amount})
		}
	}
	return prices
}

// Amount reads a price like «24.00». It is stricter than what a clerk types at the
// till: «1.250» might be a slip or a thousand and more, and nobody looks at a
// programme's prices before they are sold at. That, and what is no amount, is a
// *boxoffice.InvalidError.
func Amount(words string, cur boxoffice.Currency) (boxoffice.Money, error) {
	amount, err := cur.Parse(words)
	if err != nil {
		return 0, err
	}
	words = strings.TrimSpace(words)
	if i := strings.IndexAny(words, ".,"); cur.Digits > 0 && cur.Digits != 3 && i == strings.LastIndexAny(words, ".,") && i == len(words)-4 && i > 0 {
		whole := words[:i] + words[i+1:]
		return 0, &boxoffice.InvalidError{Words: fmt.Sprintf("«%s» can be read in two ways: write %s with its %d digits behind the point, or %s", brief(words), words[:i+1]+words[i+1:i+1+cur.Digits], cur.Digits, whole)}
	}
	return amount, nil
}

// tax reads a field as a tax rate.
func (d *decoder) tax(f field) int64 {
	words, _ := scalar(f.node)
	ppm, err := TaxRate(words)
	if err != nil {
		d.sayErr(f.at, err)
	}
	return ppm
}

// TaxRate reads «10%» or «5.5 %» as parts per million. Anything else is a
// *boxoffice.InvalidError.
func TaxRate(words string) (int64, error) {
	number, percent := strings.CutSuffix(strings.TrimSpace(words), "%")
	number = strings.Replace(strings.TrimSpace(number), ",", ".", 1)
	whole, frac, point := strings.Cut(number, ".")
	digits := whole + frac
	if !percent || whole == "" || point && frac == "" || len(whole) > 3 || len(frac) > 4 || strings.Trim(digits, "0123456789") != "" {
		return 0, &boxoffice.InvalidError{Words: "tax should be a rate like 10% or 5.5%, not «" + brief(words) + "»"}
	}
	ppm := int64(0)
	for _, c := range digits + strings.Repeat("0", 4-len(frac)) {
		ppm = 10*ppm + int64(c-'0')
	}
	if ppm > 1_000_000 {
		return 0, &boxoffice.InvalidError{Words: "tax is at most 100%"}
	}
	return ppm, nil
}

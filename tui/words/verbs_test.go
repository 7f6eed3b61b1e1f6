package words_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"wicket/boxoffice"
	"wicket/tui/words"
)

// verbs reads every verb there is from where they are declared.
func verbs(t *testing.T) []boxoffice.Verb {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../../boxoffice/journal.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []boxoffice.Verb
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if of, ok := spec.Type.(*ast.Ident); !ok || of.Name != "Verb" {
			return true
		}
		for _, v := range spec.Values {
			word, err := strconv.Unquote(v.(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, boxoffice.Verb(word))
		}
		return true
	})
	if len(all) < 40 {
		t.Fatalf("only %d verbs are found", len(all))
	}
	return all
}

// TestEveryVerbHasWords of its own, as the notes of its entries have them and without.
func TestEveryVerbHasWords(t *testing.T) {
	const key = "SHA256:D22Cz5Zz1lshjngJ406++TInfLBb1OQZeAvoSqgzPaI"
	said := map[boxoffice.Verb]map[string]string{ // note → words
		boxoffice.VerbSetUp: {"Teatro Leal": "Marta set the house up: Teatro Leal"},
		boxoffice.VerbStaff: {
			"Ben, clerk": "Marta changed who works here: Ben, clerk", "Ben, new PIN": "Marta gave Ben a new PIN",
			"Marta, new PIN": "Marta has a new PIN", "Ben, no PIN": "Marta took the PIN of Ben away",
			"Ben, certificates for: ben@theatre": "Marta lets certificates mean Ben: ben@theatre", "Ben, no certificates": "Marta lets no certificate mean Ben",
		},
		boxoffice.VerbPlan:        {"leal, 300 places": "Marta brought a seating plan: leal, 300 places"},
		boxoffice.VerbEvent:       {"Macbeth": "Marta changed the programme: Macbeth"},
		boxoffice.VerbPerformance: {"later": "Marta changed the performance: later"},
		boxoffice.VerbPrices:      {"": "Marta changed the prices"},
		boxoffice.VerbOpen:        {"": "Marta opened sales"},
		boxoffice.VerbStop:        {"lift is out": "Marta stopped sales: lift is out"},
		boxoffice.VerbCall:        {"lift is out": "Marta cancelled the performance: lift is out"},
		boxoffice.VerbHold:        {"": "Marta took 0"},
		boxoffice.VerbRelease:     {"": "Marta forgot a basket whose time was over"},
		boxoffice.VerbLapse:       {"": "a basket's time was over"},
		boxoffice.VerbReprice:     {"": "Marta changed the price of 0"},
		boxoffice.VerbRenew:       {"": "Marta renewed a basket"},
		boxoffice.VerbName:        {"f521cae2": "Marta put a basket by for somebody"},
		boxoffice.VerbPickUp:      {"": "Marta picked up a named hold"},
		boxoffice.VerbPark:        {"red hat": "Marta parked a basket: red hat"},
		boxoffice.VerbResume:      {"": "Marta took a parked basket up"},
		boxoffice.VerbHandOver:    {"to Ben": "Marta handed a basket over to Ben"},
		boxoffice.VerbSell:        {"": "Marta sold 0"},
		boxoffice.VerbVoid:        {"wrong night": "Marta voided 0: wrong night"},
		boxoffice.VerbCancel:      {"": "Marta cancelled 0"},
		boxoffice.VerbBlock:       {"": "Marta blocked 0"},
		boxoffice.VerbUnblock:     {"": "Marta unblocked 0"},
		boxoffice.VerbKill:        {"wet": "Marta killed 0: wet"},
		boxoffice.VerbRevive:      {"": "Marta revived 0"},
		boxoffice.VerbKey:         {key + " for Ben": "Marta gave Ben a key, SHA256:D22Cz5Zz1lsh…"},
		boxoffice.VerbRevokeKey:   {key: "Marta revoked a key, SHA256:D22Cz5Zz1lsh…", key + ": lost: again": "Marta revoked a key, SHA256:D22Cz5Zz1lsh…: lost: again"},
		boxoffice.VerbTrust:       {key: "Marta trusts certificates signed by SHA256:D22Cz5Zz1lsh…"},
		boxoffice.VerbDistrust:    {key + ": stolen": "Marta trusts certificates no longer that are signed by SHA256:D22Cz5Zz1lsh…: stolen"},
		boxoffice.VerbPermit:      {"a clerk may void": "Marta changed who may do what: a clerk may void"},
		boxoffice.VerbSignIn:      {"": "Marta came to work"},
		boxoffice.VerbSignOut:     {"": "Marta left"},
		boxoffice.VerbLockOut:     {"wrong PINs for Ben, locked for 00:30": "too many wrong PINs for Ben, locked for 00:30"},
		boxoffice.VerbTakeOver:    {"from Ben: line dropped": "Marta took a basket over from Ben: line dropped"},
		boxoffice.VerbFree:        {"Ben's: stuck": "Marta freed a basket: Ben's: stuck"},
		boxoffice.VerbAsk:         {"request 7, void order 1042, 48.00: wrong night": "Marta asks: void order 1042, 48.00: wrong night"},
		boxoffice.VerbAllow:       {"request 7, void order 1042, 48.00": "Marta allowed: void order 1042, 48.00"},
		boxoffice.VerbRefuse:      {"request 7, void order 1042, 48.00: no": "Marta refused: void order 1042, 48.00: no"},
		boxoffice.VerbWithdraw:    {"request 7, void order 1042, 48.00": "Marta asks no longer: void order 1042, 48.00"},
		boxoffice.VerbUnanswered:  {"request 7, void order 1042, 48.00": "nobody answered: void order 1042, 48.00"},
		boxoffice.VerbHear:        {"request 7, void order 1042, 48.00": "Marta read the answer: void order 1042, 48.00"},
		boxoffice.VerbTell:        {"to «window 2»: come over": "Marta told window 2: come over", "to everybody: doors are open": "Marta told everybody: doors are open"},
	}
	book := words.Book{Names: map[boxoffice.StaffID]string{1: "Marta"}}
	entry := func(verb boxoffice.Verb, note string) string {
		return words.Entry(boxoffice.Entry{Actor: boxoffice.Actor{Staff: 1}, Verb: verb, Note: note}, book)
	}
	for _, verb := range verbs(t) {
		if len(said[verb]) == 0 {
			t.Errorf("«%s» has no words in this table", verb)
		}
		for note, want := range said[verb] {
			if got := entry(verb, note); got != want {
				t.Errorf("«%s» with «%s» is «%s», want «%s»", verb, note, got, want)
			}
		}
		// A note in no shape that is known is said as it is.
		for _, note := range []string{"", "?"} {
			if got := entry(verb, note); got == "" || strings.HasPrefix(got, "Marta: ") || strings.Contains(got, "%!") {
				t.Errorf("«%s» with «%s» is «%s»", verb, note, got)
			}
		}
	}
}

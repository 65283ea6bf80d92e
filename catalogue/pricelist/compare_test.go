package pricelist_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"carecorridor/catalogue/pricelist"
	"carecorridor/internal/fault"
)

func held() []pricelist.Row {
	return []pricelist.Row{
		variant(func(r *pricelist.Row) { r.ID = "1" }),
		variant(func(r *pricelist.Row) { r.ID, r.Name = "2", "Knee replacement, robot" }),
		variant(func(r *pricelist.Row) { r.ID, r.Procedure, r.Name = "3", "total-hip-replacement", "Hip" }),
		variant(func(r *pricelist.Row) {
			r.ID, r.Name, r.To, r.GBP = "4", "Ended, in rupees only", today.AddDays(-9), nil
		}),
	}
}

func compare(t testing.TB, current []pricelist.Row, file []byte) pricelist.Plan {
	t.Helper()
	return pricelist.Compare(current, read(t, file), known)
}

func kinds(p pricelist.Plan) (out []pricelist.Kind) {
	for _, l := range p.Lines {
		out = append(out, l.Kind)
	}
	return out
}

func TestADownloadedFileChangesNothing(t *testing.T) {
	t.Parallel()
	p := compare(t, held(), pricelist.Write(held(), known))
	if p.Counts != (pricelist.Counts{Same: 4}) {
		t.Errorf("%+v", p)
	}
	if len(p.Lines[3].Problems) != 2 {
		t.Errorf("an ended price is told: %+v", p.Lines[3])
	}
}

func TestAPlanNamesEveryChangeFieldByField(t *testing.T) {
	t.Parallel()
	next := held()
	next[0].GBP, next[0].INR, next[0].To.Year = of(int64(6350_50)), of(int64(7_93_750_00)), 2028
	next[1].Name = "Knee replacement, with a robot" // known by its number
	next = []pricelist.Row{next[1], next[0], variant(func(r *pricelist.Row) { r.Room = "Twin room" }), variant(func(r *pricelist.Row) { r.Name, r.GBP = "Free", of(int64(0)) })}
	next[1].To.Month, next[1].To.Day = 6, 30
	p := compare(t, held(), pricelist.Write(next, known))
	if !slices.Equal(kinds(p), []pricelist.Kind{"changed", "changed", "new", "problem", "kept", "kept"}) || p.Counts != (pricelist.Counts{Changed: 2, New: 1, Problems: 1, Kept: 2}) {
		t.Fatalf("%v %+v", kinds(p), p.Counts)
	}
	want := []pricelist.Change{{"price_gbp", "Full price (£)", "£6,200", "£6,350.50"}, {"price_inr", "Full price (₹)", "₹7,75,000", "₹7,93,750"}, {"valid_to", "Valid until", "31 December 2027", "30 June 2028"}}
	if !reflect.DeepEqual(p.Lines[1].Changes, want) || len(p.Lines[0].Changes) != 1 || p.Lines[0].After.ID != "2" {
		t.Errorf("%+v", p.Lines[:2])
	}
	if p.Lines[4].Title != "Hip, single room" || p.Lines[5].Before.ID != "4" {
		t.Errorf("kept: %+v", p.Lines[4:])
	}
	if b := p.Lines[3]; b.Row != 5 || b.Problems[0].Row != 5 || b.Problems[0].Column != "E" || b.Problems[0].Field != "price_gbp" {
		t.Errorf("%+v", b)
	}
}

func TestColumnsThatTheFileLacksStayAsTheyAre(t *testing.T) {
	t.Parallel()
	p := compare(t, held(), []byte("Treatment,Package,Price £,Price ₹\nNew knee,knee replacement,  one side,\n")) // a comma without quotation marks
	if p.Lines[0].Kind != "problem" || p.Lines[0].Problems[0].Column != "" && p.Lines[0].Problems[0].Field != "price_gbp" {
		t.Errorf("%+v", p.Lines[0])
	}
	p = compare(t, held(), []byte("Treatment;Package;Price £\nNew knee;Knee replacement, one side;6300\n"))
	if l := p.Lines[0]; l.Kind != "changed" || len(l.Changes) != 1 || *l.After.INR != 7_75_000_00 || len(l.After.OnTop) != 3 || !slices.Contains(p.Missing, "room") {
		t.Errorf("%+v", l)
	}
	p = compare(t, held(), []byte("Treatment;Package;Room;Price £\nNew knee;Another;single;6300\n"))
	if l := p.Lines[0]; l.Kind != "problem" || len(l.Problems) < 10 {
		t.Errorf("a new package needs every answer: %+v", l)
	}
}

func TestAnEmptyCellClearsItsField(t *testing.T) {
	t.Parallel()
	p := compare(t, held(), []byte("Treatment;Package;Room;Price ₹;On top\nNew knee;Knee replacement, one side;Single room;;\n"))
	if l := p.Lines[0]; l.Kind != "changed" || l.After.INR != nil || l.After.OnTop != nil || len(l.Changes) != 2 || l.Changes[0].New != "" {
		t.Errorf("%+v", l)
	}
}

func TestRowsOfTheSamePackageAreBothNamed(t *testing.T) {
	t.Parallel()
	rows := []pricelist.Row{knee(), variant(func(r *pricelist.Row) { r.Name = "Other" }), variant(func(r *pricelist.Row) { r.Name = "KNEE  replacement, One Side" }),
		variant(func(r *pricelist.Row) { r.Name, r.ID = "Number one", "1" })}
	p := compare(t, held(), pricelist.Write(rows, known))
	if !slices.Equal(kinds(p)[:3], []pricelist.Kind{"problem", "new", "problem"}) || !strings.Contains(p.Lines[0].Problems[0].Say, "Rows 2 and 4") || !strings.Contains(p.Lines[2].Problems[0].Say, "Rows 2 and 4") {
		t.Errorf("%+v", p.Lines)
	}
	p = compare(t, held(), pricelist.Write([]pricelist.Row{variant(func(r *pricelist.Row) { r.ID, r.Name = "2", held()[0].Name })}, known))
	if p.Lines[0].Kind != "problem" || !strings.Contains(p.Lines[0].Problems[0].Say, "already have a package") {
		t.Errorf("%+v", p.Lines[0])
	}
	p = compare(t, held(), pricelist.Write([]pricelist.Row{variant(func(r *pricelist.Row) { r.ID = "99" })}, known))
	if p.Lines[0].Kind != "problem" || !strings.Contains(p.Lines[0].Problems[0].Say, "“99” is the number of none") {
		t.Errorf("%+v", p.Lines[0])
	}
}

func TestARefusedNameTurnsNothingRoundBesideItsReason(t *testing.T) {
	t.Parallel()
	p := compare(t, held(), pricelist.Write([]pricelist.Row{variant(func(r *pricelist.Row) { r.Name = "Knee \u202eone" })}, known))
	if l := p.Lines[0]; l.Kind != "problem" || !strings.Contains(l.Problems[0].Say, "U+202E") || l.Title != "Knee one, single room" {
		t.Errorf("%+v", l)
	}
}

func TestNamesSwappedByNumberAreTwoChanges(t *testing.T) {
	t.Parallel()
	rows := held()[:2]
	rows[0].Name, rows[1].Name = rows[1].Name, rows[0].Name
	if p := compare(t, held(), pricelist.Write(rows, known)); p.Counts.Changed != 2 || p.Counts.Problems != 0 {
		t.Errorf("%+v", p)
	}
}

func TestOnlyWhatChangedIsAskedAgain(t *testing.T) {
	t.Parallel()
	current := []pricelist.Row{variant(func(r *pricelist.Row) {
		r.INR, r.Includes["surgeon"] = of(int64(5_00_000_00)), pricelist.Answer{Is: pricelist.No}
	})}
	next := []pricelist.Row{variant(func(r *pricelist.Row) { *r = current[0]; r.AssessedWhen = "On arrival" })}
	if p := compare(t, current, pricelist.Write(next, known)); p.Counts.Changed != 1 || p.Counts.Questions != 0 {
		t.Errorf("%+v", p)
	}
	next[0].GBP = of(int64(6300_00))
	if p := compare(t, current, pricelist.Write(next, known)); p.Counts.Questions != 1 || p.Lines[0].Questions[0].Code != pricelist.RatesDiffer || p.Lines[0].Questions[0].Column != "F" {
		t.Errorf("%+v", p)
	}
}

func TestAPlanIsAppliedToWhatItWasMadeForAndAnswered(t *testing.T) {
	t.Parallel()
	next := []pricelist.Row{variant(func(r *pricelist.Row) { r.INR = of(int64(5_00_000_00)) }), variant(func(r *pricelist.Row) { r.Name = "" }), variant(func(r *pricelist.Row) { r.Name = "New one" })}
	made := compare(t, held(), pricelist.Write(next, known))
	kept, err := json.Marshal(made)
	if err != nil {
		t.Fatal(err)
	}
	var p pricelist.Plan
	if err := json.Unmarshal(kept, &p); err != nil {
		t.Fatal(err)
	}
	moved := held()
	moved[2].AssessedAt = "Elsewhere"
	if _, err := p.Apply(moved, pricelist.Choice{SkipBad: true}); !fault.Is(err, fault.Conflict) {
		t.Errorf("moved state: %v", err)
	}
	if _, err := p.Apply(held(), pricelist.Choice{}); !strings.Contains(said(t, err), "1 row has problems") {
		t.Error(err)
	}
	if _, err := p.Apply(held(), pricelist.Choice{SkipBad: true}); !strings.Contains(said(t, err), "question about row 2") {
		t.Error(err)
	}
	open := p.Open(pricelist.Choice{})
	if len(open) != 1 {
		t.Fatalf("%+v", open)
	}
	shuffled := held()
	slices.Reverse(shuffled)
	edits, err := p.Apply(shuffled, pricelist.Choice{Confirmed: []string{open[0].ID}, SkipBad: true})
	if err != nil || len(edits) != 2 || edits[0].Before.ID != "1" || *edits[0].After.INR != 5_00_000_00 || edits[1].Before != nil || edits[1].After.Name != "New one" {
		t.Errorf("%+v, %v", edits, err)
	}
	again, _ := json.Marshal(compare(t, held(), pricelist.Write(next, known)))
	if string(again) != string(kept) {
		t.Error("the same file gives two plans")
	}
}

package handlers_test

import (
	"context"
	"strings"
	"testing"

	"carecorridor/auth"
	"carecorridor/catalogue/listing"
	"carecorridor/models"
)

// toldBy is the public history of the first sample hospital after these changes, line by line.
func (s *site) toldBy(t *testing.T, changes ...models.Change) []string {
	t.Helper()
	who := s.actor(t, auth.ProviderEditor, 0)
	err := s.store.Write(context.Background(), func(tx *models.Tx) error {
		for _, c := range changes {
			c.ProviderID = who.Provider
			if err := tx.Change(c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, li := range s.page(t, s.slugOf(t, who.Provider)).Find("#history li").EachIter() {
		out = append(out, text(li))
	}
	return out
}

func holds(lines []string, want string) bool {
	for _, l := range lines {
		if strings.Contains(l, want) {
			return true
		}
	}
	return false
}

func TestTheHistoryTellsEachDayAndEntryOnceInPlainWords(t *testing.T) {
	t.Parallel()
	s := alone(t)
	const knee = "Knee, one side: "
	lines := s.toldBy(t,
		models.Change{What: knee + "full price, £ changed", Field: "package/p1/price_gbp", OldValue: "£1950", NewValue: "£2100"},
		models.Change{What: knee + "room changed", Field: "package/p1/room", NewValue: "Single room"},
		models.Change{What: knee + "implant in the price changed", Field: "package/p1/unheard", NewValue: "x"},
		models.Change{What: knee + "valid until changed", Field: "package/p1/valid_to", OldValue: "30 April 2027", NewValue: "30 May 2027"},
		models.Change{What: "Cardiac sciences: added", Field: "specialty/cardiology"},
		models.Change{What: "Beds changed", Field: "about/beds", OldValue: "200", NewValue: "210"},
		models.Change{What: "About the hospital changed", Field: "about/note"},
		models.Change{What: "Certificate checked again", Field: "accreditation", NewValue: "NABH until 2028-07-07"},
		models.Change{What: "Prices not shown: no accreditation runs", Field: "package"})
	for _, want := range []string{
		"Knee, one side: valid until changed from 30 April 2027 to 30 May 2027; room added: “Single room”; full price changed from £1,950 to £2,100",
		"Specialties added: Cardiology", "Hospital details: about the hospital changed; beds changed from 200 to 210", "Prices not shown: no accreditation runs", "Certificate checked again: NABH until 7 July 2028"} {
		if !holds(lines, want) {
			t.Errorf("no line says %q:\n%s", want, strings.Join(lines, "\n"))
		}
	}
	for _, l := range lines {
		if strings.Contains(l, "before nothing") || strings.Contains(l, "£1950") || strings.Contains(l, "Cardiac") {
			t.Errorf("not plain: %s", l)
		}
	}
}

func TestManyEntriesThatCameTogetherAreOneLine(t *testing.T) {
	t.Parallel()
	s := alone(t)
	var changes []models.Change
	for _, name := range []string{"Tamil", "Telugu", "Urdu", "Odia", "Nepali", "French", "German", "Arabic"} {
		changes = append(changes, models.Change{What: name + ": added", Field: "language/" + strings.ToLower(name)})
	}
	if lines := s.toldBy(t, changes...); !holds(lines, "Languages added: Arabic, German, French, Nepali, Odia and 3 more") || holds(lines, "Tamil") {
		t.Errorf("%s", strings.Join(lines, "\n"))
	}
}

func TestASpecialtyHasItsNameWhereverAChangeIsShown(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := s.as(t, auth.ProviderEditor)
	who := s.actor(t, auth.ProviderEditor, 0)
	saved, err := s.listings.Save(context.Background(), who, who.Provider, []listing.Edit{{Path: "specialty/ent/listed", Value: "yes"}}, false)
	if err != nil || !saved.OK() {
		t.Fatalf("%+v %v", saved, err)
	}
	ref := s.cat.Reference()
	ent, ok := ref.Specialty("ent")
	if !ok {
		t.Fatal("no such specialty")
	}
	v.open("/portal/listing/changes").says(ent.Name)
	if sent, bad, err := s.listings.Send(context.Background(), who, who.Provider, nil); err != nil || !bad.OK() || len(sent.Items) != 1 {
		t.Fatalf("%+v %v %v", sent, bad, err)
	}
	desk := office{s.as(t, auth.Verifier)}
	if row := text(desk.page(t, "/desk/checks").Find("main table tbody tr").First()); !strings.Contains(row, ent.Name) {
		t.Errorf("queue: %s", row)
	}
}

func TestACheckShowsNoInnerPathAndAmountsAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	s := alone(t)
	s.as(t, auth.ProviderEditor)
	who := s.actor(t, auth.ProviderEditor, 0)
	d, err := s.listings.Draft(context.Background(), who, who.Provider)
	if err != nil {
		t.Fatal(err)
	}
	p := listing.PathOf("package", d.Keys("package")[0], "price_gbp")
	desk := office{s.as(t, auth.Verifier)}
	page := text(desk.page(t, "/desk/checks/"+s.proposed(t, p, "1950")).Find("main"))
	if !strings.Contains(page, "£1,950") || strings.Contains(page, p.Unit()) {
		t.Errorf("the check: %s", page)
	}
}

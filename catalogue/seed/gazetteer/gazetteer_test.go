package gazetteer

import "testing"

func TestATownHasOneModernName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ city, state, name, wantState, hub string }{
		{"Bangalore", "Karnataka", "Bengaluru", "Karnataka", "bengaluru"},
		{"Gurgaon", "Haryana", "Gurugram", "Haryana", "delhi-ncr"},
		{"Calicut", "Kerala", "Kozhikode", "Kerala", "kochi"},
		{"Secunderabad", "Andhra Pradesh", "Hyderabad", "Telangana", "hyderabad"},
		{"Panaji (Panjim)", "Goa", "Panaji", "Goa", "goa"},
		{"Goa", "Maharashtra", "Goa", "Goa", "goa"},
		{"Aurangabad", "Bihar", "Aurangabad", "Bihar", ""},
		{"Aurangabad", "Maharashtra", "Chhatrapati Sambhajinagar", "Maharashtra", ""},
		{"sri  ganganagar", "rajasthan", "Sri Ganganagar", "Rajasthan", ""},
		{"Thane", "Maharashtra", "Thane", "Maharashtra", "mumbai"},
		{"Mohali", "Punjab", "Mohali", "Punjab", "chandigarh"},
		{"Mangalore", "Karnataka", "Mangaluru", "Karnataka", ""},
		{"Kottayam", "Kerala", "Kottayam", "Kerala", "kochi"},
		{"*", "Kerala", "*", "Kerala", "kochi"},
		{"Rewa", "Not A State", "Rewa", "", ""},
	} {
		p := Find(c.city, c.state)
		if p.Name != c.name || p.State != c.wantState || p.Hub != c.hub {
			t.Errorf("%s, %s: %+v", c.city, c.state, p)
		}
	}
}

func TestEveryPlaceNamesAKnownStateAndHub(t *testing.T) {
	t.Parallel()
	known := map[string]bool{"": true}
	for _, h := range Hubs() {
		known[h.Slug] = true
		if p := Find(h.City, h.State); p.Hub != h.Slug {
			t.Errorf("hub %s: its city is in hub %q", h.Slug, p.Hub)
		}
	}
	for _, ps := range places {
		for _, p := range ps {
			if s, ok := State(p.State); !ok || s != p.State || !known[p.Hub] {
				t.Errorf("%+v", p)
			}
		}
	}
	if len(Hubs()) != 16 {
		t.Errorf("%d hubs", len(Hubs()))
	}
}

func TestNamesOfNoStateAreRefused(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "S Bungalow", "212 Mth Road, Ambattur", "North Twenty Four Parganas"} {
		if name, ok := State(s); ok {
			t.Errorf("%q became %q", s, name)
		}
	}
	if s, ok := State("orissa"); !ok || s != "Odisha" {
		t.Errorf("%q %v", s, ok)
	}
}

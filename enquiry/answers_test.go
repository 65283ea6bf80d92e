package enquiry_test

import (
	"strings"
	"testing"

	"carecorridor/enquiry"
	"carecorridor/internal/when"
)

var today = when.Date{Year: 2026, Month: 11, Day: 22}

func ann() enquiry.Contact {
	return enquiry.Contact{Name: "Ann Sharma", Email: "ann@example.com", Phone: "07700 900982", By: enquiry.ByPhone, When: enquiry.Evening}
}

func contact(change func(*enquiry.Contact)) enquiry.ContactStep {
	c := ann()
	change(&c)
	return enquiry.ContactStep{Contact: c}
}

func TestWhatIsWrongWithAStepIsSaidOnItsField(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		step  enquiry.Step
		field string // "" when nothing is wrong
	}{
		"no hospital":              {enquiry.HospitalsStep{}, "hospitals"},
		"four hospitals":           {enquiry.HospitalsStep{Slugs: []string{"a", "b", "c", "d"}}, "hospitals"},
		"three hospitals":          {enquiry.HospitalsStep{Slugs: []string{"a", "b", "c"}}, ""},
		"no words":                 {enquiry.TreatmentStep{Problem: " \n"}, "problem"},
		"too many words":           {enquiry.TreatmentStep{Problem: strings.Repeat("घ", 1001)}, "problem"},
		"as many words as may be":  {enquiry.TreatmentStep{Problem: strings.Repeat("घ", 1000)}, ""},
		"lines of a browser":       {enquiry.TreatmentStep{Problem: strings.Repeat("é\r\n", 500)}, ""},
		"a control character":      {enquiry.TreatmentStep{Problem: "knee\x07"}, "problem"},
		"no answer":                {enquiry.DoctorStep{}, "doctor"},
		"another answer":           {enquiry.DoctorStep{Seen: "perhaps"}, "doctor"},
		"not sure":                 {enquiry.DoctorStep{Seen: enquiry.SeenNotSure}, ""},
		"no dates":                 {enquiry.DatesStep{}, "earliest"},
		"dates not known":          {enquiry.DatesStep{Open: true}, ""},
		"tomorrow":                 {enquiry.DatesStep{Earliest: today.AddDays(1), Latest: today.AddDays(99)}, "earliest"},
		"in 27 days":               {enquiry.DatesStep{Earliest: today.AddDays(27), Latest: today.AddDays(99)}, "earliest"},
		"in 28 days":               {enquiry.DatesStep{Earliest: today.AddDays(28), Latest: today.AddDays(28)}, ""},
		"backwards":                {enquiry.DatesStep{Earliest: today.AddDays(40), Latest: today.AddDays(39)}, "latest"},
		"in three years":           {enquiry.DatesStep{Earliest: today.AddDays(40), Latest: today.AddDays(1100)}, "latest"},
		"nobody":                   {enquiry.TravelStep{}, "for"},
		"three companions":         {enquiry.TravelStep{For: enquiry.ForSelf, Companions: 3}, "companions"},
		"fewer than none":          {enquiry.TravelStep{For: enquiry.ForSelf, Companions: -1}, "companions"},
		"two companions":           {enquiry.TravelStep{For: enquiry.ForOther, Companions: 2}, ""},
		"a whole contact":          {contact(func(*enquiry.Contact) {}), ""},
		"no name":                  {contact(func(c *enquiry.Contact) { c.Name = " " }), "name"},
		"a name on two lines":      {contact(func(c *enquiry.Contact) { c.Name = "Ann\nSharma" }), "name"},
		"a name in another script": {contact(func(c *enquiry.Contact) { c.Name = "अनीता शर्मा" }), ""},
		"no address":               {contact(func(c *enquiry.Contact) { c.Email = "" }), "email"},
		"half an address":          {contact(func(c *enquiry.Contact) { c.Email = "ann@example" }), "email"},
		"two addresses":            {contact(func(c *enquiry.Contact) { c.Email = "a@example.com,b@example.com" }), "email"},
		"an address with a name":   {contact(func(c *enquiry.Contact) { c.Email = "Ann <ann@example.com>" }), "email"},
		"a header in an address":   {contact(func(c *enquiry.Contact) { c.Email = "ann@example.com\r\nBcc: x@example.com" }), "email"},
		"no phone but by phone":    {contact(func(c *enquiry.Contact) { c.Phone = "" }), "phone"},
		"no phone, by email":       {contact(func(c *enquiry.Contact) { c.Phone, c.By = "", enquiry.ByEmail }), ""},
		"a phone of letters":       {contact(func(c *enquiry.Contact) { c.Phone = "call me" }), "phone"},
		"an Indian phone":          {contact(func(c *enquiry.Contact) { c.Phone = "+91 98765 43210" }), ""},
		"no way to reach":          {contact(func(c *enquiry.Contact) { c.By = "" }), "by"},
		"no time to reach":         {contact(func(c *enquiry.Contact) { c.When = "midnight" }), "when"},
	} {
		l := c.step.Check(today)
		if c.field == "" && !l.OK() || c.field != "" && l.On(c.field) == "" {
			t.Errorf("%s: %v, want a problem on %q", name, l, c.field)
		}
	}
}

func TestStepsFollowEachOther(t *testing.T) {
	t.Parallel()
	at := enquiry.Steps[0]
	for i := 1; i < len(enquiry.Steps); i++ {
		if at = at.Next(); at != enquiry.Steps[i] {
			t.Fatalf("step %d is %q", i, at)
		}
	}
	if at.Next() != "" || enquiry.StepName("x").Next() != "" {
		t.Error("something follows the last step")
	}
}

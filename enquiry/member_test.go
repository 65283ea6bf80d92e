package enquiry_test

import (
	"testing"

	"github.com/google/uuid"

	"carecorridor/auth"
	"carecorridor/enquiry"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

// provider is the id of a listing.
func (d *desk) provider(slug string) int64 {
	d.t.Helper()
	p, err := d.store.ProfileBySlug(ctx, slug)
	must(d.t, err)
	return p.ID
}

func TestAMemberOpensTheRequestsOfTheirHospitalAlone(t *testing.T) {
	each(t, func(d *desk) {
		t := d.t
		r, links := d.sent(enquiry.Consents{}, "marina", "kaveri")
		mine := auth.Actor{Person: "asha", Org: "marina", Role: auth.ProviderClinician, Provider: d.provider("marina")}
		theirs := auth.Actor{Person: "chitra", Org: "kaveri", Role: auth.ProviderOwner, Provider: d.provider("kaveri")}
		list, err := d.Inbox(ctx, mine)
		must(t, err)
		if len(list) != 1 || list[0].Reference != r.Reference || list[0].State != enquiry.Sent || list[0].Due.IsZero() {
			t.Fatalf("inbox: %+v", list)
		}
		key, err := d.Enter(ctx, mine, list[0].ID, "read")
		must(t, err)
		got, err := d.Answer(ctx, key)
		must(t, err)
		byLink, err := d.Answer(ctx, links["marina"])
		must(t, err)
		if got.Reference != byLink.Reference || got.Hospital != byLink.Hospital {
			t.Errorf("membership opens %v, the link %v", got.Hospital, byLink.Hospital)
		}
		for _, who := range []auth.Actor{theirs, {Person: "x", Org: "marina", Role: auth.ProviderOwner}} {
			if _, err := d.Enter(ctx, who, list[0].ID, "read"); !fault.Is(err, fault.Missing) {
				t.Errorf("%s of %s: %v", who.Role, who.Org, err)
			}
		}
		for _, id := range []string{"", "x", uuid.NewString()} {
			if _, err := d.Enter(ctx, mine, id, "read"); !fault.Is(err, fault.Missing) {
				t.Errorf("id %q: %v", id, err)
			}
		}
		verifier := auth.Actor{Person: "vera", Org: "alliance", Role: auth.Verifier}
		if _, err := d.Inbox(ctx, verifier); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a verifier reads the inbox: %v", err)
		}
		d.audited(t, list[0].ID, "asha", "read")
	})
}

// audited wants one row about a request by a person.
func (d *desk) audited(t *testing.T, id, person, what string) {
	t.Helper()
	page, err := d.store.AuditPage(ctx, models.AuditFilter{Person: person, Action: string(auth.EnquiryAnswer), On: "enquiry", ID: id}, 10)
	must(t, err)
	if len(page.Rows) != 1 {
		t.Errorf("%d rows say that %s came to %s", len(page.Rows), person, what)
	}
}

func TestARequestThatWasNeverDeliveredIsInNoInbox(t *testing.T) {
	each(t, func(d *desk) {
		t := d.t
		d.sent(enquiry.Consents{}, "real")
		list, err := d.Inbox(ctx, auth.Actor{Person: "p", Org: "real", Role: auth.ProviderOwner, Provider: d.provider("real")})
		must(t, err)
		if len(list) != 0 {
			t.Errorf("inbox: %+v", list)
		}
	})
}

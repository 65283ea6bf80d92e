package auth_test

import (
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/internal/testdb"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// sampleListings puts three sample hospitals and a real one there.
func sampleListings(o *office) {
	o.t.Helper()
	o.must(o.store.Write(ctx, func(tx *models.Tx) error {
		if _, err := tx.PutCities([]models.City{{Slug: "chennai", Name: "Chennai", State: "Tamil Nadu"}}); err != nil {
			return err
		}
		var all []models.ProviderBundle
		for _, slug := range []string{"b-sample", "a-sample", "c-sample", "real"} {
			p := models.Provider{Slug: slug, Name: "Hospital " + slug, Kind: "unknown", Origin: "sample", Sample: slug != "real", State: models.Published,
				CheckedOn: when.DateOf(o.now())}
			if slug == "real" {
				p.Origin = "curated"
			}
			all = append(all, models.ProviderBundle{Provider: p, Sites: []models.Site{{CitySlug: "chennai", Main: true}}})
		}
		_, err := tx.PutProviders(all)
		return err
	}))
}

func TestTheDemonstrationHasSomebodyForEveryRole(t *testing.T) {
	eachWith(t, auth.Options{Demo: true}, func(o *office) {
		sampleListings(o)
		o.must(o.LoadSamples(ctx))
		o.must(o.LoadSamples(ctx))
		people, err := o.DemoActors(ctx)
		o.must(err)
		orgs, roles, seen := map[auth.Role]map[string]bool{}, map[auth.Role]int{}, map[string]bool{}
		for _, p := range people {
			if !strings.Contains(p.Name, "(sample)") || seen[p.Person] {
				o.t.Errorf("%+v", p)
			}
			in, err := o.SignInAs(ctx, p.Person, visit)
			if err != nil || in.Actor.Role != p.Role || in.Actor.Name != p.Name || (auth.KindOf(p.Role) == auth.Hospital) != (in.Actor.Provider != 0) {
				o.t.Fatalf("%+v, %v", in, err)
			}
			if now, err := o.Who(ctx, in.Token); err != nil || now.Actor != in.Actor {
				o.t.Errorf("%+v, %v", now, err)
			}
			if orgs[p.Role] == nil {
				orgs[p.Role] = map[string]bool{}
			}
			orgs[p.Role][in.Actor.Org], seen[p.Person] = true, true
			roles[p.Role]++
		}
		for _, r := range auth.Roles {
			if (roles[r] == 0) != (r == auth.Patient) {
				o.t.Errorf("%s: %d", r, roles[r])
			}
		}
		if len(orgs[auth.ProviderOwner]) != 2 || roles[auth.Verifier] != 2 || len(orgs[auth.Verifier]) != 1 {
			o.t.Errorf("%v, %v", orgs, roles)
		}
		for _, p := range people {
			if p.OrgName == "Hospital real" || p.OrgName == "Hospital c-sample" {
				o.t.Errorf("%+v", p)
			}
		}
	})
}

func TestSamplePeopleAreNothingOutsideTheDemonstration(t *testing.T) {
	eachWith(t, auth.Options{Demo: true}, func(o *office) {
		o.must(o.LoadSamples(ctx))
		ada := o.administrator()
		people, err := o.DemoActors(ctx)
		o.must(err)
		_, err = o.SignInAs(ctx, ada.Actor.Person, visit)
		o.kind(err, fault.Missing) // has a password of her own
		in, err := o.SignInAs(ctx, people[0].Person, visit)
		o.must(err)
		options := o.Options
		options.Demo = false
		real, err := auth.New(options)
		o.must(err)
		_, err = real.Who(ctx, in.Token)
		o.refused(err, auth.ErrSession)
		_, err = real.SignInAs(ctx, people[0].Person, visit)
		o.kind(err, fault.Missing)
		if none, err := real.DemoActors(ctx); err != nil || none != nil {
			o.t.Errorf("%+v, %v", none, err)
		}
		o.kind(real.LoadSamples(ctx), fault.Forbidden)
		_, err = real.SignIn(ctx, "administrator@demo.example", "", visit)
		o.refused(err, auth.ErrSignIn)
		l, err := real.Forgot(ctx, "administrator@demo.example", visit)
		o.taken(l, err)
		if mails := o.post(); len(mails) != 0 {
			o.t.Errorf("%+v", mails)
		}
	})
}

// What a thief of the database or of the mail's table finds.
func TestNothingPersonalIsInTheDatabaseInTheOpen(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		code := ada.Codes[0]
		org := o.practice(ada.Actor, "A12345")
		l, err := o.Invite(ctx, ada.Actor, auth.InviteForm{Org: org, Role: auth.Referrer, Email: "jo@practice.example"})
		o.taken(l, err)
		l, err = o.Forgot(ctx, ada.email, visit)
		o.taken(l, err)
		d := newDevice(o.t)
		asked, err := o.NewPasskey(ctx, ada.confirmed())
		o.must(err)
		l, err = o.AddPasskey(ctx, ada.Actor, "Ada's own phone", d.create(asked))
		o.taken(l, err)
		o.must(o.SetData(ctx, ada.Actor, []byte("kept for a page")))
		o.SignIn(ctx, "jo@practice.example", another, visit)
		all := o.dump()
		if len(all) < 8000 || !strings.Contains(all, "Surgery A12345") {
			o.t.Fatalf("%d bytes read", len(all))
		}
		for what, secret := range map[string]string{"address": "root@corridor", "invited address": "jo@practice", "name": "Ada Root", "argon2": "argon2id", "app": ada.secret,
			"label": "own phone", "data": "kept for a page", "token": ada.Token, "browser": visit.Address, "recovery code": code} {
			if secret == "" || strings.Contains(all, secret) || strings.Contains(all, hex.EncodeToString([]byte(secret))) {
				o.t.Errorf("%s is in the open", what)
			}
		}
	})
}

// dump is every value of every table as text; bytes also as hexadecimal.
func (o *office) dump() string {
	o.t.Helper()
	var b strings.Builder
	for _, table := range []string{"organisations", "people", "memberships", "totp_secrets", "passkeys", "recovery_codes", "invitations", "sessions", "challenges",
		"sign_in_tries", "attempts", "identities", "identity_assertions", "mails", "audit_rows", "river_job"} {
		o.dumpTable(&b, table)
	}
	return b.String()
}

func (o *office) dumpTable(b *strings.Builder, table string) {
	o.t.Helper()
	rows, err := testdb.SQL(o.t, o.url).Query("SELECT * FROM " + table)
	o.must(err)
	defer rows.Close()
	columns, err := rows.Columns()
	o.must(err)
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		o.must(rows.Scan(values...))
		for _, v := range values {
			switch v := (*v.(*any)).(type) {
			case []byte:
				fmt.Fprintf(b, "%s %x\n", v, v)
			default:
				fmt.Fprintln(b, v)
			}
		}
	}
	o.must(rows.Err())
}

// A demonstration lets anybody sign in as an administrator: it never begins where real people have accounts.
func TestNoDemonstrationBeginsAmongRealPeople(t *testing.T) {
	eachWith(t, auth.Options{Demo: true}, func(o *office) {
		o.administrator()
		o.kind(o.LoadSamples(ctx), fault.Conflict)
		if people, err := o.DemoActors(ctx); err != nil || len(people) != 0 {
			o.t.Errorf("%+v, %v", people, err)
		}
	})
}

package auth_test

import (
	"errors"
	"sync"
	"testing"

	"carecorridor/auth"
	"carecorridor/internal/fault"
)

// team is a practice with two managers and a referrer, and the administrator.
type team struct {
	*office
	ada, jo, kim, lou *colleague
	org               string
}

func eachTeam(t *testing.T, f func(*team)) {
	t.Helper()
	each(t, func(o *office) {
		ada := o.administrator()
		org := o.practice(ada.Actor, "A12345")
		f(&team{o, ada, o.join(ada.confirmed(), org, auth.ReferrerAdmin, "jo@practice.example"),
			o.join(ada.confirmed(), org, auth.ReferrerAdmin, "kim@practice.example"), o.join(ada.confirmed(), org, auth.Referrer, "lou@practice.example"), org})
	})
}

// member as the team page has it.
func (g *team) member(c *colleague) auth.Member {
	g.t.Helper()
	all, err := g.PeopleOf(ctx, g.ada.Actor, g.org)
	g.must(err)
	for _, m := range all {
		if m.Email == c.email {
			return m
		}
	}
	return auth.Member{}
}

func TestAManagerManagesTheirOwnPeopleAndNobodyElses(t *testing.T) {
	eachTeam(t, func(g *team) {
		other := g.practice(g.ada.confirmed(), "B12345")
		stranger := g.join(g.ada.Actor, other, auth.ReferrerAdmin, "zoe@other.example")
		all, err := g.PeopleOf(ctx, g.jo.Actor, g.org)
		if err != nil || len(all) != 3 || all[0].Email != "jo@practice.example" || !all[0].SecondSet || all[0].LastSeen == nil {
			g.t.Fatalf("%+v, %v", all, err)
		}
		m := g.member(g.lou)
		who := stranger.confirmed()
		for what, err := range map[string]error{
			"set role": g.SetRole(ctx, who, m.Membership, auth.ReferrerAdmin, m.Version),
			"pause":    g.PauseMember(ctx, who, m.Membership, m.Version),
			"resume":   g.ResumeMember(ctx, who, m.Membership, m.Version),
			"remove":   g.RemoveMember(ctx, who, m.Membership, m.Version),
			"people":   second(g.PeopleOf(ctx, who, g.org)),
			"waiting":  second(g.Invitations(ctx, who, g.org)),
			"unknown":  g.RemoveMember(ctx, who, "no such", 1),
			"org":      second(g.Organisation(ctx, who, g.org)),
		} {
			if !fault.Is(err, fault.Missing) {
				g.t.Errorf("%s by another organisation: %v", what, err)
			}
		}
		for what, err := range map[string]error{
			"people": second(g.PeopleOf(ctx, g.lou.Actor, g.org)),
			"role":   g.SetRole(ctx, g.lou.confirmed(), m.Membership, auth.ReferrerAdmin, m.Version),
			"desk":   second(g.People(ctx, g.jo.Actor)),
			"orgs":   second(g.Organisations(ctx, g.jo.Actor)),
		} {
			if !fault.Is(err, fault.Forbidden) {
				g.t.Errorf("%s by a role without it: %v", what, err)
			}
		}
		g.must(g.SetRole(ctx, g.jo.confirmed(), m.Membership, auth.ReferrerAdmin, m.Version))
		_, err = g.Who(ctx, g.lou.Token)
		g.refused(err, auth.ErrSession)
		g.refused(g.SetRole(ctx, g.jo.Actor, m.Membership, auth.Referrer, m.Version), auth.ErrMoved)
		g.kind(g.SetRole(ctx, g.jo.Actor, m.Membership, auth.Administrator, m.Version+1), fault.Invalid)
		g.kind(g.SetRole(ctx, g.jo.Actor, g.member(g.jo).Membership, auth.Referrer, 1), fault.Forbidden)
	})
}

func second[T any](_ T, err error) error { return err }

func TestAPausedMemberActsNoMoreUntilResumed(t *testing.T) {
	eachTeam(t, func(g *team) {
		m := g.member(g.lou)
		g.must(g.PauseMember(ctx, g.jo.confirmed(), m.Membership, m.Version))
		_, err := g.Who(ctx, g.lou.Token)
		g.refused(err, auth.ErrSession)
		step, err := g.SignIn(ctx, g.lou.email, password, visit)
		g.must(err)
		_, err = g.GiveTOTP(ctx, step.Token, g.lou.code(), visit)
		g.kind(err, fault.Forbidden)
		m = g.member(g.lou)
		if !m.Paused {
			g.t.Errorf("%+v", m)
		}
		g.must(g.ResumeMember(ctx, g.jo.confirmed(), m.Membership, m.Version))
		lou := g.lou.again()
		m = g.member(lou)
		g.must(g.RemoveMember(ctx, g.jo.confirmed(), m.Membership, m.Version))
		_, err = g.Who(ctx, lou.Token)
		g.refused(err, auth.ErrSession)
		if m := g.member(lou); m.Person != "" {
			g.t.Errorf("%+v", m)
		}
		g.kind(g.ResumeMember(ctx, g.jo.Actor, m.Membership, m.Version+1), fault.Missing)
	})
}

func TestTheLastManagerStaysEvenWhenTwoRemoveEachOtherAtOnce(t *testing.T) {
	eachTeam(t, func(g *team) {
		jo, kim := g.member(g.jo), g.member(g.kim)
		joActs, kimActs := g.jo.confirmed(), g.kim.confirmed()
		var errs [2]error
		var both sync.WaitGroup
		both.Go(func() { errs[0] = g.RemoveMember(ctx, joActs, kim.Membership, kim.Version) })
		both.Go(func() { errs[1] = g.RemoveMember(ctx, kimActs, jo.Membership, jo.Version) })
		both.Wait()
		if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs[:]...), auth.ErrLast) {
			g.t.Fatal(errs)
		}
		left := g.member(g.jo)
		if errs[1] == nil {
			left = g.member(g.kim)
		}
		who := g.ada.confirmed()
		g.refused(g.RemoveMember(ctx, who, left.Membership, left.Version), auth.ErrLast)
		g.refused(g.PauseMember(ctx, who, left.Membership, left.Version), auth.ErrLast)
		g.refused(g.SetRole(ctx, who, left.Membership, auth.Referrer, left.Version), auth.ErrLast)
		g.refused(g.Lock(ctx, who, left.Person, "why not"), auth.ErrLast)
		g.kind(g.Lock(ctx, who, who.Person, "why not"), fault.Forbidden)
	})
}

func TestALockedPersonIsOutAtOnceAndInAgainWhenUnlocked(t *testing.T) {
	eachTeam(t, func(g *team) {
		who := g.ada.confirmed()
		person := g.member(g.lou).Person
		g.kind(g.Lock(ctx, who, person, " "), fault.Invalid)
		l, err := g.Forgot(ctx, g.lou.email, visit)
		g.taken(l, err)
		token := g.post()[0].token(g.t)
		step, err := g.SignIn(ctx, g.lou.email, password, visit)
		g.must(err)
		g.must(g.Lock(ctx, who, person, "lost a laptop"))
		_, err = g.Who(ctx, g.lou.Token)
		g.refused(err, auth.ErrSession)
		_, err = g.GiveTOTP(ctx, step.Token, g.lou.code(), visit)
		g.refused(err, auth.ErrStep)
		_, _, err = g.SetPassword(ctx, token, another, visit)
		g.refused(err, auth.ErrLink)
		_, err = g.SignIn(ctx, g.lou.email, password, visit)
		g.refused(err, auth.ErrSignIn)
		l, err = g.Forgot(ctx, g.lou.email, visit)
		g.taken(l, err)
		if mails := g.post(); len(mails) != 0 {
			g.t.Errorf("a locked person was mailed: %+v", mails)
		}
		g.must(g.Unlock(ctx, g.ada.confirmed(), person, "laptop found"))
		g.lou.again()
		page, err := g.People(ctx, who)
		if err != nil || len(page) != 4 || page[0].Name != "Ada Root" || page[0].Locked || len(page[0].Roles) != 1 {
			g.t.Errorf("%+v, %v", page, err)
		}
	})
}

func TestResetFactorsMakesThePersonBeginAnewByMail(t *testing.T) {
	eachTeam(t, func(g *team) {
		person := g.member(g.lou).Person
		link, err := g.ResetFactors(ctx, g.ada.confirmed(), person, "lost phone")
		if err != nil || link != "" {
			g.t.Fatal(link, err)
		}
		_, err = g.Who(ctx, g.lou.Token)
		g.refused(err, auth.ErrSession)
		token := to(g.post(), g.lou.email)[0].token(g.t)
		if step, err := g.SignIn(ctx, g.lou.email, password, visit); err != nil || step.Need != auth.NeedMail {
			g.t.Fatalf("%+v, %v", step, err)
		}
		step, l, err := g.SetPassword(ctx, token, password, visit)
		g.taken(l, err)
		g.enrol(step, g.lou.email)
		link, err = g.ResetFactors(ctx, g.Console(), person, "lost phone again")
		if err != nil || link == "" {
			g.t.Fatal(link, err)
		}
		_, err = g.ResetFactors(ctx, g.jo.confirmed(), person, "not theirs to do")
		g.kind(err, fault.Forbidden)
	})
}

func TestWhileAnOrganisationIsPausedNobodyActsForIt(t *testing.T) {
	eachTeam(t, func(g *team) {
		all, err := g.Organisations(ctx, g.ada.Actor)
		if err != nil || len(all) != 2 || all[1].Name != "Surgery A12345" || all[1].People != 3 || all[1].ODS != "A12345" {
			g.t.Fatalf("%+v, %v", all, err)
		}
		org := all[1]
		org.State = auth.OrgPaused
		l, err := g.SaveOrganisation(ctx, g.ada.confirmed(), org)
		g.taken(l, err)
		for _, c := range []*colleague{g.jo, g.kim, g.lou} {
			_, err := g.Who(ctx, c.Token)
			g.refused(err, auth.ErrSession)
		}
		if l, err := g.Invite(ctx, g.ada.Actor, auth.InviteForm{Org: org.ID, Role: auth.Referrer, Email: "new@practice.example"}); err != nil || l.OK() {
			g.t.Error(l, err)
		}
		_, err = g.SaveOrganisation(ctx, g.ada.Actor, org)
		g.refused(err, auth.ErrMoved)
		org.Version, org.State = org.Version+1, auth.OrgActive
		l, err = g.SaveOrganisation(ctx, g.ada.Actor, org)
		g.taken(l, err)
		g.jo.again()
		alliance := all[0]
		alliance.State = auth.OrgClosed
		if l, err := g.SaveOrganisation(ctx, g.ada.Actor, alliance); err != nil || l.On("state") == "" {
			g.t.Error(l, err)
		}
		for _, wrong := range []auth.Organisation{{Kind: auth.Practice, Name: "No code"}, {Kind: auth.Practice, Name: "Odd code", ODS: "A-1"},
			{Kind: auth.Alliance, Name: "Another"}, {Kind: auth.Hospital, Name: "No listing", Provider: 99}, {Kind: auth.Practice, ODS: "B12345"},
			{Kind: auth.Practice, Name: "Twice", ODS: "A12345"}} {
			if _, l, err := g.AddOrganisation(ctx, g.ada.Actor, wrong); err != nil || l.OK() {
				g.t.Errorf("%+v: %v, %v", wrong, l, err)
			}
		}
		if mine, err := g.Organisation(ctx, g.jo.Actor, g.org); err != nil || mine.ID != g.org {
			g.t.Errorf("%+v, %v", mine, err)
		}
	})
}

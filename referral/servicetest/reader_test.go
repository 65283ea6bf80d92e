package servicetest

import (
	"slices"
	"strings"
	"testing"

	"carecorridor/internal/fault"
	"carecorridor/internal/testdb"
	"carecorridor/referral"
	"carecorridor/referral/sample"
)

// doubt holds a referral at a hospital, as a verifier does who saw its certificate gone.
func (w *world) doubt(id, slug string) {
	w.t.Helper()
	row := w.row(id, slug)
	done, err := w.Do(ctx, w.verifier, id, referral.HoldProvider, referral.Input{Provider: row.ID, Version: row.Version, Text: "Its certificate is in doubt."})
	if err != nil || !done.OK() {
		w.t.Fatal(done, err)
	}
}

func texts(v referral.View) (out []string) {
	for _, w := range v.Words {
		out = append(out, w.Text)
	}
	return out
}

func TestAReferrerWithoutTheConsentSeesNothingNew(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		w.attach(w.Referrer, id, "ours")
		w.do(w.patient(id), id, referral.WithdrawConsent, referral.Input{Consent: referral.C4})
		w.attach(w.patient(id), id, "later")
		w.do(w.Coordinator, id, referral.WriteToDesk, referral.Input{Text: "To both of you."})
		v := w.look(w.Referrer, id)
		if len(v.Files) != 1 || len(texts(v)) != 0 {
			w.t.Errorf("%d files, %q", len(v.Files), texts(v))
		}
		for _, f := range w.look(w.patient(id), id).Files {
			_, err := w.OpenFile(ctx, w.Referrer, id, f.ID)
			if f.ID == v.Files[0].ID {
				must(w.t, err)
			} else {
				wantKind(w.t, err, fault.Missing)
			}
		}
	})
}

func TestADocumentThatIsNotCheckedIsNotOpenToColleagues(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Draft, 0)
		w.scanner.say = ""
		w.attach(w.Referrer, id, "x-ray")
		file := w.look(w.Referrer, id).Files[0].ID
		_, err := w.OpenFile(ctx, w.Referrer, id, file)
		must(w.t, err)
		_, err = w.OpenFile(ctx, w.admin, id, file)
		wantKind(w.t, err, fault.Forbidden)
	})
}

func TestPatientAndPracticeHaveEachTheirOwnThreadWithTheDesk(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		w.do(w.patient(id), id, referral.WriteToDesk, referral.Input{Text: "Please do not tell my GP."})
		w.do(w.Referrer, id, referral.WriteToDesk, referral.Input{Text: "We think the patient is anxious."})
		w.do(w.Coordinator, id, referral.WriteToDesk, referral.Input{Text: "We do not tell them.", To: referral.ToPatient})
		w.do(w.Coordinator, id, referral.WriteToDesk, referral.Input{Text: "Thank you, doctor.", To: referral.ToReferrer})
		w.do(w.Coordinator, id, referral.WriteToDesk, referral.Input{Text: "It goes on."})
		if got := texts(w.look(w.patient(id), id)); !slices.Equal(got, []string{"Please do not tell my GP.", "We do not tell them.", "It goes on."}) {
			w.t.Errorf("the patient reads %q", got)
		}
		if got := texts(w.look(w.Referrer, id)); !slices.Equal(got, []string{"We think the patient is anxious.", "Thank you, doctor.", "It goes on."}) {
			w.t.Errorf("the practice reads %q", got)
		}
		if got := texts(w.look(w.Coordinator, id)); len(got) != 5 {
			w.t.Errorf("the desk reads %q", got)
		}
	})
}

func TestAHospitalCannotTellWhetherAnotherOffered(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		mine, other := w.Hospitals[0], w.Hospitals[1]
		w.do(mine.Desk, id, referral.Open, referral.Input{})
		before := w.look(mine.Desk, id)
		w.do(other.Desk, id, referral.Open, referral.Input{})
		w.do(other.Doctor, id, referral.Offer, referral.Input{Text: "Suitable.", Quote: sample.Quote(w.Today())})
		w.do(w.patient(id), id, referral.Compare, referral.Input{})
		w.doubt(id, "lotus")
		after := w.look(mine.Desk, id)
		if after.State != before.State || after.Version != before.Version || len(after.Flags) != 0 || len(after.Timeline) != len(before.Timeline) {
			w.t.Errorf("before %s %d, after %s %d %v", before.State, before.Version, after.State, after.Version, after.Flags)
		}
		list, err := w.Worklist(ctx, mine.Desk, referral.WorkFilter{})
		must(w.t, err)
		if len(list.Rows) != 1 || list.Rows[0].State != referral.WithProviders || len(list.Rows[0].Flags) != 0 || list.Rows[0].Updated.After(w.clock.Now()) {
			w.t.Errorf("%+v", list.Rows)
		}
		if v := w.look(other.Desk, id); !slices.Contains(v.Flags, referral.AccreditationHold) {
			w.t.Error("the hospital in doubt does not read that it is")
		}
	})
}

func TestAHospitalThatDeclinedReadsNothingOfTheRecord(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		w.attach(w.Referrer, id, "x-ray")
		h := w.Hospitals[0]
		w.do(h.Desk, id, referral.Open, referral.Input{})
		w.do(h.Doctor, id, referral.Decline, referral.Input{Reason: referral.NoCapacity, Comment: "Full."})
		v := w.look(h.Desk, id)
		if v.Clinical != nil || v.Safety != nil || v.Preferences != nil || len(v.Files) != 0 || v.Age != -1 {
			w.t.Errorf("%+v", v)
		}
		w.do(h.Desk, id, referral.ConfirmDeleted, referral.Input{})
		_, err := w.Look(ctx, h.Desk, id)
		wantKind(w.t, err, fault.Missing)
	})
}

func TestTheDeskReadsNoRecordBeforeThePatientAgrees(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.AwaitingConsent, 0)
		v := w.look(w.Coordinator, id)
		if v.Clinical != nil || v.Patient.Family != "" || v.Age != -1 || v.Reference == "" {
			w.t.Errorf("%+v", v.Patient)
		}
		list, err := w.Worklist(ctx, w.Coordinator, referral.WorkFilter{})
		must(w.t, err)
		if len(list.Rows) != 1 || list.Rows[0].Name != "" || list.Rows[0].Treatment != "" {
			w.t.Errorf("%+v", list.Rows)
		}
	})
}

func TestNobodyIsPassedOverWhileTheyMayNotAct(t *testing.T) {
	for name, bar := range map[string]func(w *world, id string){
		"sharing is paused": func(w *world, id string) { w.do(w.patient(id), id, referral.SuspendConsent, referral.Input{}) },
		"certificates are in doubt": func(w *world, id string) {
			for _, slug := range slugs {
				w.doubt(id, slug)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *world) {
				id := w.at(referral.WithProviders, 0)
				bar(w, id)
				w.clock.pass(40 * aDay)
				_, err := w.Tend(ctx)
				must(w.t, err)
				v := w.look(w.Coordinator, id)
				if v.State != referral.WithProviders || v.Hospitals[0].Response != referral.Sent {
					w.t.Errorf("%s, %s", v.State, v.Hospitals[0].Response)
				}
			})
		})
	}
}

func TestALetterAndWhatWasForItsDaysEndWithTheDates(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.ReadyToTravel, 0)
		number := w.look(w.patient(id), id).Letter.Number
		w.do(w.patient(id), id, referral.Postpone, referral.Input{Text: "My daughter is ill."})
		if valid, err := w.LetterValid(ctx, number); err != nil || valid {
			w.t.Error("the letter is still valid", err)
		}
		news, err := w.News(ctx, w.patient(id))
		if err != nil || !slices.ContainsFunc(news, func(n referral.News) bool { return n.Key == "visa_letter_revoked" }) {
			w.t.Error("the patient is not told", err)
		}
		v := w.look(w.patient(id), id)
		if len(v.Gates) != len(referral.Gates) {
			w.t.Errorf("%d gates", len(v.Gates))
		}
		for _, g := range v.Gates {
			lasts := g.Gate == referral.G2 || g.Gate == referral.G3 || g.Gate == referral.G4 || g.Gate == referral.G8
			if g.Passed != lasts {
				w.t.Errorf("%s passed: %v", g.Gate, g.Passed)
			}
		}
	})
}

func TestAHospitalThatNoLongerMayTreatIsHeldAndCannotBeAccepted(t *testing.T) {
	for name, change := range map[string]string{
		"closed":        "UPDATE organisations SET state = 'closed' WHERE id = 'org-marina'",
		"out of it":     "UPDATE providers SET state = 'withdrawn' WHERE slug = 'marina'",
		"a severe case": "UPDATE hospital_terms SET severe_case = true WHERE org_id = 'org-marina'",
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *world) {
				id := w.at(referral.Deciding, 0)
				w.do(w.patient(id), id, referral.ReadRisks, referral.Input{})
				h := w.row(id, "marina")
				w.do(w.patient(id), id, referral.ReadOpinion, referral.Input{Provider: h.ID, Number: 1})
				_, err := testdb.SQL(w.t, w.url).Exec(change)
				must(w.t, err)
				_, err = w.Do(ctx, w.fresh(w.patient(id)), id, referral.Accept, w.versioned(w.patient(id), id, referral.Input{Provider: h.ID, Number: 1}))
				wantKind(w.t, err, fault.Conflict)
				w.clock.pass(2 * 3600e9)
				for range 2 { // the second round finds nothing to do
					_, err = w.Tend(ctx)
					must(w.t, err)
				}
				news, err := w.News(ctx, w.patient(id))
				if err != nil || !strings.Contains(keysOf(news), "hospital_in_doubt") {
					w.t.Error(keysOf(news), err)
				}
				v := w.look(w.patient(id), id)
				if !slices.Contains(v.Flags, referral.AccreditationHold) || count(v, referral.HoldProvider) != 1 {
					w.t.Errorf("%v, held %d times", v.Flags, count(v, referral.HoldProvider))
				}
			})
		})
	}
}

func keysOf(news []referral.News) string {
	var all []string
	for _, n := range news {
		all = append(all, n.Key)
	}
	return strings.Join(all, " ")
}

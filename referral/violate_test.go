package referral_test

import "carecorridor/referral"

// violate breaks a guard that satisfy and facts made hold.
var violate = map[referral.Guard]func(*referral.Facts, *referral.Provider){
	referral.WrittenBySelf:     func(f *referral.Facts, _ *referral.Provider) { f.Origin = referral.ByReferrer },
	referral.WrittenByReferrer: func(f *referral.Facts, _ *referral.Provider) { f.Origin = referral.BySelf },
	referral.NamedClinician:    func(f *referral.Facts, _ *referral.Provider) { f.Clinician = "another" },
	referral.LadderClimbed:     func(f *referral.Facts, _ *referral.Provider) { f.Writing.Referrer.Level = 1 },
	referral.NothingPaid:       func(f *referral.Facts, _ *referral.Provider) { f.Writing.Paid = true },
	referral.WholeRecord:       func(f *referral.Facts, _ *referral.Provider) { f.Writing.Problems = 1 },
	referral.FilesSafe:         func(f *referral.Facts, _ *referral.Provider) { f.Writing.FilesPending = 1 },
	referral.ContactWorks:      func(f *referral.Facts, _ *referral.Provider) { f.Writing.ContactChecked = false },
	referral.OfAge:             func(f *referral.Facts, _ *referral.Provider) { f.Writing.Born = f.Today().AddDays(-17 * 365) },
	referral.CanConsent:        func(f *referral.Facts, _ *referral.Provider) { f.Writing.CanConsent = false },
	referral.NotExcluded:       func(f *referral.Facts, _ *referral.Provider) { f.Writing.Stop = "surrogacy" },
	referral.NotUrgent:         func(f *referral.Facts, _ *referral.Provider) { f.Priority = "urgent" },
	referral.FewOpen:           func(f *referral.Facts, _ *referral.Provider) { f.Writing.OpenElsewhere = 3 },
	referral.SendingAgreed:     func(f *referral.Facts, _ *referral.Provider) { f.Consents = nil },
	referral.ReferrerMaySee:    func(f *referral.Facts, _ *referral.Provider) { f.Consents = nil },
	referral.FewToday:          func(f *referral.Facts, _ *referral.Provider) { f.Writing.SignedToday = 20 },
	referral.DeathNotKnown:     func(f *referral.Facts, _ *referral.Provider) { f.Care.Died = true },
	referral.DeathKnown:        func(f *referral.Facts, _ *referral.Provider) { f.Care.Died, f.Ending = false, referral.EndWithdrawn },
	referral.NotForgotten:      func(f *referral.Facts, _ *referral.Provider) { f.Erasure.Done = true },
	referral.LinkAgreed:        func(f *referral.Facts, _ *referral.Provider) { f.Choice.GPShare = referral.GPNothing },
	referral.FlagsSettled:      func(f *referral.Facts, _ *referral.Provider) { f.Checks.RedFlags = 1 },
	referral.FlagsOpen:         func(f *referral.Facts, _ *referral.Provider) { f.Checks.RedFlags = 0 },
	referral.DuplicatesSettled: func(f *referral.Facts, _ *referral.Provider) { f.Checks.Duplicates = 1 },
	referral.DuplicatesOpen:    func(f *referral.Facts, _ *referral.Provider) { f.Checks.Duplicates = 0 },
	referral.SomebodyToSendTo: func(f *referral.Facts, _ *referral.Provider) {
		eachHospital(f, func(p *referral.Provider) { p.Eligibility.CheckedDoctors = 0 })
	},
	referral.RoomForOneMore: func(f *referral.Facts, _ *referral.Provider) {
		f.Providers = append(f.Providers, make([]referral.Provider, 5)...)
	},
	referral.TimeIsUp:       func(f *referral.Facts, _ *referral.Provider) { f.Clocks = nil },
	referral.SafetyHeld:     func(f *referral.Facts, _ *referral.Provider) { f.Flags = nil },
	referral.NotHeld:        func(f *referral.Facts, _ *referral.Provider) { f.Flags = []referral.Flag{referral.SafetyHold} },
	referral.Suspended:      func(f *referral.Facts, _ *referral.Provider) { f.Flags = nil },
	referral.NotSuspended:   func(f *referral.Facts, _ *referral.Provider) { f.Flags = []referral.Flag{referral.ConsentSuspended} },
	referral.ErasureHeld:    func(f *referral.Facts, _ *referral.Provider) { f.Flags = nil },
	referral.ErasureNotHeld: func(f *referral.Facts, _ *referral.Provider) { f.Flags = []referral.Flag{referral.LegalHold} },
	referral.WasRouted: func(f *referral.Facts, _ *referral.Provider) {
		eachHospital(f, func(p *referral.Provider) { p.SentAt = f.CreatedAt.AddDate(-3000, 0, 0) })
		f.Providers = nil
	},
	referral.NobodyHadIt:     func(f *referral.Facts, _ *referral.Provider) { f.Providers[0].SentAt = f.Now },
	referral.ErrorReported:   func(f *referral.Facts, _ *referral.Provider) { f.Erasure.ErrorBy = ""; f.Providers[0].SentAt = f.Now },
	referral.WithinADay:      func(f *referral.Facts, _ *referral.Provider) { f.CreatedAt = f.Now.AddDate(0, 0, -2) },
	referral.ErasureAsked:    func(f *referral.Facts, _ *referral.Provider) { f.Erasure.Done = true },
	referral.ErasureNotAsked: func(f *referral.Facts, _ *referral.Provider) { f.Erasure.AskedAt = f.Now },
	referral.SecondPerson: func(f *referral.Facts, _ *referral.Provider) {
		f.Erasure.ApprovedBy = []string{"person-coordinator", "person-administrator"}
	},
	referral.AsksAdvice:    func(f *referral.Facts, _ *referral.Provider) { f.Mode = referral.ForReferral },
	referral.AsksTreatment: func(f *referral.Facts, _ *referral.Provider) { f.Mode = referral.ForAdvice },
	referral.Trusted: func(f *referral.Facts, _ *referral.Provider) {
		eachHospital(f, func(p *referral.Provider) { p.Eligibility.OnHold = true })
	},
	referral.StillEligible: func(f *referral.Facts, _ *referral.Provider) {
		eachHospital(f, func(p *referral.Provider) { p.Eligibility.SevereCaseOpen = true })
	},
	referral.Doubted: func(f *referral.Facts, _ *referral.Provider) {
		eachHospital(f, func(p *referral.Provider) { p.Eligibility.OnHold = false })
	},
	referral.StillAgreed: func(f *referral.Facts, _ *referral.Provider) { f.Consents[1].WithdrawnAt = f.Now },
	referral.CheckedDoctor: func(f *referral.Facts, _ *referral.Provider) {
		eachHospital(f, func(p *referral.Provider) { p.Doctors = nil })
	},
	referral.AnyOffer: func(f *referral.Facts, _ *referral.Provider) { respond(f, referral.Sent) },
	referral.EverybodySpoke: func(f *referral.Facts, _ *referral.Provider) {
		f.Providers[1] = hospitalAt("h2", referral.Opened, f.Now)
	},
	referral.NobodyLeft: func(f *referral.Facts, _ *referral.Provider) {
		f.Providers[1] = hospitalAt("h2", referral.Offered, f.Now)
	},
	referral.NobodyWanted: func(f *referral.Facts, _ *referral.Provider) {
		f.Providers[1] = hospitalAt("h2", referral.Declined, f.Now)
	},
	referral.HadACopy: func(f *referral.Facts, _ *referral.Provider) {
		eachHospital(f, func(p *referral.Provider) { p.Deleted = true })
	},
	referral.IdentityAgreed:   func(f *referral.Facts, _ *referral.Provider) { f.Consents[1].Items = set().Items },
	referral.PassportAgreed:   func(f *referral.Facts, _ *referral.Provider) { f.Consents[1].Items = set().Items },
	referral.QuoteInDate:      func(f *referral.Facts, p *referral.Provider) { p.QuoteUntil = f.Today().AddDays(-1) },
	referral.QuoteOutOfDate:   func(f *referral.Facts, p *referral.Provider) { p.QuoteUntil = f.Today() },
	referral.OpinionWasRead:   func(_ *referral.Facts, p *referral.Provider) { p.OpinionRead = 0 },
	referral.RisksWereRead:    func(f *referral.Facts, _ *referral.Provider) { f.Choice = referral.Choice{} },
	referral.CoolingOffOver:   func(f *referral.Facts, _ *referral.Provider) { f.Choice.AcceptedAt = f.Now.AddDate(0, 0, -13) },
	referral.ChangeWaits:      func(f *referral.Facts, _ *referral.Provider) { f.Choice.ChangePending = false },
	referral.NoChangeWaits:    func(f *referral.Facts, _ *referral.Provider) { f.Choice.ChangePending = true },
	referral.DatesAreProposed: func(f *referral.Facts, _ *referral.Provider) { f.Travel.Proposed = referral.Dates{} },
	referral.DatesAreAgreed:   func(f *referral.Facts, _ *referral.Provider) { f.Travel.Confirmed = referral.Dates{} },
	referral.GPDecided:        func(f *referral.Facts, _ *referral.Provider) { f.Choice.GPShare = "" },
	referral.PassportGiven:    func(f *referral.Facts, _ *referral.Provider) { f.Travel.Passport = false },
	referral.NoLetterOwed:     func(f *referral.Facts, _ *referral.Provider) { f.Travel.Letter, f.Travel.LetterEnded = false, true },
	referral.LetterInForce:    func(f *referral.Facts, _ *referral.Provider) { f.Travel.Letter = false },
	referral.AllGatesPassed:   func(f *referral.Facts, _ *referral.Provider) { delete(f.Travel.Gates, referral.G7) },
	referral.SchedulePlanned:  func(f *referral.Facts, _ *referral.Provider) { f.Care.SchedulePlanned = false },
	referral.NotAcknowledged:  func(f *referral.Facts, _ *referral.Provider) { f.Care.Acknowledged = true },
	referral.NotDelivered:     func(f *referral.Facts, _ *referral.Provider) { f.Care.Delivered = true },
	referral.WasDelivered:     func(f *referral.Facts, _ *referral.Provider) { f.Care.Delivered = false },
	referral.GPIsTold:         func(f *referral.Facts, _ *referral.Provider) { f.Choice.GPShare = referral.GPNothing },
	referral.ReceiptOpen:      func(f *referral.Facts, _ *referral.Provider) { f.Care.PatientHasIt = true },
	referral.NotShutOut: func(f *referral.Facts, _ *referral.Provider) {
		for i := range f.Consents {
			f.Consents[i].WithdrawnAt = f.Now
		}
	},
	referral.ReplyOwed:          func(f *referral.Facts, _ *referral.Provider) { f.Care.Unreplied = 0 },
	referral.ComplicationOpen:   func(f *referral.Facts, _ *referral.Provider) { f.Care.Complications = 0 },
	referral.NoComplicationOpen: func(f *referral.Facts, _ *referral.Provider) { f.Care.Complications = 1 },
	referral.HandedBack:         func(f *referral.Facts, _ *referral.Provider) { f.Care.Acknowledged = false },
	referral.FollowUpOver:       func(f *referral.Facts, _ *referral.Provider) { f.Care.FollowUpsLeft, f.Care.Unreached = 2, 2 },
	referral.AlertWasSent:       func(f *referral.Facts, _ *referral.Provider) { f.Care.AlertSent = false },
	referral.FeedbackAgreed:     func(f *referral.Facts, _ *referral.Provider) { f.Care.FeedbackAsked = true },
	referral.FeedbackWasAsked:   func(f *referral.Facts, _ *referral.Provider) { f.Care.FeedbackAsked = false },
}

package listing

import (
	"context"
	"slices"
	"strings"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

// MaxReason is how long the words of a refusal may be.
const MaxReason = 1000

// Decide answers an item. VerificationCheck; nobody checks their own organisation or entry, and the second person is
// another one: fault.Forbidden with a sentence. An approval makes it public in the same transaction, unless a second
// person is needed. A listing that moved meanwhile is ErrMoved, and the item then shows what is public now. Problems:
// Field is verdict, reason, ticked, method, url, retrieved, hash, file or note.
func (s *Service) Decide(ctx context.Context, who auth.Actor, d Decision) (Item, check.List, error) {
	if err := auth.May(who, auth.VerificationCheck, ""); err != nil {
		return Item{}, nil, err
	}
	item, err := s.item(ctx, d.Item)
	if err != nil {
		return Item{}, nil, err
	}
	if err := s.mayCheck(ctx, who, item); err != nil {
		return Item{}, nil, err
	}
	problems, err := s.found(ctx, &d, item)
	if problems = append(problems, s.decisionProblems(d, item)...); err != nil || !problems.OK() {
		return item, problems, err
	}
	moved := false
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		w, v, err := s.take(tx, item, d)
		if err != nil {
			return err
		}
		if v.State == string(WaitingSecond) && d.Verdict == Approve && v.FirstBy == who.Person {
			return errSecond
		}
		moved, err = s.rule(w, v, who, d)
		return err
	})
	if err == nil && moved {
		err = ErrMoved
	}
	if err != nil {
		return Item{}, nil, err
	}
	item, err = s.item(ctx, d.Item)
	return item, nil, err
}

// Why somebody may not check an item.
var (
	errOwn    = fault.Say(fault.Forbidden, "verification", "You cannot check an entry that you wrote, or one of your own organisation. Another checker must")
	errSecond = fault.Say(fault.Forbidden, "verification", "You approved this already. Another person must approve it too")
)

func (s *Service) mayCheck(ctx context.Context, who auth.Actor, item Item) error {
	if slices.Contains(item.Proposers, who.Person) || item.Provider != 0 && who.Provider == item.Provider {
		return errOwn
	}
	if s.Belongs == nil || item.Provider == 0 {
		return nil
	}
	belongs, err := s.Belongs(ctx, who.Person, item.Provider)
	if err == nil && belongs {
		err = errOwn
	}
	return err
}

// take holds the listing and the item. Who was slower than another person gets ErrMoved.
func (s *Service) take(tx *models.Tx, item Item, d Decision) (*work, *models.Verification, error) {
	var w *work
	var err error
	if item.Provider != 0 {
		if w, err = s.open(tx, item.Provider); err != nil {
			return nil, nil, err
		}
	} else {
		w = s.newWork(tx, &models.ProviderBundle{}, s.known(), Values{})
	}
	v, err := tx.VerificationForUpdate(item.ID)
	if err != nil {
		return nil, nil, err
	}
	if v.Version != d.Version || v.State != string(Waiting) && v.State != string(WaitingSecond) {
		return nil, nil, ErrMoved
	}
	return w, v, nil
}

func (s *Service) decisionProblems(d Decision, item Item) check.List {
	var l check.List
	switch d.Verdict {
	case SendBack, Reject:
		l.Need(strings.TrimSpace(d.Reason) != "", "reason", "Say why, so that the hospital knows what to change")
		l.Text("reason", "The reason", d.Reason, MaxReason)
		l.Need(d.Verdict == Reject || item.Kind == KindChange, "verdict", "Only what a hospital sent can be sent back. Approve or reject it")
		l.Need(d.Found == "" || item.Kind == KindRecheck && slices.Contains(FoundWays, d.Found), "found", "Select what the register shows")
		return l
	case Approve:
	default:
		l.Add("verdict", "Select approve, send back or reject")
		return l
	}
	for _, c := range item.checksMissing(d.Ticked) {
		l.Add("ticked", "Tick “%s”, or send it back", c.Text)
	}
	return append(l, s.evidenceProblems(d.Evidence, item)...)
}

// rule carries a decision out. moved: the public values are not those the item shows; it shows them from now on.
func (s *Service) rule(w *work, v *models.Verification, who auth.Actor, d Decision) (moved bool, err error) {
	now := w.tx.Now()
	w.checker = who
	act := map[Verdict]ItemState{Approve: ItemApproved, SendBack: ItemSentBack, Reject: ItemRejected}[d.Verdict]
	if d.Verdict == Approve {
		if v.Evidence, err = mergedEvidence(v, d); err != nil {
			return false, err
		}
		v.Ticked = strings.Join(d.Ticked, " ")
		if v.SecondWhy != "" && v.State == string(Waiting) {
			v.State, v.FirstBy, v.FirstAt = string(WaitingSecond), who.Person, &now
			if err := w.tx.SaveVerification(v); err != nil {
				return false, err
			}
			return false, w.tx.Audit(decided(who, v, "first approval", d))
		}
		if moved, err = s.carry(w, v, who); err != nil || moved {
			return moved, err
		}
	} else if err := s.refuse(w, v, d); err != nil {
		return false, err
	}
	v.State, v.Reason, v.DecidedBy, v.DecidedAt = string(act), strings.TrimSpace(d.Reason), who.Person, &now
	if err := w.tx.SaveVerification(v); err != nil {
		return false, err
	}
	return false, w.tx.Audit(decided(who, v, string(d.Verdict), d))
}

// carry makes an approved item public.
func (s *Service) carry(w *work, v *models.Verification, who auth.Actor) (moved bool, err error) {
	why := &ruling{v: v}
	if err := unpacked(v.Evidence, &why.evidence); err != nil {
		return false, err
	}
	var diffs []Diff
	if err := unpacked(v.Fields, &diffs); err != nil {
		return false, err
	}
	switch Kind(v.Kind) {
	case KindRegister:
		return s.carryFinding(w, v, diffs, why)
	case KindRecheck:
		return false, s.carryRecheck(w, v, why)
	}
	u := unit{name: v.Unit, at: diffs[0].Path, fresh: v.Fresh}
	if w.refresh(diffs) {
		if v.Fields, err = packed(diffs); err == nil {
			err = w.tx.SaveVerification(v)
		}
		return true, err
	}
	if problems := s.stillRight(w, u, diffs); !problems.OK() {
		return false, fault.Say(fault.Conflict, "verification", "This cannot go live as it is: "+problems[0].Say+". Send it back")
	}
	if err := s.apply(w, u, diffs, why); err != nil {
		return false, err
	}
	return false, w.settle(diffs)
}

// refresh brings the old values of an item up to what is public, and reports whether one had moved.
func (w *work) refresh(diffs []Diff) (moved bool) {
	for i, d := range diffs {
		if live := w.live[d.Path]; live != d.Old {
			diffs[i].Old, moved = live, true
		}
	}
	return moved
}

// stillRight judges what would be public: a date may have passed, or another field have changed, since it was sent.
func (s *Service) stillRight(w *work, u unit, diffs []Diff) (l check.List) {
	section := u.at.Section()
	entry := w.public(u.name)
	var changed []string
	for _, d := range diffs {
		entry[d.Path.Field()] = d.New
		changed = append(changed, d.Path.Field())
	}
	if entry[Removed] == "yes" {
		return nil
	}
	problems, _ := s.entryProblems(u.at, entry, w.k)
	for _, p := range problems {
		if u.fresh || touches(changed, p.field) && (section != "package" || standardForm(entry) || entry[p.field] != "") {
			l.Add(p.field, "%s", p.say)
		}
	}
	return l
}

// refuse gives the hospital its change back with the reason, or marks what a register or a second look did not show.
func (s *Service) refuse(w *work, v *models.Verification, d Decision) error {
	switch Kind(v.Kind) {
	case KindRegister:
		return nil
	case KindRecheck:
		return s.refuseRecheck(w, v, d)
	}
	state := SentBack
	if d.Verdict == Reject {
		state = Rejected
	}
	var rows []models.ListingDraft
	for path, row := range w.drafts {
		if path.Unit() == v.Unit && row.VerificationID != nil && *row.VerificationID == v.ID {
			row.State, row.Reason = string(state), strings.TrimSpace(d.Reason)
			rows = append(rows, row)
		}
	}
	if err := w.tx.PutDrafts(rows); err != nil || s.Tell == nil {
		return err
	}
	_, err := s.Tell(w.tx, w.b.ID, Letter{Template: LetterSentBack})
	return err
}

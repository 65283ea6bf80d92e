package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"carecorridor/auth"
	"carecorridor/content"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/models"

	"github.com/google/uuid"
)

// Limits of a review.
const (
	maxRole   = 100
	maxNote   = 500
	mostYears = 3 // until the next review
)

// Text is a text of the guide or of the models of care with its review as the public sees it.
type Text struct {
	Page     string // "guide/choosing", "models/jaipur-foot"
	Title    string
	Author   string // role, of the file
	Clinical string // role of the clinician whose review counts, "" none
	Reviewed when.Date
	Next     when.Date
	Overdue  bool
	Changed  bool // the text is newer than the last review that was published for it
	Waiting  *models.ContentReview
	History  []models.ContentReview // newest first
	hash     string
}

// fingerprint names the words of a text. A review counts for the words that were reviewed and no others.
func fingerprint(p content.Page, more ...content.HTML) string {
	sum := sha256.New()
	for _, part := range append([]string{p.Title, p.Summary, p.Text}, htmls(more)...) {
		sum.Write([]byte(part))
		sum.Write([]byte{0})
	}
	return hex.EncodeToString(sum.Sum(nil))
}

func htmls(all []content.HTML) []string {
	var out []string
	for _, h := range all {
		out = append(out, string(h))
	}
	return out
}

func fingerprintArticle(a content.Article) string {
	return fingerprint(a.Page, slices.Concat([]content.HTML{a.Problem, a.What, a.Cost, a.Staff, a.Carbon}, a.Results, a.Transfer)...)
}

// GuidePage and ModelPage name texts as reviews do.
func GuidePage(slug string) string { return "guide/" + slug }

// ModelPage names a model of care.
func ModelPage(slug string) string { return "models/" + slug }

// Reviews are what counts for the public: by text and the words reviewed, the newest review.
type Reviews map[string]models.ContentReview

// Reviews reads them. It is for public pages, so nobody is asked.
func (s *Service) Reviews(ctx context.Context) (Reviews, error) {
	rows, err := s.Store.PublishedReviews(ctx)
	out := Reviews{}
	for _, r := range rows { // newest first
		if _, newer := out[r.Page+" "+r.TextHash]; !newer {
			out[r.Page+" "+r.TextHash] = r
		}
	}
	return out, err
}

// Guide is a text of the guide with the review that counts: the file's own dates, or a newer review of these very words.
func (r Reviews) Guide(p content.Page) content.Page {
	return r.on(GuidePage(p.Slug), fingerprint(p), p)
}

// Model is Guide for a model of care.
func (r Reviews) Model(a content.Article) content.Article {
	a.Page = r.on(ModelPage(a.Slug), fingerprintArticle(a), a.Page)
	return a
}

func (r Reviews) on(name, hash string, p content.Page) content.Page {
	v, ok := r[name+" "+hash]
	if !ok || v.ReviewedOn.Before(p.ReviewedOn) {
		return p
	}
	p.ReviewedOn, p.NextReview = v.ReviewedOn, v.NextReview
	if v.Clinical {
		p.ClinicalReview = v.Role
	}
	p.History = append([]content.Change{{On: v.ReviewedOn, What: "Reviewed by: " + v.Role + "."}}, p.History...)
	return p
}

// ReviewTexts lists every text, the one to be reviewed first at the top. ContentReview.
func (s *Service) ReviewTexts(ctx context.Context, who auth.Actor) ([]Text, error) {
	if err := auth.May(who, auth.ContentReview, ""); err != nil {
		return nil, err
	}
	rows, err := s.Store.ContentReviews(ctx)
	if err != nil {
		return nil, err
	}
	published, err := s.Reviews(ctx)
	if err != nil {
		return nil, err
	}
	var out []Text
	add := func(name, hash string, p content.Page) {
		shown := published.on(name, hash, p)
		t := Text{Page: name, Title: p.Title, Author: p.AuthorRole, Clinical: shown.ClinicalReview, Reviewed: shown.ReviewedOn, Next: shown.NextReview, hash: hash,
			Overdue: shown.NextReview.Before(s.today())}
		for i := range rows {
			if rows[i].Page != name {
				continue
			}
			t.History = append(t.History, rows[i])
			if rows[i].State == "proposed" {
				t.Waiting = &rows[i]
			}
			t.Changed = t.Changed || rows[i].State == "published" && rows[i].TextHash != hash
		}
		_, now := published[name+" "+hash]
		t.Changed = t.Changed && !now
		out = append(out, t)
	}
	for _, c := range s.Texts.Chapters() {
		add(GuidePage(c.Slug), fingerprint(c.Page), c.Page)
	}
	list := s.Texts.Checklist()
	add(GuidePage(list.Slug), fingerprint(list.Page), list.Page)
	for _, a := range s.Texts.Models(content.Filter{}) {
		add(ModelPage(a.Slug), fingerprintArticle(a), a.Page)
	}
	slices.SortStableFunc(out, func(a, b Text) int { return a.Next.Time().Compare(b.Next.Time()) })
	return out, nil
}

// ReviewText is one of them. Unknown is fault.Missing.
func (s *Service) ReviewText(ctx context.Context, who auth.Actor, page string) (Text, error) {
	all, err := s.ReviewTexts(ctx, who)
	if err != nil {
		return Text{}, err
	}
	i := slices.IndexFunc(all, func(t Text) bool { return t.Page == page })
	if i < 0 {
		return Text{}, fault.New(fault.Missing, "text", nil)
	}
	return all[i], nil
}

// Words names the words of a text: a form carries it, so that a review is never of words that nobody saw.
func (t Text) Words() string { return t.hash }

// NewReview is what somebody says who looked at a text.
type NewReview struct {
	Page     string
	Words    string // Text.Words as the form was made
	Role     string // of who looked
	Clinical bool
	On, Next when.Date
	Note     string
}

// ProposeReview keeps a review for another person to publish. ContentReview. Fields of the problems: role, on, next, note.
//
// unread are problems found while the form was read.
func (s *Service) ProposeReview(ctx context.Context, who auth.Actor, n NewReview, unread check.List) (check.List, error) {
	t, err := s.ReviewText(ctx, who, n.Page)
	if err != nil {
		return nil, err
	}
	if n.Words != t.hash {
		return nil, fault.Say(fault.Conflict, "review", "The text has changed since you opened the page. Read it again")
	}
	n.Role, n.Note = strings.TrimSpace(n.Role), strings.TrimSpace(check.Lines(n.Note))
	l := slices.Clone(unread)
	l.Need(n.Role != "", "role", "Enter the role of who reviewed it, such as Orthopaedic surgeon")
	l.Line("role", "The role", n.Role, maxRole)
	switch {
	case unread.On("on") != "":
	case !n.On.Known():
		l.Add("on", "Enter the day on which it was reviewed")
	case s.today().Before(n.On):
		l.Add("on", "The day of the review has not come yet")
	case n.On.Before(t.Reviewed):
		l.Add("on", "It was reviewed after that day already, on %s", t.Reviewed.Long())
	}
	switch {
	case unread.On("next") != "":
	case !n.Next.Known():
		l.Add("next", "Enter the day of the next review")
	case !n.On.Before(n.Next) || n.Next.Before(s.today()):
		l.Add("next", "The next review must be after today")
	case n.On.AddDays(366 * mostYears).Before(n.Next):
		l.Add("next", "The next review must be within %d years", mostYears)
	}
	l.Text("note", "The note", n.Note, maxNote)
	if !l.OK() {
		return l, nil
	}
	r := &models.ContentReview{ID: uuid.Must(uuid.NewV7()).String(), Page: n.Page, TextHash: n.Words, Role: n.Role, Clinical: n.Clinical, ReviewedOn: n.On, NextReview: n.Next, Note: n.Note, ByPerson: who.Person}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		if err := tx.AddContentReview(r); err != nil {
			return err
		}
		return tx.Audit(audited(who, string(auth.ContentReview), "text", n.Page, "", map[string]string{"what": "propose", "next": n.Next.String()}))
	})
	if fault.Is(err, fault.Conflict) {
		err = fault.Say(fault.Conflict, "review", "A review of this text waits to be published already")
	}
	return nil, err
}

// DecideReview publishes a review, or refuses it with a reason. Nobody publishes their own: fault.Forbidden.
// ContentReview. Field of the problems: reason.
func (s *Service) DecideReview(ctx context.Context, who auth.Actor, id string, version int64, publish bool, reason string) (check.List, error) {
	if err := auth.May(who, auth.ContentReview, ""); err != nil {
		return nil, err
	}
	reason = strings.TrimSpace(check.Lines(reason))
	var l check.List
	l.Need(publish || reason != "", "reason", "Say why it is not published")
	l.Text("reason", "The reason", reason, maxNote)
	if !l.OK() {
		return l, nil
	}
	return nil, s.Store.Write(ctx, func(tx *models.Tx) error {
		r, err := tx.ContentReviewForUpdate(id)
		if err != nil {
			return err
		}
		if r.State != "proposed" || r.Version != version {
			return fault.Say(fault.Conflict, "review", "Somebody decided about this review meanwhile")
		}
		what := "refuse"
		r.State, r.DecidedBy, r.Reason = "refused", who.Person, reason
		if publish {
			if r.ByPerson == who.Person {
				return fault.Say(fault.Forbidden, "review", "You recorded this review. Another person must publish it")
			}
			what, r.State, r.Reason = "publish", "published", ""
		}
		if err := tx.DecideContentReview(r); err != nil {
			return err
		}
		return tx.Audit(audited(who, string(auth.ContentReview), "text", r.Page, reason, map[string]string{"what": what}))
	})
}

package content

import (
	"strings"
	"testing"
	"time"

	"carecorridor/internal/when"
)

func library(t *testing.T) Library {
	t.Helper()
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestTheTextsThatAreBuiltInKeepEveryRule(t *testing.T) {
	t.Parallel()
	l := library(t)
	if n := len(l.Chapters()); n != 8 {
		t.Errorf("%d chapters, want 8", n)
	}
	if n := len(l.Models(Filter{})); n < 8 {
		t.Errorf("%d articles, want at least 8", n)
	}
	if l.Checklist().Title == "" {
		t.Error("no checklist")
	}
}

// A text that nobody has read over in time must not be served: this test fails on the day it falls due.
func TestNoTextIsOverdueForReview(t *testing.T) {
	t.Parallel()
	for _, p := range library(t).Overdue(when.DateOf(when.System())) {
		t.Errorf("%s: review was due on %s", p.Slug, p.NextReview)
	}
}

func TestAnOverdueTextIsFoundByTheGivenDay(t *testing.T) {
	t.Parallel()
	l := library(t)
	first := l.Pages()[0]
	if late := l.Overdue(first.NextReview); len(late) != 0 && late[0].Slug == first.Slug {
		t.Error("a text is overdue on the day its review is due")
	}
	late := l.Overdue(first.NextReview.AddDays(1))
	if !has(late, first.Slug) {
		t.Errorf("%s: not overdue the day after", first.Slug)
	}
	if all := l.Overdue(when.Date{Year: 2100, Month: time.January, Day: 1}); len(all) != len(l.Pages()) {
		t.Errorf("%d of %d texts overdue in 2100", len(all), len(l.Pages()))
	}
}

func has(pages []Page, slug string) bool {
	for _, p := range pages {
		if p.Slug == slug {
			return true
		}
	}
	return false
}

func TestEveryChapterSaysWhatToDoAndWhatNot(t *testing.T) {
	t.Parallel()
	for _, c := range library(t).Chapters() {
		if c.Slug == "choosing" {
			continue
		}
		if !strings.Contains(string(c.Body), "cc-care--999") && c.Slug != "money" {
			t.Errorf("%s: no care card", c.Slug)
		}
		if !strings.Contains(string(c.Body), "cc-todo--do\"") || !strings.Contains(string(c.Body), "cc-todo--dont") {
			t.Errorf("%s: no list of do or do not", c.Slug)
		}
	}
}

func TestEveryFactOfAVisaHasTheDayItWasRead(t *testing.T) {
	t.Parallel()
	c, ok := library(t).Chapter("visa-flights-and-flying")
	if !ok {
		t.Fatal("no such chapter")
	}
	if c.ReviewedOn.DaysUntil(c.NextReview) > 90 {
		t.Error("visa facts are read over every 90 days")
	}
	if len(c.Sources) == 0 {
		t.Error("no facts of a visa")
	}
	for _, s := range c.Sources {
		if !s.Accessed.Known() && !strings.Contains(s.Note, "have not") {
			t.Errorf("%s: neither a day of reading nor a word that there is none", s.Title)
		}
	}
}

func TestEveryArticleFillsItsSummaryBox(t *testing.T) {
	t.Parallel()
	for _, a := range library(t).Models(Filter{}) {
		if a.Problem == "" || a.What == "" || a.Cost == "" || a.Staff == "" || a.Carbon == "" || len(a.Transfer) < 2 || len(a.Results) < 2 {
			t.Errorf("%s: summary box has a gap", a.Slug)
		}
		if len(a.Sources) < 2 {
			t.Errorf("%s: %d source", a.Slug, len(a.Sources))
		}
		if !strings.Contains(string(a.Body), "What we do not know") {
			t.Errorf("%s: does not say what is not known", a.Slug)
		}
	}
}

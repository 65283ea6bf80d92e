package content

import (
	"strings"
	"testing"
	"testing/fstest"
)

const goodHead = `---
number: 1
slug: one
title: One
summary: A sentence.
author_role: Health writer
reviewed_on: 2026-11-22
next_review: 2027-05-22
sources:
  - id: s1
    title: A paper
    publisher: A journal
    url: https://example.org/a
    accessed: 2026-11-22
history:
  - on: 2026-11-22
    what: First version.
---

`

const goodBody = "## Part\n\nOf 12 people 3 came [s1].\n"

func readText(file string) (Chapter, error) {
	return readChapter(fstest.MapFS{"guide/one.md": {Data: []byte(file)}}, "guide/one.md")
}

func TestAGoodTextIsRendered(t *testing.T) {
	t.Parallel()
	c, err := readText(goodHead + goodBody)
	if err != nil {
		t.Fatal(err)
	}
	want := `<h2 id="p-part">Part</h2>
<p>Of 12 people 3 came<sup class="cc-ref"><a href="#source-s1"><span class="cc-vh">Source </span>1</a></sup>.</p>`
	if string(c.Body) != want {
		t.Errorf("got  %s\nwant %s", c.Body, want)
	}
	if len(c.Contents) != 1 || c.Contents[0] != (Heading{ID: "p-part", Text: "Part"}) {
		t.Errorf("contents: %v", c.Contents)
	}
}

func TestATextThatBreaksARuleIsRefused(t *testing.T) {
	t.Parallel()
	for say, body := range map[string]string{
		"has a figure and no [s1]":  "## P\n\nAll good [s1].\n\nOf 12 people 3 came.\n",
		"line 24":                   "## P\n\nAll good [s1].\n\nOf 12 people 3 came.\n",
		"no such source":            goodBody + "\nMore [s2].\n",
		"no sentence refers to it":  "## P\n\nWords.\n",
		"raw HTML":                  goodBody + "\n<b>x</b>\n",
		"heading \"In 3 days\"":     goodBody + "\n## In 3 days\n",
		"want level 2":              "# P\n\nWords [s1].\n",
		"link \"http://a.org/\"":    goodBody + "\n[a](http://a.org/)\n",
		"link \"javascript:x\"":     goodBody + "\n[a](javascript:x)\n",
		"link \"https://host\"":     goodBody + "\n[a](https://host)\n",
		"no such kind":              goodBody + "\n> [!maybe] Perhaps\n>\n> words\n",
		"quote: want":               goodBody + "\n> said she\n",
		"Image: not used":           goodBody + "\n![a](/a.png)\n",
		"heading of level 2 before": "> [!do] Do\n>\n> - words\n\n## P\n\nWords [s1].\n",
	} {
		_, err := readText(goodHead + body)
		if err == nil || !strings.Contains(err.Error(), say) {
			t.Errorf("%q: want %q, got %v", body, say, err)
		}
	}
}

func TestAHeadThatBreaksARuleIsRefused(t *testing.T) {
	t.Parallel()
	for say, change := range map[string][2]string{
		"front matter: want \"---\"":   {"---\nnumber", "number"},
		"field colour not found":       {"title: One", "title: One\ncolour: red"},
		"title: missing":               {"title: One", "title: \"\""},
		"want the name of the file":    {"slug: one", "slug: two"},
		"next_review: want a day":      {"2027-05-22", "2026-11-22"},
		"at most 190 days":             {"2027-05-22", "2028-05-22"},
		"want YYYY-MM-DD":              {"reviewed_on: 2026-11-22", "reviewed_on: soon"},
		"want https or http":           {"https://example.org/a", "example.org/a"},
		"want id s1":                   {"id: s1", "id: s7"},
		"history: missing":             {"history:\n  - on: 2026-11-22\n    what: First version.\n", ""},
		"summary: has a figure":        {"A sentence.", "In 3 days."},
		"have not read ourselves":      {"    accessed: 2026-11-22\n", ""},
		"title or publisher missing":   {"publisher: A journal", "publisher: \"\""},
		"belongs to models of care":    {"history:", "model:\n  topic: Devices\nhistory:"},
		"source s1: accessed: date \"": {"accessed: 2026-11-22", "accessed: yesterday"},
	} {
		_, err := readText(strings.Replace(goodHead, change[0], change[1], 1) + goodBody)
		if err == nil || !strings.Contains(err.Error(), say) {
			t.Errorf("%v: want %q, got %v", change, say, err)
		}
	}
}

func TestEmergencyNumbersNeedNoSource(t *testing.T) {
	t.Parallel()
	if _, err := readText(goodHead + goodBody + "\n> [!999] Call 999 now if\n>\n> - you bleed\n"); err != nil {
		t.Error(err)
	}
	if hasFigure("Call 999 or 111.") || !hasFigure("1110 of 9990") {
		t.Error("999 and 111 alone are exempt")
	}
}

func TestALinkToAPageThatIsNotThereIsRefused(t *testing.T) {
	t.Parallel()
	one := strings.Replace(goodHead, "number: 1", "number: 2", 1) + goodBody + "\n[a](/guide/nowhere)\n"
	_, err := load(fstest.MapFS{"guide/one.md": {Data: []byte(one)}})
	for _, say := range []string{"link to /guide/nowhere", "number 2, want 1", "checklist: missing"} {
		if err == nil || !strings.Contains(err.Error(), say) {
			t.Errorf("want %q, got %v", say, err)
		}
	}
}

func TestMarkupIsHarmlessEvenIfARuleIsMissed(t *testing.T) {
	t.Parallel()
	got := policy.Sanitize(`<p onclick="x" style="a" class="cc-ref evil" id="Main">a<script>b</script><a href="javascript:c">d</a><img src=x></p>`)
	for _, bad := range []string{"onclick", "style", "script", "javascript", "<img", "Main"} {
		if strings.Contains(got, bad) {
			t.Errorf("%s in %s", bad, got)
		}
	}
}

func TestALinkToAnotherSiteNamesIt(t *testing.T) {
	t.Parallel()
	c, err := readText(goodHead + goodBody + "\nSee [the list](https://www.nhs.uk/list) and [ours](/guide/one).\n")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(c.Body), `>the list (nhs.uk)</a>`) || !strings.Contains(string(c.Body), `>ours</a>`) {
		t.Error(c.Body)
	}
}

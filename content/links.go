package content

import (
	"regexp"
	"strings"
)

// Addresses of our own pages, as in views/link, which a test compares.
const (
	guidePath  = "/guide"
	modelsPath = "/models-of-care"
)

// pages of ours outside the texts that a text may name.
var pages = []string{"/", "/hospitals", "/treatments", "/hubs", "/about/how-we-check", "/about/ordering", "/about/data", "/help", guidePath, modelsPath}

func (l Library) addresses() map[string]bool {
	known := map[string]bool{guidePath + "/" + checklistSlug: true}
	for _, p := range pages {
		known[p] = true
	}
	for _, c := range l.chapters {
		known[guidePath+"/"+c.Slug] = true
	}
	for _, a := range l.articles {
		known[modelsPath+"/"+a.Slug] = true
	}
	return known
}

var href = regexp.MustCompile(`href="(/[^"]*)"`)

// localLinks are the addresses of ours that rendered markup names, without their fragments.
func localLinks(h HTML) (out []string) {
	for _, m := range href.FindAllStringSubmatch(string(h), -1) {
		path, _, _ := strings.Cut(m[1], "#")
		out = append(out, path)
	}
	return out
}

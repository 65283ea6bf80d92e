// Package content is what we write ourselves: the travel and safety guide, its checklist, and the models
// of care. Texts are Markdown files with front matter, read once, checked against our own rules (a number
// has a source, a source is used, a link is well formed, no raw HTML) and rendered to safe HTML.
// It is not for facts about hospitals, which live in the catalogue, and it knows no HTTP.
package content

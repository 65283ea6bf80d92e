package content

import (
	"fmt"
	"strings"
)

const siteName = "Care Corridor"

// RIS is the reference of an article for reference managers (lines end in CRLF, as the format wants).
func RIS(a Article, origin string) string {
	d := a.ReviewedOn
	lines := []string{
		"TY  - WEB", "TI  - " + a.Title, "AU  - " + siteName, "PB  - " + siteName,
		fmt.Sprintf("PY  - %04d", d.Year), fmt.Sprintf("DA  - %04d/%02d/%02d", d.Year, d.Month, d.Day),
		"AB  - " + a.Summary, "KW  - " + a.Topic, "KW  - " + a.Specialty, "KW  - " + a.Country,
		"LA  - en-GB", "UR  - " + address(a, origin), "ER  - ",
	}
	return strings.Join(lines, "\r\n") + "\r\n"
}

// BibTeX is the reference of an article for LaTeX.
func BibTeX(a Article, origin string) string {
	return fmt.Sprintf("@misc{carecorridor-%s,\n  author = {{%s}},\n  title = {%s},\n  year = {%04d},\n  month = {%d},\n  howpublished = {Web page},\n  url = {%s},\n  note = {Reviewed %s}\n}\n",
		a.Slug, siteName, escapeTeX.Replace(a.Title), a.ReviewedOn.Year, a.ReviewedOn.Month, address(a, origin), a.ReviewedOn.Long())
}

func address(a Article, origin string) string { return origin + modelsPath + "/" + a.Slug }

var escapeTeX = strings.NewReplacer(`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `&`, `\&`, `%`, `\%`, `$`, `\$`, `#`, `\#`, `_`, `\_`, `£`, `\pounds{}`)

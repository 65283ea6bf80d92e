package feedback

import (
	"regexp"
	"strings"
)

// Flag points a moderator to words of a text. It never decides anything.
type Flag struct {
	Why   string   // plain words
	Words []string // as they stand in the text, each once
}

// signs are what a moderator should look at twice. English only: a moderator reads every text whole, in any language.
var signs = []struct {
	why   string
	words *regexp.Regexp
}{
	{"may claim a clinical result", regexp.MustCompile(`(?i)\b(cured?|cures|healed|heals|recover(?:ed|y)|pain[- ]free|no (?:more )?pain|as good as new|new lease of life|` +
		`sav(?:ed|ing) (?:my|his|her|their|our) (?:life|lives|sight|leg|arm|heart)|success(?:ful(?:ly)?)?|fail(?:ed|ure)|outcomes?|results?|complications?|infect(?:ed|ion)s?|sepsis|` +
		`died|death|paraly[sz]ed|botched|walk(?:ing)? again|see again|worked perfectly|life[- ]changing)\b`)},
	{"may name a person", regexp.MustCompile(`\b(?:(?i:dr|doctor|prof|professor|mr|mrs|ms|miss|sister|nurse|surgeon))\.? +\p{Lu}[\p{L}'’-]+`)},
	{"may hold contact details", regexp.MustCompile(`(?i)[\p{L}\d._%+-]+@[\p{L}\d.-]+\.\p{L}{2,}|https?://\S+|\bwww\.\S+|\+?\d[\d ()-]{8,}\d`)},
	{"may accuse of a crime or of negligence", regexp.MustCompile(`(?i)\b(negligen(?:t|ce)|fraud(?:ulent)?|scam(?:med|mers?)?|crim(?:e|inals?)|brib(?:es?|ed|ery)|stole|stolen|assault(?:ed)?|malpractice|murder(?:ed)?)\b`)},
	{"may speak of a reward for feedback", regexp.MustCompile(`(?i)\b(?:discount|refund|voucher|paid|money|gift)\b.{0,40}\b(?:review|feedback|comment)\b`)},
	{"may speak of something that must not be advertised", regexp.MustCompile(`(?i)\b(sex (?:selection|determination)|gender (?:selection|reveal|test)|surrogat(?:e|es|ion|acy|ey)|surrogacy|paid donor|kidney (?:seller|for sale))\b`)},
}

// Flags lists what a moderator should look at twice, in a fixed order.
func Flags(text string) []Flag {
	var out []Flag
	for _, s := range signs {
		var words []string
		seen := map[string]bool{}
		for _, w := range s.words.FindAllString(text, -1) {
			if k := strings.ToLower(w); !seen[k] {
				seen[k] = true
				words = append(words, w)
			}
		}
		if words != nil {
			out = append(out, Flag{s.why, words})
		}
	}
	return out
}

package catalogue

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"carecorridor/internal/money"
	"carecorridor/models"
	"carecorridor/search"
)

func (u *understanding) procedureCalled(asked string) (models.Procedure, bool) {
	res := u.ref.Resolver.Resolve(strings.ReplaceAll(asked, "-", " "))
	if len(res.Procedures) == 0 {
		return models.Procedure{}, false
	}
	return u.ref.procedure[res.Procedures[0]], true
}

func (u *understanding) specialtyCalled(asked string) (models.Specialty, bool) {
	res := u.ref.Resolver.Resolve(strings.ReplaceAll(asked, "-", " "))
	if len(res.Specialties) == 0 {
		return models.Specialty{}, false
	}
	return u.ref.specialty[res.Specialties[0]], true
}

func (u *understanding) citySlug(asked string) (string, bool) {
	if _, ok := u.ref.city[asked]; ok {
		return asked, true
	}
	res := u.ref.Resolver.Resolve(strings.ReplaceAll(asked, "-", " "))
	_, ok := u.ref.city[res.City.Slug]
	return res.City.Slug, ok
}

func (u *understanding) hubSlug(asked string) (string, bool) {
	if _, ok := u.ref.hub[asked]; ok {
		return asked, true
	}
	for _, h := range u.ref.Hubs {
		if strings.EqualFold(h.Name, asked) {
			return h.Slug, true
		}
	}
	res := u.ref.Resolver.Resolve(strings.ReplaceAll(asked, "-", " "))
	_, ok := u.ref.hub[res.Hub.Slug]
	return res.Hub.Slug, ok
}

// bodies are the certificates one may ask for.
var bodies = []string{"JCI", "NABH", "NABL"}

func (u *understanding) choices() {
	for _, asked := range u.asked.Accreditations {
		body := strings.ToUpper(asked)
		if !slices.Contains(bodies, body) {
			u.problem("accreditation", asked, fmt.Sprintf("“%s” is not a certificate we hold. We hold %s.", shorten(asked), strings.Join(bodies, ", ")))
			continue
		}
		if add(&u.q.Accreditations, body) {
			u.part("accreditation", body, body)
		}
	}
	for _, asked := range u.asked.Languages {
		name, ok := u.languageCalled(asked)
		if !ok {
			u.problem("language", asked, fmt.Sprintf("We do not know a language called “%s”.", shorten(asked)))
			continue
		}
		if add(&u.q.Languages, name) {
			u.part("language", name, "Speaks "+titled(name))
		}
	}
	for _, asked := range u.asked.Features {
		label, ok := Features[asked]
		if !ok {
			u.problem("feature", asked, fmt.Sprintf("“%s” is not something we hold about hospitals.", shorten(asked)))
			continue
		}
		if add(&u.q.Features, asked) {
			u.part("feature", asked, label)
		}
	}
	s := &u.q.Search
	s.Accreditations, s.Languages, s.Features = u.q.Accreditations, u.q.Languages, u.q.Features
}

// languageCalled is the name a language is held by: other spellings lead to it.
func (u *understanding) languageCalled(asked string) (name string, ok bool) {
	name = strings.ToLower(asked)
	if meant := u.ref.Resolver.Resolve(name).Languages; len(meant) == 1 {
		return strings.ToLower(meant[0]), true
	}
	return name, languageNames()[name]
}

// languageNames are the English names of the world's languages in small letters (Unicode CLDR): a hospital may speak
// one that the resolver has no other words for.
var languageNames = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, tag := range display.Supported.Tags() {
		base, _ := tag.Base()
		out[strings.ToLower(display.English.Languages().Name(language.Make(base.String())))] = true
	}
	return out
})

func add(list *[]string, value string) bool {
	if slices.Contains(*list, value) {
		return false
	}
	*list = append(*list, value)
	return true
}

func titled(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// price reads the limits: chosen ones win over those in the words.
func (u *understanding) price() {
	u.q.Currency = money.GBP
	if u.money.Known() {
		u.q.Currency = u.money
	}
	if u.asked.Currency != "" {
		c := money.Currency(strings.ToUpper(u.asked.Currency))
		if c.Known() {
			u.q.Currency = c
		} else {
			u.problem("currency", u.asked.Currency, "Use GBP, INR, USD or EUR.")
		}
	}
	u.q.PriceMin = u.limit("price_min", u.asked.PriceMin, u.min)
	u.q.PriceMax = u.limit("price_max", u.asked.PriceMax, u.max)
	if lo, hi := u.q.PriceMin, u.q.PriceMax; lo != nil && hi != nil && *lo > *hi {
		u.q.PriceMin, u.q.PriceMax = hi, lo
		u.problem("price_min", "", "The lowest price was above the highest. We swapped them.")
	}
	if u.q.PriceMin == nil && u.q.PriceMax == nil {
		return
	}
	u.q.Search.Price = search.Range{Min: u.rupees("price_min", u.q.PriceMin, math.Ceil), Max: u.rupees("price_max", u.q.PriceMax, math.Floor)}
	u.part("price", "", u.priceLabel())
}

func (u *understanding) limit(key, typed string, said *int64) *int64 {
	if typed == "" {
		return said
	}
	clean := strings.NewReplacer(",", "", "£", "", "₹", "", "$", "", "€", "", " ", "").Replace(typed)
	n, err := strconv.ParseFloat(clean, 64)
	if err != nil || math.IsNaN(n) || n < 0 || n > maxPrice {
		u.problem(key, typed, "Enter a price in whole numbers, such as 6000.")
		return nil
	}
	whole := int64(n)
	return &whole
}

// maxPrice is far above any treatment in any currency held, and far below what would overflow.
const maxPrice = 1e12

func (u *understanding) rupees(key string, n *int64, round func(float64) float64) *int64 {
	if n == nil {
		return nil
	}
	a, ok := u.ref.Rates.Between(money.Whole(*n, u.q.Currency), money.INR)
	if !ok {
		u.problem(key, strconv.FormatInt(*n, 10), fmt.Sprintf("We hold no exchange rate for %s.", u.q.Currency))
		return nil
	}
	whole := int64(round(float64(a.Minor) / 100))
	return &whole
}

func (u *understanding) priceLabel() string {
	lo, hi := u.q.PriceMin, u.q.PriceMax
	switch {
	case lo != nil && hi != nil:
		return money.Whole(*lo, u.q.Currency).String() + " to " + money.Whole(*hi, u.q.Currency).String()
	case hi != nil:
		return "Up to " + money.Whole(*hi, u.q.Currency).String()
	}
	return "From " + money.Whole(*lo, u.q.Currency).String()
}

var orders = map[string]search.Sort{"": "", "best": search.Best, "price": search.PriceAsc, "nearest": search.Nearest, "name": search.NameAsc}

func (u *understanding) order() {
	order, ok := orders[strings.ToLower(u.asked.Sort)]
	if !ok {
		u.problem("sort", u.asked.Sort, "Use one of the orders offered. We show the usual one.")
	}
	if order == "" {
		order = u.sort
	}
	if order == "" {
		order = search.Best
	}
	if order == search.Nearest && u.q.Search.Near == nil {
		u.problem("sort", string(order), "Name a place to see the nearest hospitals first.")
		order = search.Best
	}
	u.q.Search.Sort = order
}

// shorten keeps what is quoted back to the reader readable.
func shorten(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

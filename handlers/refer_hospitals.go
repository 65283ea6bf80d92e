package handlers

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/catalogue"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/reference"
	"carecorridor/referral"
	"carecorridor/search"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/refer"
	"carecorridor/views/ui"
)

// How many hospitals are offered for a treatment, out of how many that are asked whether they take referrals, and of a
// shortlist.
const (
	mostHere        = 6
	mostAsked       = 30
	mostShortlisted = 20
)

// referHospitals chooses up to five: from the patient's shortlist by its code, by treatment, or by name.
func (h *Handlers) referHospitals(c echo.Context, who auth.Actor) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	return h.showChoose(c, http.StatusOK, who, v, nil)
}

func chosenOf(v referral.View) (slugs []string) {
	for _, one := range v.Hospitals {
		slugs = append(slugs, one.Listed.Slug)
	}
	return slugs
}

func (h *Handlers) showChoose(c echo.Context, status int, who auth.Actor, v referral.View, bad check.List) error {
	f := h.referFrame(c, fmt.Sprintf("Choose up to %d hospitals", referral.MaxHospitals), who, backToTasks(v)...)
	f.Errors = problemsOf(bad)
	if f.Errors != nil {
		f.Failed = true
		for i := range f.Errors.Problems {
			f.Errors.Problems[i].FieldID = map[string]string{"hospitals": "chosen", "code": "code"}[f.Errors.Problems[i].FieldID]
		}
	}
	page := refer.Page{Caption: "Referral " + v.Reference, Lead: []string{"The patient chooses; you help. Each hospital is sent only what the patient agrees to, and none learns of the others. The order is the patient’s."}}
	chosen := refer.Group{ID: "chosen", Title: "Chosen", Parts: []views.Part{refer.Words{Text: "None yet.", Mute: true}}}
	if len(v.Hospitals) > 0 {
		list, err := h.chosenList(c, who, v)
		if err != nil {
			return err
		}
		chosen.Parts = []views.Part{list}
	}
	page.Parts = append(page.Parts, chosen)
	if !mayAmend(v) {
		return h.showRefer(c, status, v, f, page)
	}
	if len(v.Hospitals) > 0 {
		page.Parts = append(page.Parts, refer.Row{Buttons: []ui.Button{{Text: "Continue", Href: link.Referral(v.Reference, pageTravel.slug)}}})
	}
	if len(v.Hospitals) < referral.MaxHospitals {
		more, err := h.offered(c, who, v, bad)
		if err != nil {
			return err
		}
		page.Parts = append(page.Parts, more...)
	} else {
		page.Parts = append(page.Parts, refer.Words{Text: "To choose another hospital, remove one first.", Mute: true})
	}
	return h.showRefer(c, status, v, f, page)
}

// whenChosen says of a hospital's accreditation that it is the one of the day it was chosen: it may have ended since.
func whenChosen(accredited string) string {
	if accredited == "" {
		return ""
	}
	return "When chosen: " + accredited
}

func (h *Handlers) chosenList(c echo.Context, who auth.Actor, v referral.View) (out refer.Hospitals, err error) {
	var ids []int64
	for _, one := range v.Hospitals {
		ids = append(ids, one.Listed.Provider)
	}
	against, err := h.against(c, who, v, ids)
	if err != nil {
		return nil, err
	}
	keep := []ui.Hidden{{Name: "version", Value: strconv.FormatInt(v.Version, 10)}}
	for n, one := range v.Hospitals {
		card := refer.Hospital{Name: one.Listed.Name, Place: one.Listed.City, Href: link.Hospital(one.Listed.Slug), Sample: one.Listed.Sample, Facts: filled(whenChosen(one.Listed.Accredited), one.Listed.Price)}
		card.Warning = cannotSend(one, against[one.Listed.Provider])
		if mayAmend(v) {
			press := func(do, words string) refer.Press {
				return refer.Press{Action: link.Referral(v.Reference, "hospitals"), Keep: keep, Button: ui.Button{Text: words, Hidden: one.Listed.Name, Name: do, Value: one.Listed.Slug}}
			}
			if n > 0 {
				card.Press = append(card.Press, press("up", "Move up"))
			}
			card.Press = append(card.Press, press("remove", "Remove"))
		}
		out = append(out, card)
	}
	return out, nil
}

// against is what would keep the referral from hospitals; nothing is asked once it can no longer be changed.
func (h *Handlers) against(c echo.Context, who auth.Actor, v referral.View, ids []int64) (map[int64][]referral.Ineligible, error) {
	if !mayAmend(v) || len(ids) == 0 {
		return nil, nil
	}
	return h.cfg.Referrals.Against(c.Request().Context(), who, v.ID, ids)
}

// ineligibleWords are the reasons why a hospital cannot be sent a referral yet, as a referrer reads them.
var ineligibleWords = map[referral.Ineligible]string{
	referral.NotAccredited: "no accreditation that we checked lasts until the journey", referral.NoTransfer: "it has not signed our agreement about records", referral.RiskReviewOld: "our yearly review of how records reach it is due",
	referral.NoCheckedDoctor: "we have not checked a clinician of this specialty there", referral.NoEmergencyLine: "it has named no contact for emergencies", referral.NoComplaintDesk: "it has named nobody for complaints",
	referral.PricesOld: "its price list is older than 180 days", referral.SevereCase: "our safety reviewer is looking into something there",
}

// cannotSend says why a chosen hospital would be sent nothing as things are; "" when nothing is known against it.
func cannotSend(one referral.HospitalView, against []referral.Ineligible) string {
	if one.OnHold {
		return "Its accreditation is being checked. It is sent nothing until that is done."
	}
	if words := takesNone(against); words != "" {
		return words + " Choose another hospital as well."
	}
	return ""
}

// takesNone says that a hospital takes no referral as things are, with the first reason; "" when it does.
func takesNone(why []referral.Ineligible) string {
	if len(why) == 0 {
		return ""
	}
	words := "Cannot take referrals yet: " + firstOf(ineligibleWords[why[0]], string(why[0]))
	if more := len(why) - 1; more > 0 {
		words += fmt.Sprintf(", and %d more %s", more, words2(more, "point", "points"))
	}
	return words + "."
}

func filled(words ...string) []string {
	return slices.DeleteFunc(words, func(s string) bool { return s == "" })
}

// offered are the ways to add a hospital.
func (h *Handlers) offered(c echo.Context, who auth.Actor, v referral.View, bad check.List) (parts []views.Part, err error) {
	here, taken := link.Referral(v.Reference, "hospitals"), chosenOf(v)
	code, asked := cleanText(firstOf(c.QueryParam("code"), c.FormValue("code"))), cleanText(c.QueryParam("q"))
	codeForm := refer.Form{Action: here, Search: true, Label: "Open the patient’s shortlist", Buttons: []ui.Button{{Text: "Open the shortlist", Look: ui.Secondary}}, Parts: []views.Part{ui.Field{ID: "code", Name: "code", Label: "Code of the patient’s shortlist", Hint: "For example, CC-7K3M-9Q.", Value: code, Width: "10", Autocomplete: "off", Error: bad.On("code")}}}
	group := refer.Group{ID: "shortlist", Title: "From the patient’s shortlist", Parts: []views.Part{codeForm}}
	if code != "" {
		cards, say, err := h.sharedCards(c, code)
		if err != nil {
			return nil, err
		}
		if say != "" {
			group.Parts = append(group.Parts, refer.Words{Strong: say})
		}
		list, err := h.cardList(c, who, v, cards, taken, mostShortlisted, code)
		if err != nil {
			return nil, err
		}
		group.Parts = append(group.Parts, list...)
	}
	parts = append(parts, group)
	if v.Clinical != nil && v.Clinical.Treatment != "" {
		if t, ok := h.cat.Reference().Procedure(v.Clinical.Treatment); ok {
			cards, err := h.cardsWith(c, t.Slug)
			if err != nil {
				return nil, err
			}
			list, err := h.cardList(c, who, v, cards, taken, mostHere, "")
			if err != nil {
				return nil, err
			}
			parts = append(parts, refer.Group{ID: "treatment", Title: t.Name, Note: "Hospitals that offer it and hold a running accreditation; those that can take a referral now come first.", Parts: append(list, refer.Words{Link: ui.Link{Text: "See all of them in the search", Href: link.HospitalsPath + "?" + url.Values{"treatment": {t.Slug}}.Encode()}})})
		}
	}
	search := refer.Group{ID: "name", Title: "By name", Parts: []views.Part{refer.Form{Action: here, Search: true, Label: "Find a hospital by name", Buttons: []ui.Button{{Text: "Search", Look: ui.Secondary, Icon: "search"}},
		Parts: []views.Part{ui.Field{ID: "q", Name: "q", Label: "Name or city of the hospital", Type: "search", Value: asked}}}}}
	if asked != "" {
		found, err := h.hospitalsCalled(c, asked, taken)
		if err != nil {
			return nil, err
		}
		var list refer.Hospitals
		for _, one := range found {
			card := refer.Hospital{Name: one.Name, Place: one.Place, Href: one.URL, Sample: one.Sample, Press: []refer.Press{addPress(v, one.Slug, one.Name, "")}}
			if p, err := h.cat.Profile(c.Request().Context(), one.Slug); err == nil {
				against, err := h.against(c, who, v, []int64{p.ID})
				if err != nil {
					return nil, err
				}
				card.Warning = takesNone(against[p.ID])
			}
			list = append(list, card)
		}
		if len(list) == 0 {
			search.Parts = append(search.Parts, refer.Words{Text: "No listed hospital has this name. Check the spelling, or search by treatment.", Link: ui.Link{Text: "Search hospitals", Href: link.HospitalsPath}})
		} else {
			search.Parts = append(search.Parts, list)
		}
	}
	return append(parts, search), nil
}

// sharedCards are the hospitals of a shared shortlist, or why there are none.
func (h *Handlers) sharedCards(c echo.Context, typed string) ([]catalogue.Card, string, error) {
	code, ok := reference.Parse(typed)
	if !ok {
		return nil, "Enter the code as it was given to you, for example CC-7K3M-9Q.", nil
	}
	list, err := h.cat.SharedList(c.Request().Context(), code)
	if fault.Is(err, fault.Missing) {
		return nil, "This code does not open a shortlist. Codes end after 28 days.", nil
	}
	if err != nil {
		return nil, "", err
	}
	cards, err := h.cat.Cards(c.Request().Context(), list.IDs, "")
	return cards, "", err
}

// cardsWith are hospitals for a treatment, as the search orders them.
func (h *Handlers) cardsWith(c echo.Context, treatment string) ([]catalogue.Card, error) {
	page, err := h.index.Search(c.Request().Context(), search.Query{Procedures: []string{treatment}, IncludeSamples: h.cfg.Demo, PerPage: mostAsked})
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, hit := range page.Hits {
		if id, err := strconv.ParseInt(hit.ID, 10, 64); err == nil {
			ids = append(ids, id)
		}
	}
	return h.cat.Cards(c.Request().Context(), ids, treatment)
}

func (h *Handlers) cardList(c echo.Context, who auth.Actor, v referral.View, cards []catalogue.Card, taken []string, most int, code string) ([]views.Part, error) {
	var ids []int64
	for _, card := range cards {
		ids = append(ids, card.ID)
	}
	against, err := h.against(c, who, v, ids)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(cards, func(a, b catalogue.Card) int {
		return cmp.Compare(min(len(against[a.ID]), 1), min(len(against[b.ID]), 1))
	})
	var list refer.Hospitals
	for _, card := range cards {
		if slices.Contains(taken, card.Slug) || len(list) >= most {
			continue
		}
		one := refer.Hospital{Name: card.Name, Place: strings.Join(filled(card.City, card.StateName), ", "), Href: link.Hospital(card.Slug), Sample: card.Sample, Press: []refer.Press{addPress(v, card.Slug, card.Name, code)}}
		one.Warning = takesNone(against[card.ID])
		if one.Warning == "" {
			one.Facts = append(one.Facts, "Takes referrals")
		}
		if !card.Confirmed() {
			one.Facts = append(one.Facts, "Renewal of its accreditation is not confirmed")
		}
		if card.Price != nil {
			one.Facts = append(one.Facts, "Package price "+card.Price.GBP.String())
		}
		list = append(list, one)
	}
	if len(list) == 0 {
		return nil, nil
	}
	return []views.Part{list}, nil
}

// addPress adds a hospital; code keeps the shortlist it came from open.
func addPress(v referral.View, slug, name, code string) refer.Press {
	keep := []ui.Hidden{{Name: "version", Value: strconv.FormatInt(v.Version, 10)}}
	if code != "" {
		keep = append(keep, ui.Hidden{Name: "code", Value: code})
	}
	return refer.Press{Action: link.Referral(v.Reference, "hospitals"), Keep: keep, Button: ui.Button{Text: "Add", Hidden: name, Name: "add", Value: slug}}
}

// referHospitalsSave adds, removes or moves one. Done twice it changes nothing.
func (h *Handlers) referHospitalsSave(c echo.Context, who auth.Actor) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	before := chosenOf(v)
	slugs := slices.Clone(before)
	if add := c.FormValue("add"); add != "" && !slices.Contains(slugs, add) {
		slugs = append(slugs, add)
	}
	if at := slices.Index(slugs, c.FormValue("remove")); at >= 0 {
		slugs = slices.Delete(slugs, at, at+1)
	}
	if at := slices.Index(slugs, c.FormValue("up")); at > 0 {
		slugs[at-1], slugs[at] = slugs[at], slugs[at-1]
	}
	back := link.Referral(v.Reference, "hospitals")
	if code := c.FormValue("code"); code != "" {
		back += "?" + url.Values{"code": {code}}.Encode()
	}
	if slices.Equal(before, slugs) {
		return c.Redirect(http.StatusSeeOther, back)
	}
	if len(slugs) == 0 {
		return h.showChoose(c, http.StatusUnprocessableEntity, who, v, check.List{{Field: "hospitals", Say: "Add another hospital before you remove the last one"}})
	}
	saved, err := h.cfg.Referrals.Choose(c.Request().Context(), who, v.ID, v.Version, slugs)
	if err != nil {
		return err
	}
	if !saved.OK() {
		return h.showChoose(c, http.StatusUnprocessableEntity, who, v, saved.Problems)
	}
	return c.Redirect(http.StatusSeeOther, back+"#chosen")
}

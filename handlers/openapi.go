package handlers

import (
	_ "embed"
	"encoding/json"
	"net/http"

	"github.com/labstack/echo/v4"

	"carecorridor/catalogue"
	"carecorridor/views"
	"carecorridor/views/link"
)

// contract is the description of the read API; a test holds the handlers to it.
//
//go:embed openapi.json
var contract []byte

func (h *Handlers) openAPI(echo.Context) (*answer, error) {
	return &answer{status: http.StatusOK, contentType: jsonType, control: publicData, body: contract}, nil
}

// sampleQuestion is the one shown, answered from the present catalogue, on the page about the API.
var sampleQuestion = link.Query{Q: "knee replacement near chennai", PerPage: 1}

func (h *Handlers) apiDocs(c echo.Context) (*answer, error) {
	v := views.APIDocs{Base: h.cfg.Origin + "/api/v1", OpenAPI: views.Anchor{Text: "OpenAPI description", URL: link.OpenAPI},
		Licence: "Facts keep the licence of their source, which is named beside each. Our own words and computed figures may be reused with a link to this site.",
		Data:    views.Anchor{Text: "Where our data comes from", URL: link.Data},
		Calls: []views.APICall{
			{Method: "GET", Path: "/api/v1/search", Does: "Find hospitals", Try: views.Anchor{Text: "Try a search", URL: link.APISearchOf(sampleQuestion)}},
			{Method: "GET", Path: "/api/v1/hospitals/{slug}", Does: "One hospital with its certificates, facts, prices and sources"},
			{Method: "GET", Path: "/api/v1/treatments/{slug}", Does: "One treatment with the figures behind its ranges", Try: views.Anchor{Text: "Try knee replacement", URL: link.APITreatment("total-knee-replacement")}},
		},
		Keys: searchKeys()}
	q := h.cat.Reference().Understand(catalogue.Asked{Q: sampleQuestion.Q})
	sample, err := json.MarshalIndent(presentAPISearch(&finding{question: q, perPage: 1, today: h.cat.Today()}).Slots, "", "  ")
	if err != nil {
		return nil, err
	}
	v.Sample = string(sample)
	f := h.frame("Open data and API", link.API, "")
	f.Description = "Read every hospital, certificate, price and wait we show with a program. No key is needed."
	f.Breadcrumb = crumbs()
	return html(c, http.StatusOK, views.APIDocsPage(f, v))
}

// searchKeys reads the keys of a search from the contract, so that page and contract cannot differ.
func searchKeys() []views.OrderPoint {
	var doc struct {
		Paths map[string]struct {
			Get struct {
				Parameters []struct{ Name, Description string }
			}
		}
	}
	if json.Unmarshal(contract, &doc) != nil {
		return nil
	}
	var out []views.OrderPoint
	for _, p := range doc.Paths[link.APISearch].Get.Parameters {
		out = append(out, views.OrderPoint{Name: p.Name, Means: p.Description})
	}
	return out
}

package seed

import "carecorridor/models"

// Bundle is a whole seed as rows. Ids are provisional and only tie rows of one bundle together:
// Sources[i].ID is i+1 and every SourceID means that source; providers and their children likewise.
// Load exchanges them for the store's own.
type Bundle struct {
	Sources       []models.Source
	Airports      []models.Airport
	Hubs          []models.Hub
	Cities        []models.City
	Routes        []models.Route
	Specialties   []models.Specialty
	Procedures    []models.Procedure
	Codes         []models.ProcedureCode
	Stays         []models.ProcedureStay
	Aliases       []models.Alias
	PriceEvidence []models.PriceEvidence
	NHSWaits      []models.NHSWait
	TripCosts     []models.TripCost
	FXRates       []models.FXRate
	Providers     []models.ProviderBundle // real hospitals
	Samples       []models.ProviderBundle // invented hospitals, for the demonstration only
}

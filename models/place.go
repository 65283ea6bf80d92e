package models

// Hub is a group of cities around an international airport (ux.md §6.1).
type Hub struct {
	Slug     string `gorm:"primaryKey"`
	Name     string
	State    string
	Airport  string // IATA code of the airport counted for it
	Lat, Lng float64
	Ord      int
	SourceID int64
}

// City is a town with at least one listed provider, or one that people name. Lat and Lng are nil when no
// point is held. PointNote says how the point was found.
type City struct {
	Slug      string `gorm:"primaryKey"`
	Name      string
	State     string
	HubSlug   *string
	Lat, Lng  *float64
	PointNote string
	Aliases   string // other names people use, newline separated
}

// Airport is from OpenFlights (ODbL). Role is india_hub or uk_gateway.
type Airport struct {
	IATA     string `gorm:"primaryKey;column:iata"`
	Name     string
	City     string
	Country  string
	Lat, Lng float64
	Role     string
	HubSlug  *string
	SourceID int64
}

// Route is a non-stop UK–India route as one source reported it. Status says how current the report is.
type Route struct {
	ID            int64
	Origin        string
	Destination   string
	Airline       string
	WeeklyFlights *int
	EffectiveFrom string
	Status        string // announced_2025 | reported_2024 | reported_2021 | historic_unconfirmed
	HoursReported string
	GreatCircleKM int `gorm:"column:great_circle_km"`
	SourceID      int64
}

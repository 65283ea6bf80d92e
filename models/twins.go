package models

import "context"

// SharedName is a name that more than one published provider of a city has.
type SharedName struct{ Name, CitySlug string }

// SharedNames lists the names that published providers share within a city, exactly as they are written.
func (s *Store) SharedNames(ctx context.Context) ([]SharedName, error) {
	var names []SharedName
	err := s.read(ctx).Table("providers p").Select("p.name, s.city_slug").
		Joins("JOIN sites s ON s.provider_id = p.id AND s.main").
		Where("p.state = ? AND s.city_slug IS NOT NULL", Published).
		Group("p.name, s.city_slug").Having("count(*) > 1").Order("p.name, s.city_slug").Scan(&names).Error
	return names, asFault("shared names", err)
}

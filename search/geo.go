package search

import "math"

// EarthKM is the mean radius both engines measure with.
const EarthKM = 6371.0

// Distance is the great-circle distance between two points in kilometres (haversine); it is right across
// the antimeridian and the poles.
func Distance(lat1, lng1, lat2, lng2 float64) float64 {
	const rad = math.Pi / 180
	sa := math.Sin((lat2 - lat1) * rad / 2)
	sb := math.Sin((lng2 - lng1) * rad / 2)
	h := sa*sa + math.Cos(lat1*rad)*math.Cos(lat2*rad)*sb*sb
	return 2 * EarthKM * math.Asin(math.Sqrt(min(1, h)))
}

func validPoint(lat, lng float64) bool {
	return lat >= -90 && lat <= 90 && lng >= -180 && lng <= 180
}

package searchtest

import (
	"math"
	"math/rand/v2"
	"strings"
)

type town struct {
	slug, name, state, hub string
	lat, lng               float64
	old                    []string
}

func at(name, state, hub string, lat, lng float64, old ...string) town {
	return town{strings.ToLower(strings.ReplaceAll(name, " ", "-")), name, state, hub, lat, lng, old}
}

var towns = []town{
	at("Chennai", "Tamil Nadu", "chennai", 13.0827, 80.2707, "madras"),
	at("Mumbai", "Maharashtra", "mumbai", 19.0760, 72.8777, "bombay"),
	at("New Delhi", "Delhi", "delhi-ncr", 28.6139, 77.2090),
	at("Bengaluru", "Karnataka", "bengaluru", 12.9716, 77.5946, "bangalore"),
	at("Hyderabad", "Telangana", "hyderabad", 17.3850, 78.4867),
	at("Kolkata", "West Bengal", "kolkata", 22.5726, 88.3639, "calcutta"),
	at("Gurugram", "Haryana", "delhi-ncr", 28.4595, 77.0266, "gurgaon"),
	at("Noida", "Uttar Pradesh", "delhi-ncr", 28.5355, 77.3910),
	at("Pune", "Maharashtra", "mumbai", 18.5204, 73.8567, "poona"),
	at("Kochi", "Kerala", "kochi", 9.9312, 76.2673, "cochin"),
	at("Ahmedabad", "Gujarat", "ahmedabad", 23.0225, 72.5714),
	at("Coimbatore", "Tamil Nadu", "", 11.0168, 76.9558),
	at("Vellore", "Tamil Nadu", "chennai", 12.9165, 79.1325),
	at("Madurai", "Tamil Nadu", "", 9.9252, 78.1198),
	at("Jaipur", "Rajasthan", "", 26.9124, 75.7873),
	at("Lucknow", "Uttar Pradesh", "", 26.8467, 80.9462),
	at("Chandigarh", "Chandigarh", "", 30.7333, 76.7794),
	at("Mohali", "Punjab", "", 30.7046, 76.7179),
	at("Ludhiana", "Punjab", "", 30.9010, 75.8573),
	at("Amritsar", "Punjab", "", 31.6340, 74.8723),
	at("Nagpur", "Maharashtra", "", 21.1458, 79.0882),
	at("Nashik", "Maharashtra", "", 19.9975, 73.7898),
	at("Surat", "Gujarat", "", 21.1702, 72.8311),
	at("Vadodara", "Gujarat", "ahmedabad", 22.3072, 73.1812, "baroda"),
	at("Indore", "Madhya Pradesh", "", 22.7196, 75.8577),
	at("Bhopal", "Madhya Pradesh", "", 23.2599, 77.4126),
	at("Visakhapatnam", "Andhra Pradesh", "", 17.6868, 83.2185, "vizag"),
	at("Vijayawada", "Andhra Pradesh", "", 16.5062, 80.6480),
	at("Mysuru", "Karnataka", "bengaluru", 12.2958, 76.6394, "mysore"),
	at("Mangaluru", "Karnataka", "", 12.9141, 74.8560, "mangalore"),
	at("Thiruvananthapuram", "Kerala", "", 8.5241, 76.9366, "trivandrum"),
	at("Kozhikode", "Kerala", "kochi", 11.2588, 75.7804, "calicut"),
	at("Bhubaneswar", "Odisha", "", 20.2961, 85.8245),
	at("Cuttack", "Odisha", "", 20.4625, 85.8830),
	at("Patna", "Bihar", "", 25.5941, 85.1376),
	at("Ranchi", "Jharkhand", "", 23.3441, 85.3096),
	at("Guwahati", "Assam", "", 26.1445, 91.7362),
	at("Dehradun", "Uttarakhand", "", 30.3165, 78.0322),
	at("Raipur", "Chhattisgarh", "", 21.2514, 81.6296),
	at("Faridabad", "Haryana", "delhi-ncr", 28.4089, 77.3178),
}

var aliases = map[string][]string{
	"total-knee-replacement": {"knee replacement", "new knee"},
	"cabg":                   {"heart bypass", "bypass surgery"},
	"rhinoplasty":            {"nose job"},
}

func (w *World) word(r *rand.Rand) string { return title(w.vocab[r.IntN(len(w.vocab))]) }

func title(slug string) string {
	parts := strings.Split(slug, "-")
	for i, p := range parts {
		parts[i] = strings.ToUpper(p[:1]) + p[1:]
	}
	return strings.Join(parts, " ")
}

func pick(r *rand.Rand, of ...string) string { return of[r.IntN(len(of))] }

func some(r *rand.Rand, chance float64, of ...string) (out []string) {
	for _, v := range of {
		if r.Float64() < chance {
			out = append(out, v)
		}
	}
	return out
}

func round5(f float64) float64 { return math.Round(f*1e5) / 1e5 }

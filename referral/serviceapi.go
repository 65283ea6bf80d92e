package referral

import "embed"

//go:embed letters/*.txt
var letterFiles embed.FS

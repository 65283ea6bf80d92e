package searchtest

// treatments is specialty slugs with procedure slugs of each, the shape of the real taxonomy.
var treatments = []struct {
	specialty  string
	procedures []string
}{
	{"cardiology", []string{"angioplasty", "coronary-angiography", "pacemaker-implant", "icd-implant", "crt-implant"}},
	{"cardiac-surgery", []string{"cabg", "heart-valve-replacement", "aortic-valve-replacement", "mitral-valve-replacement", "mitral-valve-repair"}},
	{"paediatric-cardiac", []string{"atrial-septal-defect-closure", "ventricular-septal-defect-closure", "pda-closure", "tetralogy-of-fallot-repair", "arterial-switch-operation"}},
	{"thoracic-surgery", []string{"lung-cancer-surgery", "pneumonectomy", "decortication", "thymectomy"}},
	{"vascular-surgery", []string{"varicose-vein-surgery", "peripheral-angioplasty", "leg-bypass-surgery", "carotid-endarterectomy", "aaa-repair"}},
	{"orthopaedics", []string{"total-knee-replacement", "partial-knee-replacement", "bilateral-knee-replacement", "revision-knee-replacement", "robotic-knee-replacement"}},
	{"spine-surgery", []string{"spinal-fusion", "spine-decompression-laminectomy", "microdiscectomy", "cervical-disc-surgery", "artificial-disc-replacement"}},
	{"pain-management", []string{"spinal-cord-stimulator", "epidural-injection", "joint-injection", "radiofrequency-pain", "cancer-palliative-care"}},
	{"neurosurgery", []string{"brain-tumour-surgery", "pituitary-tumour-surgery", "acoustic-neuroma-surgery", "deep-brain-stimulation", "epilepsy-surgery"}},
	{"interventional-radiology", []string{"aneurysm-coiling", "avm-embolisation", "uterine-fibroid-embolisation", "tumour-embolisation", "biliary-drainage"}},
	{"neurology", []string{"stroke-rehabilitation", "parkinsons-assessment", "epilepsy-evaluation", "multiple-sclerosis-treatment", "emg-nerve-conduction"}},
	{"medical-oncology", []string{"chemotherapy-cycle", "immunotherapy", "targeted-therapy", "cancer-second-opinion"}},
	{"haematology-bmt", []string{"car-t-cell-therapy", "bone-marrow-transplant-autologous", "bone-marrow-transplant-allogeneic", "bone-marrow-transplant-haploidentical", "leukaemia-treatment"}},
	{"radiation-oncology", []string{"external-beam-radiotherapy", "proton-beam-therapy", "brachytherapy", "radioiodine-therapy"}},
	{"surgical-oncology", []string{"cancer-surgery-general", "robotic-cancer-surgery", "head-neck-cancer-surgery", "laryngectomy", "oesophageal-cancer-surgery"}},
	{"breast-surgery", []string{"lumpectomy", "mastectomy", "breast-reconstruction", "sentinel-node-biopsy", "breast-lump-excision"}},
	{"colorectal-surgery", []string{"colorectal-cancer-surgery", "haemorrhoidectomy", "anal-fistula-surgery", "anal-fissure-surgery", "pilonidal-sinus-surgery"}},
	{"hepatobiliary-surgery", []string{"liver-resection", "whipple-procedure", "hydatid-cyst-surgery", "pancreatitis-surgery"}},
	{"urology", []string{"prostate-cancer-surgery", "kidney-cancer-surgery", "bladder-cancer-surgery", "turbt", "testicular-cancer-surgery"}},
	{"dermatology", []string{"skin-cancer-surgery", "psoriasis-treatment", "vitiligo-treatment", "laser-skin-treatment"}},
	{"organ-transplant", []string{"liver-transplant", "kidney-transplant", "heart-transplant", "lung-transplant", "heart-lung-transplant"}},
	{"ophthalmology", []string{"corneal-transplant", "cataract-surgery", "premium-lens-cataract", "refractive-lens-exchange", "lasik"}},
}

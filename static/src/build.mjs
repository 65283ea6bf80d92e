// Builds static/dist from static/src and node_modules: one stylesheet, three scripts, one font, pictures.
// Called by scripts/assets; `go build` needs none of it because dist is committed.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transform } from 'lightningcss'
import postcss from 'postcss'
import { PurgeCSS } from 'purgecss'
import * as sass from 'sass'
import subsetFont from 'subset-font'
import { minify } from 'terser'

const src = dirname(fileURLToPath(import.meta.url))
const root = join(src, '../..')
const dist = join(root, 'static/dist')
const modules = join(root, 'node_modules')
mkdirSync(dist, { recursive: true })

// Order of the layer; files of other pages are joined when they are there.
const layer = ['base', 'frame', 'forms', 'parts', 'home', 'results', 'pages', 'content', 'trip', 'compare', 'enquiry', 'feedback', 'print']
// Pages behind a sign-in or a link have a second sheet, so that the public ones stay light.
const signedIn = ['account', 'work', 'portal', 'refer', 'desk', 'cases', 'care']

const themed = sass.compile(join(src, 'theme.scss'), { loadPaths: [modules], quietDeps: true, silenceDeprecations: ['import'], logger: sass.Logger.silent }).css
// nhsuk-icon and nhsuk-list mean something else than our cc-icon and cc-list: they keep their name and are purged.
const renamed = themed.replace(/nhsuk-(?!icon|list\b)/g, 'cc-')
const purged = await new PurgeCSS().purge({
  content: [join(root, 'views/**/*.templ'), join(root, 'views/**/!(*_templ|*_test).go'), join(src, 'app.js'), join(src, 'account.js')],
  css: [{ raw: renamed }],
  variables: true,
  keyframes: true,
  fontFace: true,
  safelist: { standard: [':root', /^cc-form-group/, /^cc-input/, /^cc-error/], deep: [] },
  blocklist: [/^cc-frontend-supported/],
})
// What still reaches into the NHS palette or for files we do not have, and link addresses on paper.
const unwanted = [/search-cancel-button/, /select option/, /::?-ms-/, /^a(\[.*\])?::?after$/]
const trimmed = postcss.parse(purged[0].css)
trimmed.walkRules(rule => { if (rule.selectors.some(s => unwanted.some(u => u.test(s)))) rule.remove() })
trimmed.walkAtRules('media', rule => { if (/[\uFFFD\0]/.test(rule.params)) rule.remove() })
const sheets = names => names.map(name => join(src, name + '.css')).filter(existsSync).map(file => readFileSync(file, 'utf8'))
const squeeze = (filename, parts) => transform({
  filename,
  code: Buffer.from(parts.join('\n')),
  minify: true,
  targets: { chrome: 100 << 16, safari: 15 << 16, firefox: 100 << 16 },
}).code.toString().replace(/\/\*![\s\S]*?\*\//g, '')
const notice = '/*! Care Corridor. Parts from nhsuk-frontend, MIT, copyright NHS England; see licences/. */\n'
writeFileSync(join(dist, 'app.css'), notice + squeeze('app.css', [trimmed.toString(), ...sheets(layer)]))
writeFileSync(join(dist, 'work.css'), squeeze('work.css', sheets(signedIn)))

for (const name of ['app.js', 'account.js']) {
  const script = await minify(readFileSync(join(src, name), 'utf8'), { module: false, ecma: 2020 })
  writeFileSync(join(dist, name), script.code + '\n')
}
copyFileSync(join(modules, 'htmx.org/dist/htmx.min.js'), join(dist, 'htmx.js'))

// One variable file, Latin with the letters of Indian names in Roman script; ₹ is not in the face.
const font = join(modules, '@fontsource-variable/hanken-grotesk/files')
const letters = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('') + '\u00a0£€©®°·×éèáàíóöüçñâêîôūāīṭ–—‘’“”…•→←✓'
writeFileSync(join(dist, 'hanken-grotesk.woff2'), await subsetFont(readFileSync(join(font, 'hanken-grotesk-latin-wght-normal.woff2')), letters, {
  targetFormat: 'woff2',
  variationAxes: { wght: { min: 400, max: 700 } },
}))

for (const name of ['lattice.svg', 'favicon.svg', 'og.jpg']) {
  if (existsSync(join(src, name))) copyFileSync(join(src, name), join(dist, name))
}

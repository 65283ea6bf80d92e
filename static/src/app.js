// What pages do beyond plain HTML: filters open on wide screens, suggestions under a search box, focus on
// an error summary, counts read out after an update. Everything works without it.
(() => {
  const $ = (s, root = document) => root.querySelector(s)
  const say = text => { $('#status').textContent = text || '' }

  // Wide screens show the filters open; the summary is hidden only once this has run.
  const wide = matchMedia('(min-width:60em)')
  const open = () => document.querySelectorAll('[data-wide-open]').forEach(d => {
    if (wide.matches) { d.open = true; d.dataset.js = '' } else if ('js' in d.dataset) { d.open = false; delete d.dataset.js }
  })
  wide.addEventListener('change', open)

  // Suggestions: the combobox pattern. The list is a fragment of HTML from the address in data-suggest.
  const combo = input => {
    let list, items = [], at = -1, timer, asked = 0
    const set = (name, value) => input.setAttribute(name, value)
    const close = () => {
      clearTimeout(timer)
      asked++
      list?.remove()
      list = null
      items = []
      at = -1
      set('aria-expanded', 'false')
      input.removeAttribute('aria-activedescendant')
      input.removeAttribute('aria-controls')
    }
    const mark = to => {
      items[at]?.setAttribute('aria-selected', 'false')
      at = to < -1 ? items.length - 1 : to >= items.length ? -1 : to
      const item = items[at]
      if (!item) return input.removeAttribute('aria-activedescendant')
      item.setAttribute('aria-selected', 'true')
      item.scrollIntoView({ block: 'nearest' })
      set('aria-activedescendant', item.id)
    }
    const ask = async text => {
      const mine = ++asked
      try {
        const answer = await fetch(input.dataset.suggest + (input.dataset.suggest.includes('?') ? '&' : '?') + 'q=' + encodeURIComponent(text))
        const html = answer.ok ? await answer.text() : ''
        if (mine !== asked) return
        close()
        const box = document.createElement('div')
        box.innerHTML = html
        items = [...box.querySelectorAll('[role=option]')]
        say(box.firstElementChild?.dataset.said)
        if (!items.length) return
        list = box.firstElementChild
        list.classList.add('cc-combo__list')
        list.addEventListener('mousedown', e => e.preventDefault())
        input.after(list)
        set('aria-controls', list.id)
        set('aria-expanded', 'true')
      } catch { close() }
    }
    if (input.getAttribute('role')) return
    set('role', 'combobox')
    set('aria-autocomplete', 'list')
    set('aria-expanded', 'false')
    input.addEventListener('input', () => {
      clearTimeout(timer)
      const text = input.value.trim()
      if (text.length < 2) return close()
      timer = setTimeout(ask, 200, text)
    })
    input.addEventListener('keydown', e => {
      if (e.key === 'Escape' && list) { e.preventDefault(); close(); say('') }
      else if (e.key === 'ArrowDown' && list) { e.preventDefault(); mark(at + 1) }
      else if (e.key === 'ArrowUp' && list) { e.preventDefault(); mark(at - 1) }
      else if (e.key === 'Enter' && items[at]) { e.preventDefault(); location.assign(items[at].href) }
    })
    input.addEventListener('blur', close)
  }

  const ready = () => {
    open()
    document.querySelectorAll('[data-suggest]').forEach(combo)
  }
  ready()
  $('[data-error-summary]')?.focus()

  // Signed-in pages say two minutes before the session ends that it will, and keep it in one action. What is done in
  // another tab counts too.
  const bar = $('[data-idle]')
  if (bar) {
    const idle = bar.dataset.idle * 1000
    let seen = 0, box
    const known = now => {
      try { if (now) localStorage.setItem('seen', now); return +localStorage.getItem('seen') || 0 } catch { return 0 }
    }
    const used = () => known(seen = Date.now())
    const close = () => { box?.close(); box?.remove(); box = null }
    const tell = (title, text, words, act) => {
      close()
      box = document.createElement('dialog')
      box.className = 'cc-idle'
      box.setAttribute('aria-labelledby', 'idle')
      box.innerHTML = '<h2 class="cc-h3" id="idle"></h2><p></p><button class="cc-btn" type="button"></button>'
      box.children[0].textContent = title
      box.children[1].textContent = text
      box.children[2].textContent = words
      box.children[2].addEventListener('click', act)
      document.body.append(box)
      box.showModal()
      say(title)
    }
    const stay = async () => {
      const kept = await fetch(bar.dataset.stay, { method: 'POST', redirect: 'error' }).then(a => a.ok, () => false)
      if (!kept) return over()
      used()
      close()
      say('You are still signed in')
    }
    const over = () => {
      clearInterval(timer)
      tell('You are signed out', 'What you have typed on this page is still here. When you send it, you sign in first, and it is kept.', 'Close', close)
    }
    const timer = setInterval(() => {
      const left = Math.max(seen, known()) + idle - Date.now()
      if (left <= 0) over()
      else if (left > 120000) close()
      else if (!box) tell('You will be signed out in 2 minutes', 'We sign you out when nothing has been done for a while, so that nobody else can use your account.', 'Stay signed in', stay)
    }, 5000)
    used()
  }

  // After htmx has replaced the results (or, on Back, the page) say the new count outside the replaced part.
  let said = $('#results')?.dataset.said
  addEventListener('htmx:after:swap', () => {
    ready()
    const text = $('#results')?.dataset.said
    if (text && text !== said) say(said = text)
  })
})()

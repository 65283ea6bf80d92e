// What the pages of signing in do beyond plain HTML: passkeys, and a button that shows a password. Everything else
// works without it.
(() => {
  const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0))
  const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')

  // The browser wants bytes where JSON has base64url.
  const asked = options => {
    const o = options.publicKey || options
    o.challenge = bytes(o.challenge)
    if (o.user) o.user.id = bytes(o.user.id)
    for (const list of ['allowCredentials', 'excludeCredentials']) o[list]?.forEach(c => { c.id = bytes(c.id) })
    return o
  }
  const answered = c => {
    const r = c.response, response = { clientDataJSON: text(r.clientDataJSON) }
    for (const name of ['attestationObject', 'authenticatorData', 'signature', 'userHandle']) if (r[name]) response[name] = text(r[name])
    if (r.getTransports) response.transports = r.getTransports()
    return { id: c.id, rawId: text(c.rawId), type: c.type, authenticatorAttachment: c.authenticatorAttachment || undefined, clientExtensionResults: c.getClientExtensionResults(), response }
  }

  document.querySelectorAll('[data-passkey]').forEach(form => {
    if (!window.PublicKeyCredential) return form.parentElement.classList.add('cc-passkey--not')
    const failed = form.querySelector('[data-passkey-failed]'), button = form.querySelector('button')
    form.addEventListener('submit', async e => {
      e.preventDefault()
      failed.hidden = true
      button.disabled = true
      try {
        const begun = await fetch(form.dataset.begin, { method: 'POST', headers: { Accept: 'application/json' }, redirect: 'error' })
        if (!begun.ok) throw new Error()
        const kind = form.dataset.passkey
        const credential = await navigator.credentials[kind]({ publicKey: asked(await begun.json()) })
        form.elements.answer.value = JSON.stringify(answered(credential))
        form.submit()
      } catch (problem) {
        button.disabled = false
        failed.textContent = problem.name === 'InvalidStateError' ? 'This device has a passkey for this account already' : 'The passkey was not used. Try again, or use another way'
        failed.hidden = false
      }
    })
  })

  document.querySelectorAll('input[type=password]').forEach(input => {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'cc-btn cc-btn--sec cc-show'
    const label = document.querySelector(`label[for="${input.id}"]`).textContent.trim().toLowerCase()
    const draw = shown => {
      input.type = shown ? 'text' : 'password'
      button.textContent = shown ? 'Hide' : 'Show'
      button.setAttribute('aria-label', `${shown ? 'Hide' : 'Show'} ${label}`)
    }
    button.setAttribute('aria-controls', input.id)
    draw(false)
    button.addEventListener('click', () => {
      draw(input.type === 'password')
      document.getElementById('status').textContent = input.type === 'password' ? 'Your password is hidden' : 'Your password is shown'
    })
    input.form.addEventListener('submit', () => draw(false)) // so that browsers do not offer it as ordinary text
    const row = document.createElement('div')
    row.className = 'cc-shown'
    input.before(row)
    row.append(input, button)
  })

  document.querySelectorAll('[data-print]').forEach(b => {
    b.hidden = false
    b.addEventListener('click', () => print())
  })
})()

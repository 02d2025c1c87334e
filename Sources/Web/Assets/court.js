'use strict';
// What the pages do better with script. Everything here also works without it.
(() => {
  const say = (zh, en) => document.documentElement.lang.startsWith('zh') ? zh : en
  const all = (selector, root = document) => [...root.querySelectorAll(selector)]
  const digestScript = document.currentScript && document.currentScript.dataset.digest
  const proof = () => (document.querySelector('meta[name=csrf]') || {}).content || ''
  const clock = time => new Date(time).toLocaleTimeString(say('zh-CN', 'en-GB'), { hour: '2-digit', minute: '2-digit' })
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties)
    element.append(...children)
    return element
  }
  const later = (wait, work) => {
    let timer
    const run = () => { clearTimeout(timer); timer = setTimeout(() => { timer = 0; work() }, wait) }
    run.now = () => { if (timer) { clearTimeout(timer); timer = 0; work() } }
    return run
  }
  // What a browser keeps may be full or forbidden; the page must not care.
  const shelf = anonymous => {
    const on = work => { try { return work(anonymous ? sessionStorage : localStorage) } catch { return null } }
    return {
      get: key => on(store => JSON.parse(store.getItem(key))),
      set: (key, value) => on(store => store.setItem(key, JSON.stringify(value))),
      drop: key => on(store => store.removeItem(key)),
      keys: () => on(store => Object.keys(store)) || []
    }
  }
  let speaker
  const announce = text => {
    if (!speaker) document.body.append(speaker = make('div', { className: 'unseen', role: 'status' }))
    speaker.textContent = text
  }
  const day = 86400000

  // ---- What is typed is kept -------------------------------------------------------------------------------

  const typable = element => element.name && !element.name.startsWith('_') && !element.disabled &&
    !['hidden', 'password', 'file', 'submit', 'button'].includes(element.type) && element.autocomplete !== 'one-time-code'

  const fieldsOf = form => {
    const fields = {}
    for (const element of form.elements) {
      if (!typable(element)) continue
      const values = fields[element.name] = fields[element.name] || []
      if (!['checkbox', 'radio'].includes(element.type) || element.checked) values.push(element.value)
    }
    return fields
  }

  const fill = (form, fields) => {
    for (const element of form.elements) {
      const values = typable(element) && fields[element.name]
      if (!values) continue
      if (['checkbox', 'radio'].includes(element.type)) element.checked = values.includes(element.value)
      else if (values.length) element.value = values[0]
    }
  }

  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b)

  const labelOf = (form, name) => {
    const element = form.elements[name]
    const one = element && element.length && !element.tagName ? element[0] : element
    const set = one && one.closest('fieldset')
    const label = set ? set.querySelector('legend') : one && one.labels && one.labels[0]
    return label ? label.textContent.trim() : name
  }

  const keep = form => {
    const owner = form.dataset.keep, path = form.dataset.autosave
    const store = shelf(owner === '-')
    const key = `xz:${owner}:${location.pathname}:${form.getAttribute('action') || ''}`
    const status = form.querySelector('[data-saved]')
    const tell = (text, ...more) => { if (status) status.replaceChildren(text, ...more) }
    let version = Number(form.dataset.version || 0)
    let running = false, again = false, stopped = false, wait = 1000, sent = fieldsOf(form)

    const save = async (leaving = false) => {
      if (!path || stopped || same(fieldsOf(form), sent)) return
      if (running && !leaving) { again = true; return }
      running = true
      const fields = fieldsOf(form)
      try {
        const answer = await fetch(path, {
          method: 'PUT', keepalive: leaving, body: JSON.stringify({ fields, version }),
          headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRF-Token': proof() }
        })
        if (answer.ok) {
          const saved = await answer.json()
          version = saved.version
          sent = fields
          wait = 1000
          if (same(fieldsOf(form), sent)) store.drop(key)
          else again = true
          tell(say(`已保存 ${clock(saved.saved)}`, `Saved ${clock(saved.saved)}`))
        } else if (answer.status === 409) {
          stopped = true
          conflict(await answer.json(), fields)
        } else if (answer.status === 401 || answer.status === 403) {
          stopped = true
          tell(say('登录已到期，内容暂存在本机。', 'Your session has ended. What you type stays on this device. '),
            make('a', { href: `/sign-in?next=${encodeURIComponent(location.pathname)}`, textContent: say('重新登录', 'Sign in again') }))
        } else if (answer.status === 400 || answer.status === 413 || answer.status === 422) {
          sent = fields
          tell(say('有内容暂时无法保存，已暂存在本机。', 'Some of this cannot be saved yet. It stays on this device.'))
        } else throw new Error(String(answer.status))
      } catch {
        tell(say('连接中断，内容暂存在本机，恢复后自动保存。', 'No connection. What you type stays on this device and is saved when it returns.'))
        wait = Math.min(wait * 2, 30000)
        setTimeout(save, wait)
      } finally {
        running = false
        if (again) { again = false; save() }
      }
    }
    const soon = later(800, save)

    const conflict = (theirs, mine) => {
      const names = Object.keys({ ...theirs.fields, ...mine }).filter(name => !same(theirs.fields[name] || [], mine[name] || []))
      const settle = work => () => { box.remove(); version = theirs.version; stopped = false; work(); soon() }
      const button = (text, work) => make('button', { type: 'button', className: 'button quiet', textContent: text, onclick: settle(work) })
      const box = make('div', { className: 'errors conflict', role: 'alert', tabIndex: -1 },
        make('h2', { textContent: say('这份草稿在别处也被修改过', 'This draft was also changed elsewhere') }),
        make('table', {}, make('thead', {}, make('tr', {}, ...[say('项目', 'Field'), say('此处', 'Here'), say('别处已保存', 'Saved elsewhere')]
          .map(text => make('th', { scope: 'col', textContent: text })))),
        make('tbody', {}, ...names.map(name => make('tr', {}, make('th', { scope: 'row', textContent: labelOf(form, name) }),
          ...[mine, theirs.fields].map(side => make('td', { textContent: (side[name] || []).join('、') })))))),
        make('div', { className: 'actions' },
          button(say('保留此处的内容', 'Keep what is here'), () => { sent = theirs.fields }),
          button(say('使用别处的内容', 'Take what was saved elsewhere'), () => { fill(form, theirs.fields); sent = fieldsOf(form); store.drop(key) })))
      form.prepend(box)
      box.focus()
    }

    const before = store.get(key)
    const arrival = (performance.getEntriesByType('navigation')[0] || {}).type
    if (before && (Date.now() - before.at > 7 * day || (before.sent && arrival !== 'back_forward') || document.querySelector('.errors'))) {
      store.drop(key)
    } else if (before && !same(before.fields, sent)) {
      if (path && before.version !== version) {
        stopped = true
        conflict({ fields: sent, version }, before.fields)
      }
      fill(form, before.fields)
      tell(say(`已恢复您在${clock(before.at)}填写的内容。`, `What you typed at ${clock(before.at)} is back.`))
      soon()
    }

    const put = () => {
      const fields = fieldsOf(form)
      store.set(key, { fields, version, at: Date.now() })
      soon()
    }
    form.addEventListener('input', put)
    form.addEventListener('change', put)
    form.addEventListener('submit', event => {
      if (event.defaultPrevented) return
      const kept = store.get(key)
      if (kept) store.set(key, { ...kept, sent: true })
      stopped = true
    })
    addEventListener('pagehide', () => save(true))
    addEventListener('online', () => save())
    return () => soon.now()
  }
  const flushes = all('form[data-keep]').map(keep)

  // Switching language or size comes back to the same line of the same page; typed text is on the shelf already.
  const places = shelf(true)
  for (const link of all('a[data-switch]')) {
    link.addEventListener('click', () => {
      flushes.forEach(flush => flush())
      const focus = document.activeElement && document.activeElement.id
      places.set('xz-place', { path: location.pathname, at: scrollY / Math.max(1, document.body.scrollHeight), focus })
    })
  }
  const place = places.get('xz-place')
  places.drop('xz-place')
  if (place && place.path === location.pathname) scrollTo(0, place.at * document.body.scrollHeight)

  const errors = document.querySelector('.errors')
  if (errors) errors.focus()

  // ---- Previews, such as the fee for the sum typed -----------------------------------------------------------

  for (const form of all('form[data-preview]')) {
    let turn = 0
    form.addEventListener('input', later(250, async () => {
      const mine = ++turn, target = form.querySelector('[data-preview-here]')
      if (!target) return
      try {
        const body = new URLSearchParams()
        for (const [name, values] of Object.entries(fieldsOf(form))) values.forEach(value => body.append(name, value))
        const answer = await fetch(form.dataset.preview, { method: 'POST', body, headers: { 'X-CSRF-Token': proof(), Accept: 'text/html' } })
        const text = await answer.text()
        if (mine === turn && answer.ok) target.innerHTML = text
      } catch { /* the page's own button still counts */ }
    }))
  }

  // ---- Uploads (tus 1.0) --------------------------------------------------------------------------------------

  const piece = 8388608
  const causes = {
    0: () => say('连接中断，正在自动重试。', 'The connection broke. Trying again by itself.'),
    401: () => say('登录已到期：请在新窗口登录后点“继续”。', 'Your session ended: sign in in another tab, then continue.'),
    403: () => say('页面已过期：请刷新页面后重新选择同一文件，会从断点继续。', 'This page has expired: reload it and choose the same file; it goes on where it stopped.'),
    404: () => say('上传记录已被清理：点“继续”重新上传。', 'The upload was cleaned away: continue to start again.'),
    409: () => say('这份文件在别处也在上传：点“继续”核对进度。', 'The file is also being uploaded elsewhere: continue to check how far.'),
    413: () => say('文件太大（最大4 GiB）：请分成几个文件。', 'The file is too large (4 GiB at most): split it.'),
    415: () => say('不接受这种文件：请转换为PDF、图片、音频或视频。', 'This kind of file is not taken: convert it to PDF, picture, sound or video.'),
    422: () => say('文件内容与类型不符：请重新导出后再传。', 'The content does not match its type: export it again.'),
    429: () => say('请求过于频繁，稍候自动重试。', 'Too many requests. Trying again shortly.'),
    460: () => say('传输中数据有误，正在重传这一段。', 'Data was damaged on the way. Sending that piece again.'),
    507: () => say('空间已满：请删除不需要的文件，或联系本院。', 'No room left: remove files you do not need, or ask the court.'),
    gone: () => say('无法再读取这份文件（可能已移动或修改）：请重新选择。', 'The file cannot be read any more (moved or changed?): choose it again.'),
    empty: () => say('文件是空的：请选择另一份文件。', 'The file is empty: choose another.'),
    digest: () => say('收到的内容与您的文件不一致：请点“继续”重传。', 'What arrived differs from your file: continue to send it again.')
  }
  const because = code => (causes[code] || (code >= 500 ? () => say(`法院系统暂时繁忙（${code}），自动重试。`, `The court's system is busy (${code}). Trying again by itself.`)
    : () => say(`服务器未接受（${code}）：请点“继续”重试或改用线下提交。`, `The server did not take it (${code}): try again, or hand it in in person.`)))()
  const size = bytes => bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`
  const b64 = text => btoa(String.fromCharCode(...new TextEncoder().encode(text)))

  const send = (method, url, headers, body, onProgress, hold) => new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, url)
    for (const [name, value] of Object.entries({ 'Tus-Resumable': '1.0.0', 'X-CSRF-Token': proof(), ...headers })) request.setRequestHeader(name, value)
    if (onProgress) request.upload.onprogress = event => onProgress(event.loaded)
    request.onload = () => request.status < 300 ? resolve(request) : reject(Object.assign(new Error(), { code: request.status }))
    request.onerror = request.ontimeout = () => reject(Object.assign(new Error(), { code: 0 }))
    request.onabort = () => reject(Object.assign(new Error(), { code: 'paused' }))
    if (hold) hold(request)
    request.send(body)
  })

  const digestOf = (file, done) => new Promise(resolve => {
    if (!digestScript || !window.Worker) return resolve(null)
    const worker = new Worker(digestScript)
    worker.onmessage = ({ data }) => {
      if (data.done) return done(data.done)
      worker.terminate()
      resolve(data.digest || null)
    }
    worker.onerror = () => { worker.terminate(); resolve(null) }
    worker.postMessage(file)
  })

  for (const field of all('[data-upload]')) {
    const told = field.querySelector('[data-with-script]')
    if (told) told.hidden = false
    const input = field.querySelector('input[type=file]'), list = field.querySelector('[data-uploads]'), form = field.closest('form')
    const store = shelf(false), owner = form ? form.dataset.keep || '-' : '-'
    const queue = []
    let active = 0
    input.removeAttribute('name')
    input.multiple = true

    const next = () => { while (active < 2 && queue.length) { active++; queue.shift()().finally(() => { active--; next() }) } }

    const add = file => {
      const key = `xz-up:${owner}:${field.dataset.upload}:${field.dataset.for}:${file.name}:${file.size}:${file.lastModified}`
      const known = store.get(key)
      let place = known && known.place, at = 0, state = 'waiting', request = null, digest = null, wait = 1000
      const bar = make('progress', { max: file.size || 1, value: 0 }), text = make('span', { className: 'meta' })
      bar.setAttribute('aria-label', file.name)
      const button = make('button', { type: 'button', className: 'button quiet small' })
      const remove = make('button', { type: 'button', className: 'button quiet small', textContent: say('移除', 'Remove') })
      const mark = make('code', { className: 'digest' })
      const row = make('li', {}, make('div', { className: 'row' }, make('bdi', { textContent: file.name }), text), bar, mark,
        make('div', { className: 'row' }, button, remove))
      row.upload = () => state
      const show = (now, words) => {
        state = now
        bar.value = at
        text.textContent = words || `${size(at)} / ${size(file.size)}`
        button.hidden = now === 'done'
        button.textContent = now === 'running' || now === 'waiting' ? say('暂停', 'Pause') : say('继续', 'Continue')
      }
      const fail = code => { show('failed', because(code)); announce(`${file.name}: ${because(code)}`) }

      const create = async () => {
        const answer = await send('POST', field.dataset.upload, {
          'Upload-Length': String(file.size),
          'Upload-Metadata': `filename ${b64(file.name)},filetype ${b64(file.type || 'application/octet-stream')},for ${b64(field.dataset.for || '')}`
        })
        place = answer.getResponseHeader('Location')
        store.set(key, { place, at: Date.now() })
      }
      const where = async () => { at = Number((await send('HEAD', place, {})).getResponseHeader('Upload-Offset')) }

      const once = async () => {
        if (!place) { await create(); at = 0 } else await where()
        while (at < file.size) {
          const start = at
          let bytes
          // Read first: a file that was moved fails here, with a cause of its own.
          try { bytes = await file.slice(start, start + piece).arrayBuffer() } catch { throw Object.assign(new Error(), { code: 'gone' }) }
          const answer = await send('PATCH', place, { 'Upload-Offset': String(start), 'Content-Type': 'application/offset+octet-stream' },
            bytes, loaded => { bar.value = start + loaded; text.textContent = `${size(start + loaded)} / ${size(file.size)}` }, it => { request = it })
          at = Number(answer.getResponseHeader('Upload-Offset'))
          const theirs = answer.getResponseHeader('Xz-Digest')
          if (theirs && digest && theirs !== `sha256:${digest}`) throw Object.assign(new Error(), { code: 'digest' })
          wait = 1000
          show('running')
        }
      }

      const run = async () => {
        if (!file.size) return fail('empty')
        show('running')
        while (state === 'running') {
          try {
            await once()
            store.drop(key)
            show('done', `${size(file.size)} · ${say('已收到', 'received')}`)
            announce(say(`${file.name}已上传`, `${file.name} is uploaded`))
            row.append(make('input', { type: 'hidden', name: 'upload', value: place.split('/').pop() }))
          } catch ({ code }) {
            if (code === 'paused' || state !== 'running') return
            if (code === 404 || code === 410) { place = null; store.drop(key); if (at === 0) return fail(404); at = 0; continue }
            if (code === 0 || code === 409 || code === 429 || code === 460 || code >= 500 && code !== 507) {
              text.textContent = because(code)
              await new Promise(resolve => { const timer = setTimeout(resolve, wait); addEventListener('online', () => { clearTimeout(timer); resolve() }, { once: true }) })
              wait = Math.min(wait * 2, 30000)
              continue
            }
            if (code === 'digest') { place = null; store.drop(key) }
            return fail(code === undefined ? 'gone' : code)
          }
        }
      }

      const start = () => { show('waiting', say('等待上传', 'waiting')); queue.push(() => state === 'waiting' ? run() : Promise.resolve()); next() }
      button.onclick = () => {
        if (state === 'running' || state === 'waiting') { show('paused'); if (request) request.abort() } else start()
      }
      remove.onclick = () => {
        state = 'removed'
        if (request) request.abort()
        if (place) send('DELETE', place, {}).catch(() => {})
        store.drop(key)
        row.remove()
        input.focus()
      }
      list.append(row)
      start()
      digestOf(file, done => { mark.textContent = `SHA-256 ${Math.floor(done / file.size * 100)}%` }).then(hex => {
        digest = hex
        mark.textContent = hex ? `SHA-256 ${hex}` : ''
      })
    }

    input.addEventListener('change', () => { [...input.files].forEach(add); input.value = '' })
    for (const name of ['dragover', 'dragleave', 'drop']) {
      field.addEventListener(name, event => {
        event.preventDefault()
        field.classList.toggle('over', name === 'dragover')
        if (name === 'drop') [...event.dataTransfer.files].forEach(add)
      })
    }
    if (form) {
      form.addEventListener('submit', event => {
        const open = [...list.children].filter(row => row.upload() !== 'done')
        if (!open.length) return
        event.preventDefault()
        const words = say('还有文件没有传完：请等待，或移除后再继续。', 'Some files have not arrived yet: wait, or remove them.')
        announce(words)
        open[0].querySelector('.meta').textContent = words
        open[0].querySelector('button').focus()
      }, true)
    }
  }

  // ---- The page follows its docket ----------------------------------------------------------------------------

  const root = document.documentElement
  if (root.dataset.live && window.EventSource) {
    const busy = region => region.contains(document.activeElement) && /INPUT|TEXTAREA|SELECT/.test(document.activeElement.tagName) ||
      region.querySelector('dialog[open]')
    const refresh = later(200, async () => {
      try {
        const answer = await fetch(location.href, { headers: { Accept: 'text/html' } })
        if (!answer.ok || answer.redirected) return
        const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
        let changed = false
        for (const region of all('[data-region]')) {
          const other = fresh.querySelector(`[data-region="${region.dataset.region}"]`)
          if (!other || busy(region)) continue
          // Proofs in forms differ each time and mean nothing here.
          const plain = element => element.innerHTML.replace(/(name="_(?:csrf|once)" value=")[^"]*/g, '$1')
          if (plain(other) === plain(region)) continue
          const held = region.contains(document.activeElement) ? document.activeElement : null
          const path = held && (held.id ? `#${CSS.escape(held.id)}` : held.getAttribute('href') ? `a[href="${CSS.escape(held.getAttribute('href'))}"]` : null)
          const open = all('details[open]', region).map(details => all('details', region).indexOf(details))
          region.replaceChildren(...other.childNodes)
          all('details', region).forEach((details, index) => { if (open.includes(index)) details.open = true })
          if (path) (region.querySelector(path) || region).focus()
          ready(region)
          changed = true
        }
        if (changed) announce(say('页面已更新', 'The page has been updated'))
      } catch { /* the next event tries again */ }
    })
    const source = new EventSource(root.dataset.live)
    source.onmessage = refresh
    addEventListener('pagehide', () => source.close())
    addEventListener('pageshow', event => { if (event.persisted) location.reload() })
  }

  // ---- Desks by keyboard -----------------------------------------------------------------------------------------

  const keysOn = () => shelf(false).get('xz-keys') !== false
  const links = () => all('[data-queue] [data-row] [data-open]')
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey && keysOn() || event.isComposing) return
    if (!keysOn() && !event.altKey) return
    if (event.target.closest('input, textarea, select, dialog, [contenteditable]') || !document.querySelector('[data-queue]')) return
    const rows = links(), at = rows.indexOf(document.activeElement)
    if (event.key === 'j' || event.code === 'KeyJ' && event.altKey) (rows[at + 1] || rows[rows.length - 1] || document.body).focus()
    else if (event.key === 'k' || event.code === 'KeyK' && event.altKey) (rows[at - 1] || rows[0] || document.body).focus()
    else if (event.key === '?') help()
    else return
    event.preventDefault()
  })
  const help = () => {
    const dialog = document.querySelector('[data-keys-dialog]')
    if (dialog && dialog.showModal) dialog.showModal()
  }
  document.addEventListener('change', event => {
    if (event.target.matches('[data-keys-on]')) shelf(false).set('xz-keys', event.target.checked)
  })

  // ---- Small things -------------------------------------------------------------------------------------------------

  document.addEventListener('click', async event => {
    const copy = event.target.closest('[data-copy]')
    if (copy) {
      try { await navigator.clipboard.writeText(copy.dataset.copy); announce(say('已复制', 'Copied')) } catch { announce(say('无法复制，请手动选择。', 'Could not copy. Select the text instead.')) }
    }
    if (event.target.closest('[data-keys-help]')) help()
  })
  function ready (within) {
    if (navigator.clipboard) all('[data-copy]', within).forEach(button => { button.hidden = false })
    all('[data-keys]', within).forEach(line => { line.hidden = false })
    all('[data-keys-on]', within).forEach(box => { box.checked = keysOn() })
  }
  ready(document)
})()

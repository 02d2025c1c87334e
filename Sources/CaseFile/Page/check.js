// Checks a case file on the reader's own machine: the zip is read as a File in slices, nothing is sent anywhere.
// Each file against its entry, each entry against its leaf, each leaf against the root of the ledger, the root against
// the signature under the court's key. `SHA256` comes from the same script that digests uploads.

const piece = 4194304
const smallMost = 33554432
const strictText = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const utf8 = words => new TextEncoder().encode(words)
const all = (selector, root = document) => [...root.querySelectorAll(selector)]
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}
const both = words => [make('span', { lang: 'zh-CN', textContent: words[0] }), make('span', { lang: 'en', textContent: words[1] })]

// ---- Bytes ---------------------------------------------------------------------------------------------------------

const same = (a, b) => a.length === b.length && a.every((byte, index) => byte === b[index])
const join = (...parts) => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) { whole.set(part, at); at += part.length }
  return whole
}
const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
const base64 = words => {
  const raw = atob(words)
  // Another spelling of the same bytes is not the same file.
  if (btoa(raw) !== words) throw new Error('base64')
  return Uint8Array.from(raw, letter => letter.charCodeAt(0))
}
const decimal = words => {
  if (!/^(0|[1-9][0-9]{0,18})$/.test(words)) throw new Error('number')
  return BigInt(words)
}
const sha256 = async bytes => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
const hmac = async (key, message) => {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, message))
}
// As RFC 8785 writes it; an object whose text is not this was touched.
const canonical = value => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  return `{${Object.keys(value).sort().map(key => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`
}
const readJSON = bytes => {
  const words = strictText.decode(bytes)
  const value = JSON.parse(words)
  if (canonical(value) !== words) throw new Error('canonical')
  return value
}

// ---- The zip -------------------------------------------------------------------------------------------------------

class NoCaseFile extends Error {
  constructor (zh, en) { super(en); this.words = [zh, en] }
}
const brokenZip = () => new NoCaseFile('压缩包不完整，或者不是压缩包。请重新下载。', 'This zip is incomplete, or is none. Download it again.')
const packedAgain = () => new NoCaseFile('压缩包被重新打包过。请使用从法院下载的原件。', 'This zip was packed again. Use the one you downloaded from the court.')

const viewOf = async (file, from, to) => {
  if (from < 0 || to > file.size || from > to) throw brokenZip()
  return new DataView(await file.slice(from, to).arrayBuffer())
}
const big = (view, at) => {
  const value = view.getBigUint64(at, true)
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw brokenZip()
  return Number(value)
}

// Where the directory lies: named at the end of the file, for large zips by a second, wider end.
const directory = async file => {
  const from = Math.max(0, file.size - 65557)
  const tail = await viewOf(file, from, file.size)
  let end = tail.byteLength - 22
  while (end >= 0 && !(tail.getUint32(end, true) === 0x06054b50 && tail.getUint16(end + 20, true) === tail.byteLength - end - 22)) end--
  if (end < 0) throw brokenZip()
  let count = tail.getUint16(end + 10, true), size = tail.getUint32(end + 12, true), at = tail.getUint32(end + 16, true)
  if (count === 0xffff || size === 0xffffffff || at === 0xffffffff) {
    const mark = await viewOf(file, from + end - 20, from + end)
    if (mark.getUint32(0, true) !== 0x07064b50) throw brokenZip()
    const wideAt = big(mark, 8), wide = await viewOf(file, wideAt, wideAt + 56)
    if (wide.getUint32(0, true) !== 0x06064b50) throw brokenZip()
    count = big(wide, 32); size = big(wide, 40); at = big(wide, 48)
  }
  if (size > smallMost) throw brokenZip()
  return { count, view: await viewOf(file, at, at + size) }
}

const readZip = async file => {
  const { count, view } = await directory(file)
  const found = new Map()
  let at = 0
  for (let index = 0; index < count; index++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) throw brokenZip()
    const method = view.getUint16(at + 10, true), lengths = [28, 30, 32].map(place => view.getUint16(at + place, true))
    let packed = view.getUint32(at + 20, true), size = view.getUint32(at + 24, true), local = view.getUint32(at + 42, true)
    const nameAt = at + 46, next = nameAt + lengths[0] + lengths[1] + lengths[2]
    if (next > view.byteLength) throw brokenZip()
    const nameBytes = new Uint8Array(view.buffer, nameAt, lengths[0])
    for (let extra = nameAt + lengths[0], stop = extra + lengths[1]; extra + 4 <= stop;) {
      const kind = view.getUint16(extra, true), length = view.getUint16(extra + 2, true)
      let place = extra + 4
      if (kind === 1) {
        const wider = value => { if (value !== 0xffffffff) return value; place += 8; return big(view, place - 8) }
        size = wider(size); packed = wider(packed); local = wider(local)
      }
      extra += 4 + length
    }
    at = next
    let name
    try { name = strictText.decode(nameBytes) } catch { throw brokenZip() }
    if (name.endsWith('/') && size === 0) continue
    if (method !== 0 || packed !== size) throw packedAgain()
    if (found.has(name)) throw packedAgain()
    const head = await viewOf(file, local, local + 30)
    const nameLength = head.getUint16(26, true), begins = local + 30 + nameLength + head.getUint16(28, true)
    const localName = new Uint8Array((await viewOf(file, local + 30, local + 30 + nameLength)).buffer)
    if (head.getUint32(0, true) !== 0x04034b50 || !same(localName, nameBytes)) throw brokenZip()
    if (begins + size > file.size) throw brokenZip()
    found.set(name, { size, slice: (from, to) => file.slice(begins + from, begins + Math.min(to, size)) })
  }
  return found
}

const readSmall = async entry => {
  if (entry.size > smallMost) throw new Error('size')
  return new Uint8Array(await entry.slice(0, entry.size).arrayBuffer())
}

const digestOf = async (entry, done) => {
  const hash = new SHA256()
  for (let at = 0; at < entry.size; at += piece) {
    const bytes = new Uint8Array(await entry.slice(at, at + piece).arrayBuffer())
    hash.update(bytes)
    done(bytes.length)
  }
  return `sha256:${hash.hex()}`
}

// ---- The ledger ----------------------------------------------------------------------------------------------------

// `log name+id+base64` of a policy: the name is the log's, the id is the digest's beginning.
const readKeys = async policy => {
  const keys = []
  for (const line of policy.split('\n')) {
    const [word, key] = line.trim().split(/[ \t]+/)
    if (word !== 'log') continue
    const first = key.indexOf('+'), second = key.indexOf('+', first + 1)
    const name = key.slice(0, first), bytes = base64(key.slice(second + 1))
    const id = (await sha256(join(utf8(name), [10], bytes))).slice(0, 4)
    if (bytes.length !== 33 || bytes[0] !== 1 || hex(id) !== key.slice(first + 1, second)) throw new Error('key')
    let imported = null
    try {
      imported = await crypto.subtle.importKey('raw', bytes.slice(1), { name: 'Ed25519' }, false, ['verify'])
    } catch { /* an older browser; said where it matters */ }
    keys.push({ name, id, imported })
  }
  return keys
}

const oldBrowser = () => new NoCaseFile(
  '这个浏览器不能核对签名。请换用新版浏览器，或者使用 README.txt 中的命令。',
  'This browser cannot check the signature. Use a newer one, or the command in README.txt.')

// A checkpoint: three lines, an empty one, signatures. Every receipt of a case file carries the same.
const checkpoints = new Map()
const readCheckpoint = async (note, keys) => {
  if (checkpoints.has(note)) return checkpoints.get(note)
  const split = note.lastIndexOf('\n\n')
  const words = note.slice(0, split + 1), lines = words.split('\n'), signatures = note.slice(split + 2).split('\n')
  if (split < 0 || lines.length !== 4 || signatures.pop() !== '' || !signatures.length) throw new Error('checkpoint')
  const [origin, size, root] = lines
  let signed = false
  for (const line of signatures) {
    const parts = /^— (\S+) (\S+)$/.exec(line)
    if (!parts) throw new Error('checkpoint')
    const bytes = base64(parts[2]), key = keys.find(one => one.name === parts[1] && same(one.id, bytes.slice(0, 4)))
    if (!key || key.name !== origin) continue
    if (!key.imported) throw oldBrowser()
    if (!await crypto.subtle.verify({ name: 'Ed25519' }, key.imported, bytes.slice(4), utf8(words))) throw new Error('signature')
    signed = true
  }
  if (!signed) throw new Error('unsigned')
  const checkpoint = { size: decimal(size), root: base64(root) }
  checkpoints.set(note, checkpoint)
  return checkpoint
}

const node = (left, right) => sha256(join([1], left, right))
const bitLength = value => value === 0n ? 0 : value.toString(2).length

// RFC 9162 §2.1.3.2: the way from a leaf to the root.
const rootFrom = async (leaf, index, size, path) => {
  if (index < 0n || index >= size) throw new Error('index')
  const inner = bitLength(index ^ (size - 1n))
  const border = [...(index >> BigInt(inner)).toString(2)].filter(bit => bit === '1').length
  if (path.length !== inner + border) throw new Error('path')
  let root = leaf
  for (let step = 0; step < path.length; step++) {
    const isLeft = step < inner && ((index >> BigInt(step)) & 1n) === 0n
    root = isLeft ? await node(root, path[step]) : await node(path[step], root)
  }
  return root
}

const readProof = words => {
  const split = words.indexOf('\n\n')
  const lines = words.slice(0, split).split('\n')
  if (split < 0 || lines.shift() !== 'c2sp.org/tlog-proof@v1') throw new Error('proof')
  if (lines[0] && lines[0].startsWith('extra ')) base64(lines.shift().slice(6))
  const index = /^index (\S+)$/.exec(lines.shift() || '')
  if (!index) throw new Error('proof')
  const path = lines.map(base64)
  if (path.some(hash => hash.length !== 32)) throw new Error('proof')
  return { index: decimal(index[1]), path, note: words.slice(split + 2) }
}

// The leaf of an act: a CBOR map of five, with the commitments to its content and to its place in the docket.
const readLeaf = bytes => {
  const start = [0xa5, 1, 1, 2, 1, 3, 0, 4]
  const widths = { 24: 1, 25: 2, 26: 4, 27: 8 }
  if (!same(bytes.slice(0, 8), Uint8Array.from(start))) throw new Error('leaf')
  let at = 9, minutes = BigInt(bytes[8])
  if (bytes[8] > 23) {
    const width = widths[bytes[8]]
    if (!width) throw new Error('leaf')
    minutes = BigInt(`0x${hex(bytes.slice(at, at + width))}`)
    at += width
  }
  const commitments = [2, 36].map(skip => bytes.slice(at + skip + 2, at + skip + 34))
  if (!same(bytes, join(bytes.slice(0, at), [5, 0x82], [0x58, 32], commitments[0], [0x58, 32], commitments[1]))) throw new Error('leaf')
  return { minutes, commitments }
}

const commitment = async (salt, label, bytes) =>
  hmac(salt, join(utf8('xiezhi/v1'), [0], utf8(label), [0], await sha256(bytes)))

// Everything a receipt says about its entry; throws where it does not hold.
const checkReceipt = async (bytes, keys) => {
  const receipt = readJSON(bytes)
  if (receipt.format !== 'xiezhi-receipt/1' || typeof receipt.content !== 'string') throw new Error('format')
  const leafBytes = base64(receipt.entry), leaf = readLeaf(leafBytes)
  const stated = receipt.commitments.map(one => one.label).join() === 'act,chain' && receipt.commitments.map(one => base64(one.value))
  if (!stated || !stated.every((value, index) => same(value, leaf.commitments[index]))) throw new Error('commitments')
  if (Object.keys(receipt.salts).join() !== 'act') throw new Error('salts')
  const content = utf8(receipt.content)
  if (!same(await commitment(base64(receipt.salts.act), 'act', content), leaf.commitments[0])) throw new Error('content')
  const proof = readProof(receipt.proof), checkpoint = await readCheckpoint(proof.note, keys)
  const root = await rootFrom(await sha256(join([0], leafBytes)), proof.index, checkpoint.size, proof.path)
  if (!same(root, checkpoint.root)) throw new Error('root')
  const entry = JSON.parse(receipt.content)
  if (BigInt(Math.floor(Date.parse(entry.entered) / 60000)) !== leaf.minutes) throw new Error('time')
  return { content, entry, chain: leaf.commitments[1] }
}

// ---- The case file -------------------------------------------------------------------------------------------------

const filesNamedBy = value => {
  if (Array.isArray(value)) return value.flatMap(filesNamedBy)
  if (value === null || typeof value !== 'object') return []
  if (typeof value.file === 'string' && typeof value.digest === 'string' && typeof value.bytes === 'number') return [value]
  return Object.keys(value).sort().flatMap(key => filesNamedBy(value[key]))
}

// The table of contents says nothing but what is known here; another word in it was put there by someone else.
const shaped = (value, needed, optional = []) => value !== null && typeof value === 'object' &&
  needed.every(key => key in value) && Object.keys(value).every(key => needed.includes(key) || optional.includes(key))
const texts = value => Object.values(value).every(one => typeof one === 'string')
const readManifest = bytes => {
  const manifest = readJSON(bytes)
  const isGood = shaped(manifest, ['format', 'docket', 'entries', 'files', 'pages']) && manifest.format === 'xiezhi-case-file/1' &&
    manifest.entries.every(one => shaped(one, ['id', 'content'], ['receipt', 'chain']) && texts(one)) &&
    manifest.files.every(one => shaped(one, ['path', 'digest', 'state']) && ['included', 'withheld', 'missing'].includes(one.state) && texts(one)) &&
    manifest.pages.every(one => shaped(one, ['path', 'digest']) && texts(one)) && new Set(manifest.entries.filter(one => one.receipt).map(one => 'chain' in one)).size < 2
  if (!isGood) throw new Error('manifest')
  return manifest
}

const states = {
  proven: ['已证明', 'Proven'], altered: ['已被改动', 'Altered'], missing: ['缺失', 'Missing'],
  waiting: ['尚不能证明', 'Not provable yet'], withheld: ['不向您提供', 'Not given to you'],
  same: ['未变', 'Unchanged'], foreign: ['不属于本案卷', 'Not part of this file']
}
const because = {
  lagging: ['制作本副本时，这一条还没有写入账本。请稍后重新下载。', 'When this copy was made, the entry was not yet in the ledger. Download it again later.'],
  noProof: ['它的账本收据缺失或者已被改动。', 'Its ledger receipt is missing or altered.'],
  noEntry: ['写明它的记载不能证明。', 'The entry that names it cannot be proven.'],
  otherBytes: ['内容与卷宗记载的不同。', 'Its content is not what the docket says.'],
  otherEntry: ['内容与账本收据不符。', 'Its content is not what its ledger receipt proves.'],
  notNamed: ['没有任何记载写明它。', 'No entry names it.'],
  badReceipt: ['收据不能由账本和签名证明。', 'The ledger and its signature do not bear it out.'],
  notThere: ['压缩包里没有它。', 'It is not in the zip.'],
  neverThere: ['制作本副本时，法院没有可读的文件。', 'The court had no readable file when this copy was made.'],
  otherKey: ['与本页所带的公钥不同。', 'It differs from the key this page carries.'],
  guide: ['目录与记载不一致。', 'The table of contents does not agree with the entries.'],
  page: ['与制作时不同。它不属于卷宗，但请当心。', 'It is not as it was made. It is no part of the record, but beware.'],
  chain: ['与前一条记载不相衔接：中间缺少或者调换了记载。', 'It does not follow on the entry before: something between is missing or moved.'],
  unknown: ['压缩包的目录没有列出它。', 'The table of contents does not list it.']
}

const checkCaseFile = async (file, policy, progress) => {
  checkpoints.clear()
  const zip = await readZip(file), found = new Map(), keys = await readKeys(policy)
  const say = (path, state, why) => {
    // The worse finding stays.
    if (!found.has(path) || ['proven', 'same'].includes(found.get(path).state)) found.set(path, { state, why })
  }
  const take = async path => zip.has(path) ? readSmall(zip.get(path)) : null
  const guide = await take('manifest.json')
  if (!guide) throw new NoCaseFile('压缩包里没有案卷目录（manifest.json）：它不是案卷。', 'There is no table of contents (manifest.json) in the zip: it is no case file.')
  let manifest
  try {
    manifest = readManifest(guide)
  } catch {
    throw new NoCaseFile('案卷目录（manifest.json）已被改动，其余无法核对。', 'The table of contents (manifest.json) is altered; the rest cannot be checked.')
  }
  say('manifest.json', 'same')

  const key = await take('ledger-policy.txt')
  if (!key) say('ledger-policy.txt', 'missing', 'notThere')
  else if (same(key, utf8(policy))) say('ledger-policy.txt', 'same')
  else say('ledger-policy.txt', 'altered', 'otherKey')

  const proven = new Map(), named = new Map(), chain = []
  for (const entry of manifest.entries) {
    const content = await take(entry.content)
    if (!content) say(entry.content, 'missing', 'notThere')
    let held = null
    if (entry.receipt) {
      const receipt = await take(entry.receipt)
      if (!receipt) say(entry.receipt, 'missing', 'notThere')
      else {
        try {
          held = await checkReceipt(receipt, keys)
          say(entry.receipt, 'proven')
        } catch (error) {
          if (error instanceof NoCaseFile) throw error
          say(entry.receipt, 'altered', 'badReceipt')
        }
      }
    }
    if (held) {
      if (content) same(content, held.content) ? say(entry.content, 'proven') : say(entry.content, 'altered', 'otherEntry')
      if (held.entry.id !== entry.id || held.entry.docket !== manifest.docket) found.set('manifest.json', { state: 'altered', why: 'guide' })
      for (const one of filesNamedBy(held.entry)) if (!proven.has(one.digest)) proven.set(one.digest, one)
      if (entry.chain) chain.push({ ...held, salt: base64(entry.chain), path: entry.content })
    } else if (content) {
      say(entry.content, 'waiting', entry.receipt ? 'noProof' : 'lagging')
      try { for (const one of filesNamedBy(readJSON(content))) named.set(one.digest, one) } catch { /* it proves nothing either way */ }
    }
    progress(content ? content.length : 0)
  }

  const listed = new Set()
  for (const one of manifest.files) {
    listed.add(one.digest)
    const entry = zip.get(one.path)
    if (one.state === 'withheld') say(one.path, proven.has(one.digest) ? 'withheld' : 'waiting', proven.has(one.digest) ? undefined : 'noEntry')
    else if (!entry) say(one.path, 'missing', one.state === 'missing' ? 'neverThere' : 'notThere')
    else if (await digestOf(entry, progress) !== one.digest) say(one.path, 'altered', 'otherBytes')
    else if (proven.has(one.digest)) say(one.path, 'proven')
    else if (named.has(one.digest)) say(one.path, 'waiting', 'noEntry')
    else say(one.path, 'altered', 'notNamed')
  }
  for (const [digest, one] of proven) if (!listed.has(digest)) say(one.name || digest, 'missing', 'notThere')

  for (const page of manifest.pages) {
    const bytes = await take(page.path)
    if (!bytes) say(page.path, 'missing', 'notThere')
    else if (`sha256:${hex(await sha256(bytes))}` === page.digest) say(page.path, 'same')
    else say(page.path, 'altered', 'page')
  }
  for (const path of zip.keys()) if (!found.has(path)) say(path, 'foreign', 'unknown')

  // The court's own copy opens each entry's place in the chain: then nothing between the first and the last is missing.
  const isWhole = chain.length > 0 && chain.length === manifest.entries.length
  const before = new Map([[0, '']])
  for (const link of chain) before.set(link.entry.position, hex(await sha256(link.content)))
  for (const link of chain) {
    const { position } = link.entry, previous = before.get(position - 1)
    // What follows on an entry that is itself unproven cannot be told; that one is named already.
    if (previous === undefined && !isWhole) continue
    const words = utf8(canonical({ docket: manifest.docket, position, previous }))
    if (previous === undefined || !same(await commitment(link.salt, 'chain', words), link.chain)) {
      found.set(link.path, { state: 'altered', why: 'chain' })
    }
  }
  return { found, docket: manifest.docket, isWhole }
}

// ---- The page ------------------------------------------------------------------------------------------------------

const home = document.body, drop = document.querySelector('[data-drop]'), input = document.getElementById('zip')
const bar = document.querySelector('[data-progress]'), verdict = document.querySelector('[data-verdict]'), list = document.querySelector('[data-list]')
const known = new Map(all('[data-path]').map(mark => [mark, { name: mark.className, nodes: [...mark.childNodes] }]))

const tell = (kind, ...paragraphs) => {
  verdict.className = `verdict ${kind}`
  verdict.replaceChildren(...paragraphs.map((words, index) => make('p', { className: index ? '' : 'head' }, ...both(words))))
}

const badge = state => make('span', { className: `finding ${state}` }, ...both(states[state]))

const row = ([path, { state, why }]) => make('li', {}, make('bdi', { textContent: path }), badge(state),
  ...(why ? [make('p', { className: 'why' }, ...both(because[why]))] : []))

const show = ({ found, docket, isWhole }) => {
  const items = [...found], of = (...wanted) => items.filter(([, { state }]) => wanted.includes(state))
  const wrong = of('altered', 'missing', 'foreign'), open = of('waiting'), good = of('proven'), other = docket !== home.dataset.docket
  if (other) tell('bad', ['这个压缩包不是本页这个案件的。', 'This zip is not of the case this page shows.'], ['下面是对压缩包的核对结果，与本页的卷宗无关。', 'What follows is about the zip, not about the docket on this page.'])
  else if (wrong.length) tell('bad', [`有${wrong.length}份不符。`, `${wrong.length} ${wrong.length === 1 ? 'file does' : 'files do'} not hold.`], [`另有${good.length}份已证明。`, `${good.length} others are proven.`])
  else if (open.length) tell('open', [`${good.length}份已证明，${open.length}份尚不能证明。`, `${good.length} files are proven, ${open.length} cannot be proven yet.`])
  else {
    tell('good', [`全部${good.length}份均已证明。`, `All ${good.length} files are proven.`],
      isWhole ? ['卷宗从第一条到最后一条，没有缺少。', 'From the first entry to the last, none is missing.']
        : ['每一份都与卷宗、账本和法院的签名相符。', 'Each agrees with the docket, the ledger and the court’s signature.'])
  }
  const troubled = [...wrong, ...open, ...of('withheld')], rest = [...of('same'), ...good]
  list.replaceChildren(
    ...(troubled.length ? [make('ul', { className: 'found' }, ...troubled.map(row))] : []),
    ...(rest.length ? [make('details', { className: 'more' }, make('summary', {}, ...both([`逐份结果（${rest.length}）`, `Every file (${rest.length})`])),
      make('ul', { className: 'found' }, ...rest.map(row)))] : []))
  for (const [mark, before] of known) {
    const result = other ? null : found.get(mark.dataset.path)
    mark.className = result ? `finding ${result.state}` : before.name
    mark.replaceChildren(...(result ? both(states[result.state]) : before.nodes))
  }
}

let turn = 0
const check = async file => {
  const mine = ++turn
  let done = 0
  list.replaceChildren()
  bar.hidden = false
  bar.value = 0
  tell('', ['正在核对……', 'Checking …'])
  try {
    const result = await checkCaseFile(file, home.dataset.policy, bytes => { done += bytes; if (mine === turn) bar.value = done / file.size })
    if (mine === turn) show(result)
  } catch (error) {
    if (mine !== turn) return
    tell('bad', error instanceof NoCaseFile ? error.words
      : ['无法读取这个文件。请重新选择，或者重新下载。', 'This file cannot be read. Choose it again, or download it again.'])
  } finally {
    if (mine === turn) bar.hidden = true
  }
}

if (window.crypto && crypto.subtle) {
  drop.hidden = false
  input.addEventListener('change', () => { if (input.files[0]) check(input.files[0]); input.value = '' })
  for (const name of ['dragover', 'dragleave', 'drop']) {
    document.addEventListener(name, event => {
      event.preventDefault()
      drop.classList.toggle('over', name === 'dragover')
      if (name === 'drop' && event.dataTransfer.files[0]) check(event.dataTransfer.files[0])
    })
  }
} else tell('bad', oldBrowser().words)
if (!(navigator.language || '').startsWith('zh')) document.getElementById('tongue-en').checked = true
const speak = () => { document.documentElement.lang = document.getElementById('tongue-en').checked ? 'en' : 'zh-CN' }
for (const choice of all('[name=tongue]')) choice.addEventListener('change', speak)
speak()

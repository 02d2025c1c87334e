'use strict'
// SHA-256 by pieces (FIPS 180-4): WebCrypto wants the whole file in memory, a video does not fit there.
// In a page this runs as a worker: post a File, get {done: bytes} on the way and {digest: hex} at the end.

const K = new Uint32Array(64)
const START = new Uint32Array(8)
{
  // The first 32 bits of the fractions of cube and square roots of primes, as the standard derives them.
  const fraction = x => ((x - Math.floor(x)) * 4294967296) >>> 0
  let count = 0
  for (let n = 2; count < 64; n++) {
    let prime = true
    for (let d = 2; d * d <= n; d++) if (n % d === 0) { prime = false; break }
    if (!prime) continue
    if (count < 8) START[count] = fraction(Math.sqrt(n))
    K[count++] = fraction(Math.cbrt(n))
  }
}

class SHA256 {
  constructor () {
    this.state = START.slice()
    this.block = new Uint8Array(64)
    this.filled = 0
    this.bytes = 0
    this.words = new Uint32Array(64)
  }

  update (data) {
    this.bytes += data.length
    let at = 0
    if (this.filled) {
      at = Math.min(64 - this.filled, data.length)
      this.block.set(data.subarray(0, at), this.filled)
      this.filled += at
      if (this.filled < 64) return this
      this.mix(this.block, 0)
      this.filled = 0
    }
    for (; at + 64 <= data.length; at += 64) this.mix(data, at)
    this.block.set(data.subarray(at))
    this.filled = data.length - at
    return this
  }

  mix (data, at) {
    const w = this.words, s = this.state
    for (let i = 0; i < 16; i++, at += 4) w[i] = data[at] << 24 | data[at + 1] << 16 | data[at + 2] << 8 | data[at + 3]
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15], y = w[i - 2]
      w[i] = w[i - 16] + w[i - 7] + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3) +
        ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10)
    }
    let a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7]
    for (let i = 0; i < 64; i++) {
      const t = h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (e & f ^ ~e & g) + K[i] + w[i] | 0
      const u = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c) | 0
      h = g; g = f; f = e; e = d + t | 0; d = c; c = b; b = a; a = t + u | 0
    }
    s[0] += a; s[1] += b; s[2] += c; s[3] += d; s[4] += e; s[5] += f; s[6] += g; s[7] += h
  }

  hex () {
    const bits = this.bytes * 8, pad = new Uint8Array((this.filled < 56 ? 56 : 120) - this.filled + 8)
    pad[0] = 128
    const view = new DataView(pad.buffer)
    view.setUint32(pad.length - 8, Math.floor(bits / 4294967296))
    view.setUint32(pad.length - 4, bits >>> 0)
    this.update(pad)
    return Array.from(this.state, word => word.toString(16).padStart(8, '0')).join('')
  }
}

if (typeof module !== 'undefined') {
  module.exports = { SHA256 }
} else {
  self.onmessage = async ({ data: file }) => {
    try {
      const hash = new SHA256(), piece = 4194304
      for (let at = 0; at < file.size; at += piece) {
        hash.update(new Uint8Array(await file.slice(at, at + piece).arrayBuffer()))
        self.postMessage({ done: Math.min(file.size, at + piece) })
      }
      self.postMessage({ digest: hash.hex() })
    } catch (error) {
      self.postMessage({ failed: error.name })
    }
  }
}

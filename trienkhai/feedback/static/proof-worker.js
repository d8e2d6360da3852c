// Finds the number n for which SHA-256 of "challenge:n" begins with as many zero bits as the challenge asks for.
// SHA-256 is written out here: the browser's own is missing on pages that come without TLS.
"use strict";
const K = new Int32Array(64);
const START = new Int32Array(8);
(() => {
  const fraction = (value) => ((value - Math.floor(value)) * 0x100000000) | 0;
  for (let found = 0, n = 2; found < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) { prime = false; break; }
    if (!prime) continue;
    if (found < 8) START[found] = fraction(Math.sqrt(n));
    K[found++] = fraction(Math.cbrt(n));
  }
})();
const W = new Int32Array(64);

// One block of 64 bytes into the state; `at` is where it begins.
function mix(state, bytes, at) {
  for (let i = 0; i < 16; i++) {
    const p = at + 4 * i;
    W[i] = (bytes[p] << 24) | (bytes[p + 1] << 16) | (bytes[p + 2] << 8) | bytes[p + 3];
  }
  for (let i = 16; i < 64; i++) {
    const x = W[i - 15], y = W[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d; state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

function zeroBits(state) {
  let bits = 0;
  for (let i = 0; i < 8; i++) {
    const zeros = Math.clz32(state[i]);
    bits += zeros;
    if (zeros < 32) break;
  }
  return bits;
}

onmessage = (event) => {
  const challenge = String(event.data);
  const wanted = Number(challenge.split(".")[2]);
  const head = new TextEncoder().encode(`${challenge}:`);
  const whole = head.length - (head.length % 64);
  const begun = START.slice();
  for (let at = 0; at < whole; at += 64) mix(begun, head, at);
  const bytes = new Uint8Array(128);
  const state = new Int32Array(8);
  for (let n = 0; ; n++) {
    const digits = String(n);
    let size = head.length - whole;
    bytes.fill(0);
    bytes.set(head.subarray(whole));
    for (let i = 0; i < digits.length; i++) bytes[size++] = digits.charCodeAt(i);
    const length = whole + size;
    bytes[size] = 0x80;
    const blocks = size < 56 ? 1 : 2;
    new DataView(bytes.buffer).setUint32(blocks * 64 - 4, length * 8);
    state.set(begun);
    for (let block = 0; block < blocks; block++) mix(state, bytes, block * 64);
    if (zeroBits(state) >= wanted) { postMessage(digits); return; }
  }
};

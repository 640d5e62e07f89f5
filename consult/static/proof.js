// Looks for a number that makes SHA-256 of "token:number" begin with zero bits, while somebody reads: `proves` in
// consult/answering/actions/flood.py checks it. A message is one block of SHA-256, so that no promise is waited for.
const CONSTANTS = new Uint32Array(64);
const START = new Uint32Array(8);
for (let candidate = 2, found = 0; found < 64; candidate += 1) {
  let prime = true;
  for (let divisor = 2; divisor * divisor <= candidate; divisor += 1) if (candidate % divisor === 0) prime = false;
  if (!prime) continue;
  const fraction = (root) => Math.floor((root - Math.floor(root)) * 2 ** 32);
  if (found < 8) START[found] = fraction(Math.sqrt(candidate));
  CONSTANTS[found] = fraction(Math.cbrt(candidate));
  found += 1;
}

const words = new Uint32Array(64);
const turned = (word, by) => (word >>> by) | (word << (32 - by));

function firstWord(message) {
  words.fill(0);
  for (let at = 0; at < message.length; at += 1) words[at >> 2] |= message.charCodeAt(at) << (24 - 8 * (at & 3));
  words[message.length >> 2] |= 0x80 << (24 - 8 * (message.length & 3));
  words[15] = message.length * 8;
  for (let at = 16; at < 64; at += 1) {
    const early = words[at - 15];
    const late = words[at - 2];
    words[at] = words[at - 16] + words[at - 7]
      + (turned(early, 7) ^ turned(early, 18) ^ (early >>> 3)) + (turned(late, 17) ^ turned(late, 19) ^ (late >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let at = 0; at < 64; at += 1) {
    const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + CONSTANTS[at] + words[at]) | 0;
    const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  return (START[0] + a) >>> 0;
}

// Some at a time, so that the page answers at once to whoever reads it.
const AT_ONCE = 2_000;

for (const field of document.querySelectorAll("input[data-proof-of]")) {
  const { proofOf, bits } = field.dataset;
  const enough = 2 ** (32 - Number(bits));
  let number = 0;
  const some = () => {
    for (const until = number + AT_ONCE; number < until; number += 1) {
      if (firstWord(`${proofOf}:${number}`) < enough) {
        field.value = String(number);
        return;
      }
    }
    setTimeout(some);
  };
  setTimeout(some);
}

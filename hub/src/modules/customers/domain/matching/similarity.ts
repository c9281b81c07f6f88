const MOST = 64;
const usedA = new Uint8Array(MOST);
const usedB = new Uint8Array(MOST);

/**
 * Jaro-Winkler similarity of two texts, 0 to 1 (Winkler 1990, prefix scale 0.1 over at most four letters): `martha`, `marhta` give 0.961.
 * Of longer texts the first 64 units count.
 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const la = Math.min(a.length, MOST);
  const lb = Math.min(b.length, MOST);
  if (la === 0 || lb === 0) return 0;
  const reach = Math.max(0, (Math.max(la, lb) >> 1) - 1);
  usedA.fill(0, 0, la);
  usedB.fill(0, 0, lb);
  let common = 0;
  for (let i = 0; i < la; i++) {
    const unit = a.charCodeAt(i);
    const to = Math.min(lb - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= to; j++) {
      if (usedB[j] === 1 || b.charCodeAt(j) !== unit) continue;
      usedA[i] = 1;
      usedB[j] = 1;
      common++;
      break;
    }
  }
  if (common === 0) return 0;
  const jaro = (common / la + common / lb + (common - outOfOrder(a, b, la) / 2) / common) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < la && prefix < lb && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}

/** Common letters, marked above, that stand in another order. */
function outOfOrder(a: string, b: string, la: number): number {
  let count = 0;
  let j = 0;
  for (let i = 0; i < la; i++) {
    if (usedA[i] === 0) continue;
    while (usedB[j] === 0) j++;
    if (a.charCodeAt(i) !== b.charCodeAt(j)) count++;
    j++;
  }
  return count;
}

/** Whether one edit makes one text of the other: a letter put in, left out or changed, or two neighbors swapped. */
export function isOneEdit(a: string, b: string): boolean {
  const la = a.length;
  const lb = b.length;
  if (la - lb > 1 || lb - la > 1) return false;
  const short = la < lb ? la : lb;
  let start = 0;
  while (start < short && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  let end = 0;
  while (end < short - start && a.charCodeAt(la - 1 - end) === b.charCodeAt(lb - 1 - end)) end++;
  const restA = la - start - end;
  const restB = lb - start - end;
  if (restA <= 1 && restB <= 1) return true;
  if (restA !== 2 || restB !== 2) return false;
  return a.charCodeAt(start) === b.charCodeAt(start + 1) && a.charCodeAt(start + 1) === b.charCodeAt(start);
}

let before = new Uint8Array(MOST + 1);
let last = new Uint8Array(MOST + 1);
let row = new Uint8Array(MOST + 1);

/** Whether at most two edits (as above, none inside another) make one text of the other. Of longer texts than 64 units it says no. */
export function isTwoEdits(a: string, b: string): boolean {
  const la = a.length;
  const lb = b.length;
  if (Math.abs(la - lb) > 2 || la > MOST || lb > MOST) return false;
  for (let j = 0; j <= lb; j++) last[j] = j;
  for (let i = 1; i <= la; i++) {
    row[0] = i;
    let least = i;
    const unit = a.charCodeAt(i - 1);
    for (let j = 1; j <= lb; j++) {
      const other = b.charCodeAt(j - 1);
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (unit === other ? 0 : 1));
      if (i > 1 && j > 1 && unit === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > 2) return false;
    const oldest = before;
    before = last;
    last = row;
    row = oldest;
  }
  return (last[lb] ?? 0) <= 2;
}

/** Bits for the letters and digits of a text. */
export function letterBits(text: string): number {
  let bits = 0;
  for (let i = 0; i < text.length; i++) bits |= 1 << (text.charCodeAt(i) & 31);
  return bits;
}

/** The most that the Jaro similarity of two texts can be, by their lengths and letter bits: spares most comparisons of strangers. */
export function mostAlike(la: number, lb: number, bitsA: number, bitsB: number): number {
  const a = la < MOST ? la : MOST;
  const b = lb < MOST ? lb : MOST;
  const common = Math.min(a - ones(bitsA & ~bitsB), b - ones(bitsB & ~bitsA));
  return common <= 0 ? 0 : (common / a + common / b + 1) / 3;
}

function ones(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

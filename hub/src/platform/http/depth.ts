/** Deeper than any body that a client means; a body of brackets alone would otherwise exhaust the stack of whoever walks it. */
const MOST_LEVELS = 64;

/** Whether a JSON text nests deeper than anybody needs. Looks at the text, so nothing has to be parsed to know it. */
export function isTooDeep(json: string): boolean {
  let level = 0;
  let isText = false;
  for (let at = 0; at < json.length; at++) {
    const char = json.charCodeAt(at);
    if (isText) {
      if (char === BACKSLASH) at += 1;
      else if (char === QUOTE) isText = false;
    } else if (char === QUOTE) isText = true;
    else if (char === OPEN_LIST || char === OPEN_OBJECT) {
      if (++level > MOST_LEVELS) return true;
    } else if (char === CLOSE_LIST || char === CLOSE_OBJECT) level -= 1;
  }
  return false;
}

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

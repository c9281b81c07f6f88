import type { Page } from "playwright-core";

/** What a finger finds: 44 px on a phone, 56 px at the till. */
export type Fingers = 44 | 56;

/**
 * What is wrong with the picture that no rule of accessibility holds against it: text that something cuts off without a way to scroll to it,
 * and what is to be touched but smaller than a finger. A link within a sentence is as high as its line.
 */
export async function faultsOf(page: Page, fingers: Fingers | undefined): Promise<string[]> {
  const cut = await page.evaluate<string[]>(CUT_OFF);
  const small = fingers === undefined ? [] : await page.evaluate<string[]>(`(${TOO_SMALL})(${fingers})`);
  return [...cut.map((text) => `cuts off “${text}”`), ...small.map((what) => `has a small target, ${what}`)];
}

/**
 * A text is cut off by a box that hides what leaves it; a pixel is rounding. What is only heard lies in a box of one
 * pixel, and what a list ends after so many lines has all of it elsewhere.
 */
const CUT_OFF = `(() => {
  const isCut = (text, box) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    const said = range.getBoundingClientRect();
    for (let each = box; each && each !== document.body; each = each.parentElement) {
      const { overflowX, overflowY, position, webkitLineClamp } = getComputedStyle(each);
      const seen = each.getBoundingClientRect();
      if (seen.width <= 1 || webkitLineClamp !== "none") return false;
      if (/hidden|clip/.test(overflowX) && (said.right > seen.right + 1.5 || said.left < seen.left - 1.5)) return true;
      if (/hidden|clip/.test(overflowY) && (said.bottom > seen.bottom + 1.5 || said.top < seen.top - 1.5)) return true;
      if (/auto|scroll/.test(overflowX + overflowY) || position === "fixed") return false;
    }
    return false;
  };
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const box = text.parentElement;
    if (text.data.trim() === "" || !box || box.closest(".said, .skip, option, textarea, [aria-hidden=true], [role=application], svg")) continue;
    if (box.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && isCut(text, box)) found.add(text.data.trim().slice(0, 60));
  }
  return [...found].slice(0, 8);
})()`;

/** Measured where a touch lands, so that a label and a field that lies on top count with what they belong to. */
const TOO_SMALL = `(fingers) => {
  const inSentence = (each) => getComputedStyle(each).display === "inline" &&
    [...each.parentElement.childNodes].some((other) => other !== each && other.nodeType === 3 && other.data.trim() !== "");
  const reaches = (each, x, y) => {
    const hit = document.elementFromPoint(x, y);
    return hit !== null && (each.contains(hit) || (each.labels && [...each.labels].some((label) => label.contains(hit))));
  };
  /* What floats over the page covers it only until one scrolls. */
  const floats = (hit) => hit !== null && (/fixed|sticky/.test(getComputedStyle(hit).position) || floats(hit.parentElement));
  const isRoom = (each, x, y) => reaches(each, x, y) || (!floats(each) && floats(document.elementFromPoint(x, y)));
  const found = new Set();
  for (const each of document.querySelectorAll("a[href], button, input, select, textarea, summary, [role=button], [role=tab]")) {
    if (each.matches(":disabled, .skip, [tabindex='-1']") || each.closest("[role=application]") || inSentence(each)) continue;
    if (!each.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const { left, right, top, bottom, height } = each.getBoundingClientRect();
    const x = (left + right) / 2;
    const y = (top + bottom) / 2;
    if (!reaches(each, x, y) || height >= fingers - 0.5) continue;
    const half = fingers / 2 - 1;
    if (y - half < 0 || y + half > innerHeight || (isRoom(each, x, y - half) && isRoom(each, x, y + half))) continue;
    found.add(Math.round(height) + " px: " + (each.textContent.trim() || each.getAttribute("aria-label") || each.outerHTML).slice(0, 60));
  }
  return [...found].slice(0, 8);
}`;

type Output = { readonly isTTY?: boolean; write(text: string): unknown };

/** How far something is that counts what it has done: a bar where a person watches, a line now and then where a file is written. */
export type ProgressBar = { at(done: number, of: number): void; end(): void };

const WIDTH = 30;
/** Milliseconds between two lines of a file, and between two drawings of a bar. */
const LINE_MS = 5_000;
const DRAW_MS = 100;

/**
 * Shows progress with the rate so far and the time left at that rate. `noun` is what is counted: `lines`. `before` of them were done in an
 * earlier sitting, which says nothing of the rate.
 */
export function progressBar(output: Output, noun: string, before = 0): ProgressBar {
  const started = performance.now();
  let shown = 0;
  return {
    at(done, of) {
      const now = performance.now();
      if (now - shown < (output.isTTY ? DRAW_MS : LINE_MS)) return;
      shown = now;
      const text = describe(done, of, (now - started) / 1000, noun, before);
      output.write(output.isTTY ? `\r\u001B[2K  ${bar(done, of)} ${text}` : `  ${text}\n`);
    },
    end() {
      if (output.isTTY) output.write("\r\u001B[2K");
    },
  };
}

function bar(done: number, of: number): string {
  return `[${"#".repeat(Math.round((WIDTH * done) / Math.max(of, 1))).padEnd(WIDTH, "·")}]`;
}

/** `120,000 of 370,931 lines, 9,300 a second, 27 s left`. */
export function describe(done: number, of: number, seconds: number, noun: string, before = 0): string {
  const rate = (done - before) / Math.max(seconds, 0.001);
  const left = rate > 0 ? `, ${Math.ceil((of - done) / rate)} s left` : "";
  return `${done.toLocaleString("en")} of ${of.toLocaleString("en")} ${noun}, ${Math.round(rate).toLocaleString("en")} a second${left}`;
}
